-- What lies before a day. Relations: rejected_at, internal.events, internal.fingerprints. Parameters: $before (a day of the site),
-- $floor (its beginning, UTC). Columns: first_day, last_day, pageviews, clicks, impressions, sessions, rejected, lines (known again by
-- their fingerprints).
SELECT min(day) AS first_day, max(day) AS last_day,
    count(*) FILTER (kind = 1) AS pageviews, count(*) FILTER (kind = 3) AS clicks, count(*) FILTER (kind = 2) AS impressions,
    count(DISTINCT session_id) AS sessions,
    (SELECT count(*) FROM rejected_at WHERE occurred_at < $floor) AS rejected,
    (SELECT count(*) FROM internal.fingerprints WHERE occurred_at < $floor)
    + (SELECT count(*) FROM rejected_at WHERE occurred_at < $floor) AS lines
FROM internal.events
WHERE day < $before;
