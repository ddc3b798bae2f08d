-- Until when the logs reach: the last event of each of the last 29 days that have one.
-- Parameters: none.
-- day: day in the site's zone. events: events of that day, of people and bots. last_at: time of the last of them, UTC.
SELECT day, count(*) AS events, max(occurred_at) AS last_at
FROM internal.events
WHERE day > (SELECT max(day) FROM internal.events) - 29
GROUP BY day
ORDER BY day DESC;
