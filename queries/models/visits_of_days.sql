-- What visitors did on answers on some days: the ground of the facts that tell people apart, gathered once for all of them.
-- Page views, which are most of all events, are read by their keys; clicks and impressions as the public views count them.
-- Relations: stale_days (day), internal.events and its dimensions, clicks, impressions. Parameters: $first, $last (of stale_days).
-- Makes: fact_answers (answer_key, site, lang, answer), fact_channels (channel_key, channel), fact_visits (day, answer_key, visitor,
-- session_id, channel_key: NULL where the event is not counted; views, clicks, amazon_clicks, product_clicks, impressions, bot_views, bot_clicks).
CREATE OR REPLACE TEMP TABLE fact_answers AS
SELECT row_number() OVER ()::INTEGER AS answer_key, site, lang, answer
FROM (SELECT DISTINCT site, lang, answer FROM internal.paths WHERE answer IS NOT NULL);

CREATE OR REPLACE TEMP TABLE fact_channels AS
SELECT row_number() OVER ()::INTEGER AS channel_key, channel FROM (SELECT DISTINCT channel FROM internal.origins);

CREATE OR REPLACE TEMP TABLE fact_visits AS
WITH keys AS (
    SELECT p.path_key, a.answer_key
    FROM internal.paths AS p
    JOIN fact_answers AS a ON a.site = p.site AND a.lang IS NOT DISTINCT FROM p.lang AND a.answer = p.answer
),

agents AS (
    SELECT user_agent_key, class NOT IN ('human', 'internal') AS is_known_bot, class = 'internal' AS is_own FROM internal.user_agents
),

channels AS (
    SELECT o.origin_key, c.channel_key FROM internal.origins AS o JOIN fact_channels AS c USING (channel)
),

-- One row an event; who is not counted needs no name, which makes few groups of many bots.
views AS (
    SELECT
        e.day, k.answer_key, u.is_known_bot OR v.visitor IS NOT NULL AS is_bot,
        NOT (e.is_internal OR u.is_own OR is_bot OR e.is_same_click) AS is_counted,
        CASE WHEN is_counted THEN e.visitor END AS visitor, CASE WHEN is_counted THEN e.session_id END AS session_id,
        CASE WHEN is_counted THEN c.channel_key END AS channel_key
    FROM internal.events AS e
    JOIN keys AS k USING (path_key)
    JOIN agents AS u USING (user_agent_key)
    LEFT JOIN channels AS c ON c.origin_key = e.session_origin_key
    LEFT JOIN internal.verdicts AS v ON v.visitor = e.visitor AND v.day = e.day
    WHERE e.kind = 1 AND e.day BETWEEN $first AND $last AND e.day IN (SELECT day FROM stale_days)
),

others AS (
    SELECT day, site, lang, answer, is_bot, is_counted, visitor, session_id, channel, click_group
    FROM clicks
    WHERE answer IS NOT NULL AND day BETWEEN $first AND $last AND day IN (SELECT day FROM stale_days)
    UNION ALL
    SELECT day, site, lang, answer, is_bot, is_counted, visitor, session_id, channel, 'impression'
    FROM impressions
    WHERE answer IS NOT NULL AND day BETWEEN $first AND $last AND day IN (SELECT day FROM stale_days)
)

SELECT
    day, answer_key, visitor, session_id, channel_key,
    count(*) FILTER (what = 'view' AND is_counted) AS views,
    count(*) FILTER (what NOT IN ('view', 'impression') AND is_counted) AS clicks,
    count(*) FILTER (what = 'amazon' AND is_counted) AS amazon_clicks,
    count(*) FILTER (what = 'product' AND is_counted) AS product_clicks,
    count(*) FILTER (what = 'impression' AND is_counted) AS impressions,
    count(*) FILTER (what = 'view' AND is_bot) AS bot_views,
    count(*) FILTER (what NOT IN ('view', 'impression') AND is_bot) AS bot_clicks
FROM (
    SELECT day, answer_key, is_bot, is_counted, visitor, session_id, channel_key, 'view' AS what FROM views
    UNION ALL
    SELECT o.day, a.answer_key, o.is_bot, o.is_counted, CASE WHEN o.is_counted THEN o.visitor END,
        CASE WHEN o.is_counted THEN o.session_id END, CASE WHEN o.is_counted THEN c.channel_key END, o.click_group
    FROM others AS o
    JOIN fact_answers AS a ON a.site = o.site AND a.lang IS NOT DISTINCT FROM o.lang AND a.answer = o.answer
    LEFT JOIN fact_channels AS c ON c.channel = o.channel
)
GROUP BY day, answer_key, visitor, session_id, channel_key;
