-- On which days does the log say nothing at all?
--
-- Days of the last 90 before the last day of data that have no event, though there are some before and after.
-- Remedy: find the log of these days (a rotation that was not copied, a server that did not log) and ingest it
-- Columns: subject (the first of the days); fact.
WITH days AS (SELECT DISTINCT day FROM internal.events WHERE day > (SELECT max(day) FROM internal.events) - 90),

gaps AS (SELECT day, lead(day) OVER (ORDER BY day) AS next_day FROM days)

SELECT strftime(day + 1, '%Y-%m-%d') AS subject,
    CASE WHEN next_day - day = 2 THEN 'no line of this day' ELSE format('no line of {} days, up to {}', next_day - day - 1, strftime(next_day - 1, '%Y-%m-%d')) END
        AS fact
FROM gaps
WHERE next_day - day > 1
ORDER BY day;
