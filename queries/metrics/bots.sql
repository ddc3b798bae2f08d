-- Who made the page views and clicks of the period: people, and what was left out by class.
-- Parameters: $period_from, $period_to (DATE).
-- class: human, internal (own traffic), or the class of the bot; behaviour stands for visitors that only their behaviour gave away.
-- views, clicks: events on any page, before anything is left out. agents: distinct user agents.
WITH events AS (
    SELECT user_agent_id, is_bot, uncounted_reason, 1 AS views, 0 AS clicks FROM pageviews WHERE day BETWEEN $period_from AND $period_to
    UNION ALL
    SELECT user_agent_id, is_bot, uncounted_reason, 0, 1 FROM clicks WHERE day BETWEEN $period_from AND $period_to
)
SELECT
    CASE
        WHEN e.is_bot AND ua.class NOT IN ('human', 'internal') THEN ua.class
        WHEN e.is_bot THEN 'behaviour'
        WHEN e.uncounted_reason = 'internal' THEN 'internal'
        ELSE 'human'
    END AS class,
    sum(e.views)::BIGINT AS views, sum(e.clicks)::BIGINT AS clicks, count(DISTINCT e.user_agent_id) AS agents
FROM events AS e
JOIN user_agents AS ua USING (user_agent_id)
GROUP BY 1
ORDER BY sum(e.views) + sum(e.clicks) DESC, class;
