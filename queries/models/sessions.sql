-- Events with their session: a visitor's events without a longer pause; a visitor lives one day of the site, so a session does too.
-- Relations: visits (all events of the visitors concerned, with the columns of internal.events). Parameters: $idle_seconds.
-- The number of a session in its visitor's day makes its key; its origin is that of its first event.
INSERT INTO internal.events BY NAME
WITH started AS (
    SELECT *,
        coalesce(epoch(occurred_at) - epoch(lag(occurred_at) OVER in_order) > $idle_seconds, true) AS starts
    FROM visits
    WHERE visitor IS NOT NULL
    WINDOW in_order AS (PARTITION BY visitor ORDER BY occurred_at, kind, event_id)
),
numbered AS (
    SELECT * EXCLUDE (starts, session_origin_key),
        count(*) FILTER (starts) OVER so_far AS number,
        last_value(CASE WHEN starts THEN origin_key END IGNORE NULLS) OVER so_far AS session_origin_key
    FROM started
    WINDOW so_far AS (PARTITION BY visitor ORDER BY occurred_at, kind, event_id ROWS UNBOUNDED PRECEDING)
)
SELECT * EXCLUDE (number) REPLACE (
    ((visitor::HUGEINT + number::HUGEINT * 2862933555777941757) % 9223372036854775807)::BIGINT AS session_id
)
FROM numbered
UNION ALL BY NAME
-- Without a visitor there is no session; the event's own origin is all that is known.
SELECT * REPLACE (origin_key AS session_origin_key, NULL::BIGINT AS session_id)
FROM visits
WHERE visitor IS NULL;
