-- The user agents of each class and reason, and what they did. Relations: user_agents, pageviews, clicks. Parameters: $class (NULL: all).
-- Columns: class, reason, user_agents, pageviews, clicks, list_version, example (the one with most page views).
WITH seen AS (
    SELECT user_agent_id, count(*) FILTER (what = 'view') AS pageviews, count(*) FILTER (what = 'click') AS clicks
    FROM (SELECT user_agent_id, 'view' AS what FROM pageviews UNION ALL SELECT user_agent_id, 'click' FROM clicks)
    GROUP BY user_agent_id
)
SELECT u.class, u.reason, count(*) AS user_agents, coalesce(sum(s.pageviews), 0)::BIGINT AS pageviews,
    coalesce(sum(s.clicks), 0)::BIGINT AS clicks, max(u.list_version) AS list_version,
    arg_max(u.user_agent, (coalesce(s.pageviews, 0), coalesce(s.clicks, 0), -u.user_agent_id)) AS example
FROM user_agents AS u
LEFT JOIN seen AS s USING (user_agent_id)
WHERE $class IS NULL OR u.class = $class
GROUP BY u.class, u.reason
ORDER BY u.class <> 'human', u.class, pageviews DESC, u.reason;
