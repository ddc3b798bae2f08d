-- Until when the logs reach: the last event of each of the last 29 days that have one.
-- Parameters: none.
-- day: day in the site's zone. events: events of that day, of people and bots. last_at: time of the last of them, UTC.
SELECT day, lines AS events, last_at
FROM internal.known_site_days
WHERE day > (SELECT max(day) FROM internal.known_site_days) - 29
ORDER BY day DESC;
