-- What came in, day by day, and which days are missing?
--
-- One row a day from the first to the last day of the data; a day without a single event is a gap in the logs, not a quiet day.
-- Columns: day; views, clicks (counted); bot_views, bot_clicks; has_logs.
WITH counted AS (
    SELECT day, sum(views) AS views, sum(clicks) AS clicks, sum(bot_views) AS bot_views, sum(bot_clicks) AS bot_clicks
    FROM answer_days
    GROUP BY day
),
span AS (
    SELECT unnest(generate_series(min(day), max(day), INTERVAL 1 DAY))::DATE AS day FROM counted
)
SELECT
    s.day, coalesce(c.views, 0) AS views, coalesce(c.clicks, 0) AS clicks, coalesce(c.bot_views, 0) AS bot_views,
    coalesce(c.bot_clicks, 0) AS bot_clicks, c.day IS NOT NULL AS has_logs
FROM span AS s
LEFT JOIN counted AS c USING (day)
ORDER BY s.day;
