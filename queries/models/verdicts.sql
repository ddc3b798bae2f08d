-- Behaviour that no person shows, by four rules; docs/ingest.md says why each is as it is. A verdict is about a visitor, hence about
-- one day, and rests on all that is stored of that day, so the order of files does not matter.
-- A rule that rests on what is missing holds in a log only where one in five of its people of that day shows what is missed: behind a
-- CDN or without static files nobody is accused. A log of which another shows everything of that day is no log of its own.
-- Relations: judged_days, internal.events, internal.origins, internal.traces, internal.user_agents, internal.verdicts.
-- Parameters: $zone (of the site), $idle_seconds (of a session).
DELETE FROM internal.verdicts WHERE day IN (SELECT day FROM judged_days);

INSERT INTO internal.verdicts BY NAME
WITH traces AS MATERIALIZED (
    SELECT visitor, day, source_id, bit_or(signs) AS signs
    FROM internal.traces
    WHERE day IN (SELECT day FROM judged_days)
    GROUP BY visitor, day, source_id
),
visitors AS MATERIALIZED (
    SELECT visitor, day, any_value(user_agent_key) AS user_agent_key, bool_or(is_internal) AS is_internal,
        count(*) FILTER (kind = 1) AS pageviews,
        count(*) FILTER (kind = 1 AND origin_key IN (SELECT origin_key FROM internal.origins WHERE referrer_host IS NOT NULL)) AS followed,
        min(occurred_at) FILTER (kind = 3 AND path_key IS NOT NULL) AS first_click_at
    FROM internal.events
    WHERE visitor IS NOT NULL AND day IN (SELECT day FROM judged_days)
    GROUP BY visitor, day
),
active AS MATERIALIZED (
    SELECT DISTINCT visitor, day, 1 AS rank, 'many clicks in seconds' AS reason
    FROM (
        SELECT visitor, day,
            count(*) OVER (PARTITION BY visitor ORDER BY occurred_at RANGE BETWEEN INTERVAL 10 SECOND PRECEDING AND CURRENT ROW) AS clicks
        FROM internal.events
        WHERE kind = 3 AND NOT is_same_click AND visitor IS NOT NULL AND day IN (SELECT day FROM judged_days)
    )
    WHERE clicks >= 8
    UNION ALL
    SELECT DISTINCT visitor, day, 2, 'read robots.txt' FROM traces WHERE signs & 8 <> 0
),
people AS MATERIALIZED (
    SELECT v.*
    FROM visitors AS v
    JOIN internal.user_agents AS u USING (user_agent_key)
    ANTI JOIN active AS a ON a.visitor = v.visitor AND a.day = v.day
    WHERE u.class = 'human' AND NOT v.is_internal
),
covered AS (
    SELECT a.day, a.source_id, b.source_id AS by_source_id
    FROM traces AS a
    JOIN traces AS b ON b.day = a.day AND b.visitor = a.visitor AND b.source_id <> a.source_id AND a.signs & b.signs = a.signs
    JOIN (SELECT day, source_id, count(*) AS visitors FROM traces GROUP BY day, source_id) AS n ON n.day = a.day AND n.source_id = a.source_id
    GROUP BY a.day, a.source_id, b.source_id
    HAVING count(*) = max(n.visitors)
),
within AS (
    SELECT c.day, c.source_id
    FROM covered AS c
    ANTI JOIN covered AS other ON other.day = c.day AND other.source_id = c.by_source_id AND other.by_source_id = c.source_id
),
shown AS MATERIALIZED (
    SELECT t.*
    FROM traces AS t
    ANTI JOIN within AS w ON w.day = t.day AND w.source_id = t.source_id
),
evidence AS (
    SELECT day, source_id,
        5 * count(*) FILTER (signs & 33 = 33) >= count(*) FILTER (signs & 32 <> 0) AS shows_pageviews,
        5 * count(*) FILTER (signs & 5 = 5) >= count(*) FILTER (signs & 1 <> 0) AS shows_assets
    FROM shown
    SEMI JOIN people USING (visitor, day)
    GROUP BY day, source_id
),
passive AS (
    SELECT p.visitor, p.day,
        bit_or(s.signs) & 3 = 0 AND p.pageviews = 0 AND bool_and(e.shows_pageviews) FILTER (s.signs & 32 <> 0)
            -- Who clicks soon after midnight may have opened the page before: by then they had another name.
            AND epoch(timezone($zone, timezone('UTC', p.first_click_at)) - p.day) >= $idle_seconds AS clicks_unseen,
        -- Who comes back has the assets still, but reads on by links.
        bit_or(s.signs) & 20 = 0 AND p.pageviews >= 3 AND p.followed = 0 AND bool_and(e.shows_assets) FILTER (s.signs & 1 <> 0) AS loads_nothing
    FROM people AS p
    JOIN shown AS s USING (visitor, day)
    JOIN evidence AS e USING (day, source_id)
    GROUP BY p.visitor, p.day, p.pageviews, p.followed, p.first_click_at
)
SELECT visitor, day, if(rank = 2, 'crawler', 'unknown_bot') AS class, reason
FROM (
    SELECT visitor, day, rank, reason FROM active
    UNION ALL
    SELECT visitor, day, 3, 'clicks without a page view' FROM passive WHERE clicks_unseen
    UNION ALL
    SELECT visitor, day, 4, 'pages without an asset' FROM passive WHERE loads_nothing
)
SEMI JOIN visitors USING (visitor, day)
QUALIFY row_number() OVER (PARTITION BY visitor, day ORDER BY rank) = 1;
