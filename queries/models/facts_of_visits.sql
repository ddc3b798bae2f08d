-- The facts that tell people apart, of the days whose visits were gathered. Relations: fact_visits, fact_answers, fact_channels, stale_days,
-- internal.events. Parameters: $first, $last (of stale_days). Makes: answer_day_facts_fresh, site_day_facts_fresh,
-- channel_day_facts_fresh, with the columns of the tables of internal that they are for.
CREATE OR REPLACE TEMP TABLE fact_readers AS
SELECT
    day, answer_key, visitor, sum(views) AS views, count(*) FILTER (session_id IS NOT NULL AND views > 0) AS sessions, sum(clicks) AS clicks,
    sum(amazon_clicks) AS amazon_clicks, sum(product_clicks) AS product_clicks, sum(impressions) AS impressions,
    sum(bot_views) AS bot_views, sum(bot_clicks) AS bot_clicks
FROM fact_visits
GROUP BY day, answer_key, visitor;

CREATE OR REPLACE TEMP TABLE answer_day_facts_fresh AS
SELECT
    f.day, a.site, a.lang, a.answer, f.* EXCLUDE (day, answer_key)
FROM (
    SELECT
        day, answer_key, sum(views)::BIGINT AS views, count(*) FILTER (visitor IS NOT NULL AND views > 0) AS visitors,
        sum(sessions)::BIGINT AS sessions, sum(clicks)::BIGINT AS clicks, sum(amazon_clicks)::BIGINT AS amazon_clicks,
        sum(product_clicks)::BIGINT AS product_clicks,
        count(*) FILTER (visitor IS NOT NULL AND views > 0 AND amazon_clicks + product_clicks > 0) AS clicking_visitors,
        sum(impressions)::BIGINT AS impressions, sum(bot_views)::BIGINT AS bot_views, sum(bot_clicks)::BIGINT AS bot_clicks
    FROM fact_readers
    GROUP BY day, answer_key
) AS f
JOIN fact_answers AS a USING (answer_key);

CREATE OR REPLACE TEMP TABLE site_day_facts_fresh AS
WITH logged AS (
    SELECT day, count(*) AS lines, max(occurred_at) AS last_at
    FROM internal.events
    WHERE day BETWEEN $first AND $last AND day IN (SELECT day FROM stale_days)
    GROUP BY day
),

people AS (
    SELECT day, count(*) FILTER (views > 0) AS visitors, count(*) FILTER (views > 0 AND clicks > 0) AS clicking_visitors
    FROM (
        SELECT day, visitor, sum(views) AS views, sum(amazon_clicks + product_clicks) AS clicks
        FROM fact_readers
        WHERE visitor IS NOT NULL
        GROUP BY day, visitor
    )
    GROUP BY day
),

counts AS (
    SELECT
        day, sum(views)::BIGINT AS views, sum(clicks)::BIGINT AS clicks, sum(amazon_clicks)::BIGINT AS amazon_clicks,
        sum(product_clicks)::BIGINT AS product_clicks, sum(impressions)::BIGINT AS impressions, sum(bot_views)::BIGINT AS bot_views,
        sum(bot_clicks)::BIGINT AS bot_clicks
    FROM answer_day_facts_fresh
    GROUP BY day
)

SELECT
    l.day, l.lines, l.last_at,
    coalesce(c.views, 0) AS views, coalesce(p.visitors, 0) AS visitors, coalesce(c.clicks, 0) AS clicks,
    coalesce(c.amazon_clicks, 0) AS amazon_clicks, coalesce(c.product_clicks, 0) AS product_clicks,
    coalesce(p.clicking_visitors, 0) AS clicking_visitors, coalesce(c.impressions, 0) AS impressions,
    coalesce(c.bot_views, 0) AS bot_views, coalesce(c.bot_clicks, 0) AS bot_clicks
FROM logged AS l
LEFT JOIN counts AS c USING (day)
LEFT JOIN people AS p USING (day);

CREATE OR REPLACE TEMP TABLE channel_day_facts_fresh AS
WITH by_visitor AS (
    SELECT day, visitor, channel_key, sum(views) AS views, sum(amazon_clicks + product_clicks) AS clicks
    FROM fact_visits
    WHERE views > 0 OR amazon_clicks + product_clicks > 0
    GROUP BY day, visitor, channel_key
)
SELECT
    v.day, coalesce(c.channel, 'unknown') AS channel, sum(v.views)::BIGINT AS views,
    count(*) FILTER (v.visitor IS NOT NULL AND v.views > 0) AS visitors,
    count(*) FILTER (v.visitor IS NOT NULL AND v.views > 0 AND v.clicks > 0) AS clicking_visitors
FROM by_visitor AS v
LEFT JOIN fact_channels AS c USING (channel_key)
GROUP BY v.day, 2
HAVING sum(v.views) > 0;

DROP TABLE fact_readers;

DROP TABLE fact_visits;
