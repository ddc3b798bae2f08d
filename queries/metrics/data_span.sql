-- The days that the logs speak of at all.
-- Parameters: none.
-- first_day, last_day: days in the site's zone of the first and the last event, NULL without events. events: events of any kind.
SELECT min(day) AS first_day, max(day) AS last_day, coalesce(sum(lines), 0)::BIGINT AS events FROM internal.known_site_days;
