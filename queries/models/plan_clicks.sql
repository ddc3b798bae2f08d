-- The answers whose calls to action can carry a tag of one kind, each with its counted clicks in the last $days days of data.
-- An answer without a click is listed too. Clicks are those on links of the policies $policies.
-- Columns: answer, clicks.
WITH span AS (SELECT max(day) AS last_day FROM internal.site_days),

clicked AS (
    SELECT answer, count(*) AS clicks
    FROM clicks, span
    WHERE is_counted AND list_contains($policies, cta) AND day > last_day - CAST($days AS INTEGER)
    GROUP BY answer
)

SELECT l.answer, coalesce(any_value(c.clicks), 0) AS clicks
FROM links AS l
LEFT JOIN clicked AS c ON c.answer = l.answer
WHERE list_contains($policies, l.cta) AND l.answer IS NOT NULL
GROUP BY l.answer
ORDER BY clicks DESC, l.answer;
