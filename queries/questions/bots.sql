-- What was labelled as a bot, and by which rule?
--
-- One row a reason: nothing is dropped, so a verdict that looks wrong can be traced and contested.
-- Columns: bot_reason; pageviews and clicks that do not count because of it; user_agents; example of a user agent.
--
-- Parameters:
-- SET VARIABLE week = '2026-W45'; ISO week in the site's zone
WITH events AS (
    SELECT 'pageview' AS event, bot_reason, user_agent_id FROM pageviews WHERE is_bot AND iso_week = getvariable('week')
    UNION ALL
    SELECT 'click', bot_reason, user_agent_id FROM clicks WHERE is_bot AND iso_week = getvariable('week')
)
SELECT
    e.bot_reason,
    count(*) FILTER (e.event = 'pageview') AS pageviews,
    count(*) FILTER (e.event = 'click') AS clicks,
    count(DISTINCT e.user_agent_id) AS user_agents,
    min(a.user_agent) AS example
FROM events AS e
LEFT JOIN user_agents AS a USING (user_agent_id)
GROUP BY e.bot_reason
ORDER BY clicks DESC, pageviews DESC, e.bot_reason;
