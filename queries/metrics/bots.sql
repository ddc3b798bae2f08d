-- Who made the page views and clicks of the period: people, and what was left out by class.
-- Parameters: $period_from, $period_to (DATE).
-- class: human, internal (own traffic), or the class of the bot; behaviour stands for visitors that only their behaviour gave away.
-- views, clicks: events on any page, before anything is left out. agents: distinct user agents.
SELECT class, sum(views)::BIGINT AS views, sum(clicks)::BIGINT AS clicks, count(DISTINCT user_agent_id) AS agents
FROM internal.known_agent_days
WHERE day BETWEEN $period_from AND $period_to
GROUP BY class
ORDER BY sum(views) + sum(clicks) DESC, class;
