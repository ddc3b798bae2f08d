-- The facts of 35_known.sql worked out from events, batches and pages: what the stored ones must be equal to (audit stored_facts),
-- and what they are made of where nothing faster is needed.

CREATE OR REPLACE VIEW internal.answer_day_facts_anew AS
WITH by_visitor AS (
    SELECT
        site, lang, answer, day, visitor, sum(views) AS views, sum(clicks) AS clicks, sum(amazon_clicks) AS amazon_clicks,
        sum(product_clicks) AS product_clicks, sum(impressions) AS impressions, sum(bot_views) AS bot_views,
        sum(bot_clicks) AS bot_clicks, count(*) FILTER (session_id IS NOT NULL AND views > 0) AS sessions
    FROM internal.answer_visits
    GROUP BY site, lang, answer, day, visitor
)
SELECT
    day, site, lang, answer,
    sum(views)::BIGINT AS views, count(*) FILTER (visitor IS NOT NULL AND views > 0) AS visitors, sum(sessions)::BIGINT AS sessions,
    sum(clicks)::BIGINT AS clicks, sum(amazon_clicks)::BIGINT AS amazon_clicks, sum(product_clicks)::BIGINT AS product_clicks,
    count(*) FILTER (visitor IS NOT NULL AND views > 0 AND amazon_clicks + product_clicks > 0) AS clicking_visitors,
    sum(impressions)::BIGINT AS impressions, sum(bot_views)::BIGINT AS bot_views, sum(bot_clicks)::BIGINT AS bot_clicks
FROM by_visitor
GROUP BY day, site, lang, answer;

CREATE OR REPLACE VIEW internal.site_day_facts_anew AS
SELECT
    l.day, l.lines, l.last_at,
    coalesce(s.views, 0) AS views, coalesce(s.visitors, 0) AS visitors, coalesce(s.clicks, 0) AS clicks,
    coalesce(s.amazon_clicks, 0) AS amazon_clicks, coalesce(s.product_clicks, 0) AS product_clicks,
    coalesce(s.clicking_visitors, 0) AS clicking_visitors, coalesce(s.impressions, 0) AS impressions,
    coalesce(s.bot_views, 0) AS bot_views, coalesce(s.bot_clicks, 0) AS bot_clicks
FROM (SELECT day, count(*) AS lines, max(occurred_at) AS last_at FROM internal.events GROUP BY day) AS l
LEFT JOIN internal.site_days AS s USING (day);

CREATE OR REPLACE VIEW internal.channel_day_facts_anew AS
WITH visits AS (
    SELECT day, visitor, coalesce(channel, 'unknown') AS channel, 1 AS views, 0 AS clicks
    FROM pageviews
    WHERE is_counted AND answer IS NOT NULL
    UNION ALL
    SELECT day, visitor, coalesce(channel, 'unknown'), 0, 1
    FROM clicks
    WHERE is_counted AND answer IS NOT NULL AND click_group IN ('amazon', 'product')
),
by_visitor AS (
    SELECT day, visitor, channel, sum(views) AS views, sum(clicks) AS clicks FROM visits GROUP BY day, visitor, channel
)
SELECT
    day, channel, sum(views)::BIGINT AS views, count(*) FILTER (visitor IS NOT NULL AND views > 0) AS visitors,
    count(*) FILTER (visitor IS NOT NULL AND views > 0 AND clicks > 0) AS clicking_visitors
FROM by_visitor
GROUP BY day, channel
HAVING sum(views) > 0;

CREATE OR REPLACE VIEW internal.click_day_facts_anew AS
SELECT day, site, path, answer, page_kind, url_id, ordinal, click_group, via, is_counted, uncounted_reason, count(*) AS clicks
FROM clicks
GROUP BY ALL;

CREATE OR REPLACE VIEW internal.agent_day_facts_anew AS
WITH events AS (
    SELECT day, user_agent_id, is_bot, uncounted_reason, count(*) AS views, 0 AS clicks FROM pageviews GROUP BY ALL
    UNION ALL
    SELECT day, user_agent_id, is_bot, uncounted_reason, 0, count(*) FROM clicks GROUP BY ALL
)
SELECT
    e.day,
    CASE
        WHEN e.is_bot AND ua.class NOT IN ('human', 'internal') THEN ua.class
        WHEN e.is_bot THEN 'behaviour'
        WHEN e.uncounted_reason = 'internal' THEN 'internal'
        ELSE 'human'
    END AS class,
    e.user_agent_id, sum(e.views)::BIGINT AS views, sum(e.clicks)::BIGINT AS clicks
FROM events AS e
JOIN user_agents AS ua USING (user_agent_id)
GROUP BY e.day, 2, e.user_agent_id;

CREATE OR REPLACE VIEW internal.assisted_day_facts_anew AS
SELECT day, answer, product_path, round(1 / linear)::BIGINT AS answers, last_answer = 1 AS is_last, first_answer = 1 AS is_first, count(*) AS clicks
FROM assisted_clicks
GROUP BY ALL;

CREATE OR REPLACE VIEW internal.batch_day_facts_anew AS
SELECT day, batch_id, count(*) AS events FROM internal.events GROUP BY day, batch_id;

CREATE OR REPLACE VIEW internal.batch_facts_anew AS
SELECT batch_id, file, log_format, lines, pageviews, clicks, impressions, other, rejected, already_seen, first_at, last_at
FROM batches;

CREATE OR REPLACE VIEW internal.rejected_facts_anew AS
SELECT batch_id, reason, count(*) AS lines, min(line_number) AS line_number, arg_min(line, line_number) AS example
FROM internal.rejected_lines
GROUP BY batch_id, reason;

CREATE OR REPLACE VIEW internal.page_facts_anew AS
SELECT site, lang, path, kind, answer, title, file, url, is_current FROM internal.pages;

CREATE OR REPLACE VIEW internal.link_facts_anew AS
SELECT site, page, answer, position, url_id, ordinal, placement, slot, cta, file, line, "column", departures FROM internal.links;

CREATE OR REPLACE VIEW internal.list_facts_anew AS
SELECT DISTINCT list_version FROM internal.user_agents;
