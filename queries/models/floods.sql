-- More clicks or impressions in a day of the site than people make, by visitor and by address; docs/ingest.md says why each rule is as
-- it is. A flood is about all that one of them sent that day and rests on all that is stored of it, so the order of files does not matter.
-- An address is known by its keyed hash of that day (sender), as a visitor is: changing user agents make many visitors, but one sender.
-- Where most have very many, as behind a proxy whose clients are not told apart, nobody stands out: ten times the median is needed too.
-- Where there is nobody else, page views tell: behind such a proxy there are more of them than clicks.
-- Relations: judged_days, internal.events, internal.user_agents. Sets: is_flood of internal.events. Makes: floods.
-- Parameters: $visitor_clicks, $visitor_impressions, $address_clicks, $address_impressions (so many of a day are no flood yet).
CREATE OR REPLACE TEMP TABLE floods AS
WITH sent AS MATERIALIZED (
    SELECT e.day, e.kind, e.visitor, e.sender, count(*) AS events
    FROM internal.events AS e
    JOIN internal.user_agents AS u USING (user_agent_key)
    -- What does not count anyway does not make others of the same address suspect.
    WHERE e.kind IN (2, 3) AND e.visitor IS NOT NULL AND NOT e.is_same_click AND NOT e.is_internal AND u.class = 'human'
        AND e.day IN (SELECT day FROM judged_days)
    GROUP BY e.day, e.kind, e.visitor, e.sender
),
counted AS (
    SELECT day, kind, visitor AS who, false AS is_address, sum(events) AS events, if(kind = 2, $visitor_impressions, $visitor_clicks) AS most
    FROM sent
    GROUP BY day, kind, visitor
    UNION ALL
    SELECT day, kind, sender, true, sum(events), if(kind = 2, $address_impressions, $address_clicks)
    FROM sent
    WHERE sender IS NOT NULL
    GROUP BY day, kind, sender
),
usual AS (
    SELECT day, kind, is_address, quantile_disc(events, 0.5) AS events, count(*) AS senders
    FROM counted
    GROUP BY day, kind, is_address
),
many AS MATERIALIZED (
    SELECT c.day, c.kind, c.who, c.is_address, c.events, u.senders
    FROM counted AS c
    JOIN usual AS u USING (day, kind, is_address)
    WHERE c.events > c.most AND (c.events > 10 * u.events OR u.senders = 1)
),
opened AS (
    SELECT m.day, m.kind, m.who, m.is_address, count(*) AS pageviews
    FROM many AS m
    JOIN (SELECT DISTINCT day, visitor, sender FROM sent) AS s ON s.day = m.day AND m.who = if(m.is_address, s.sender, s.visitor)
    JOIN internal.events AS e ON e.day = s.day AND e.visitor = s.visitor AND e.kind = 1
    WHERE m.senders = 1
    GROUP BY m.day, m.kind, m.who, m.is_address
)
SELECT m.day, m.kind, m.who, m.is_address
FROM many AS m
LEFT JOIN opened AS o USING (day, kind, who, is_address)
-- A page view brings a click at most, and an impression of each link that is seen.
WHERE m.senders > 1 OR m.events > if(m.kind = 2, 50, 1) * coalesce(o.pageviews, 0);

UPDATE internal.events AS e
SET is_flood = judged.is_flood
FROM (
    SELECT event_id, is_flood AS was, coalesce(
        (day, kind, visitor, false) IN (SELECT (day, kind, who, is_address) FROM floods)
            OR (day, kind, sender, true) IN (SELECT (day, kind, who, is_address) FROM floods),
        false
    ) AS is_flood
    FROM internal.events
    WHERE kind IN (2, 3) AND day IN (SELECT day FROM judged_days) AND (is_flood OR EXISTS (SELECT 1 FROM floods))
) AS judged
WHERE e.event_id = judged.event_id AND judged.is_flood <> judged.was;
