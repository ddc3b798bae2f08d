-- Which answers were clicked until a week ago, are still read, and are clicked no more?
--
-- Answers that would have had at least 5 clicks in the last 7 days of data, had they been clicked as often for each page view as in
-- the 28 days before, and had none: with 5 expected, none at all happens by chance less than once in a hundred times.
-- Remedy: see what changed on the page (`cta query trace_answer`), and whether its beacon still arrives
-- Columns: subject (the answer); fact.
WITH span AS (SELECT max(day) AS last_day FROM internal.site_days),

views AS (
    SELECT answer, count(*) FILTER (day > last_day - 7) AS now, count(*) FILTER (day <= last_day - 7) AS before
    FROM pageviews, span
    WHERE is_counted AND answer IS NOT NULL AND day > last_day - 35
    GROUP BY answer
),

clicked AS (
    SELECT answer, count(*) FILTER (day > last_day - 7) AS now, count(*) FILTER (day <= last_day - 7) AS before
    FROM clicks, span
    WHERE is_counted AND answer IS NOT NULL AND day > last_day - 35
    GROUP BY answer
)

SELECT v.answer AS subject,
    format('{:,} clicks on {:,} page views in the four weeks before, none on {:,} in the last seven days', c.before, v.before, v.now) AS fact
FROM views AS v
JOIN clicked AS c USING (answer)
WHERE c.now = 0 AND v.before > 0 AND c.before * v.now / v.before >= 5
ORDER BY c.before DESC, v.answer;
