-- Where the visits to answers came from.
-- Parameters: $period_from, $period_to (DATE); $answer (VARCHAR), a slug, or NULL for all answers.
-- channel: by GA4's default rules, AI assistants apart; "unknown" without one. views: counted page views of answers.
-- visitor_days: people, each once a day and channel. clicking_visitors: of these, those with a counted Amazon or product click in that
-- channel; clicking_visitors / visitor_days is the click rate.
WITH visits AS (
    SELECT day, visitor, channel, count(*) AS views, 0 AS clicks
    FROM pageviews
    WHERE is_counted AND answer = coalesce($answer::VARCHAR, answer) AND day BETWEEN $period_from AND $period_to
    GROUP BY day, visitor, channel
    UNION ALL
    SELECT day, visitor, channel, 0, count(*)
    FROM clicks
    WHERE
        is_counted AND answer = coalesce($answer::VARCHAR, answer) AND click_group IN ('amazon', 'product')
        AND day BETWEEN $period_from AND $period_to
    GROUP BY day, visitor, channel
),
by_visitor AS (
    SELECT day, visitor, coalesce(channel, 'unknown') AS channel, sum(views) AS views, sum(clicks) AS clicks
    FROM visits
    GROUP BY day, visitor, 3
)
SELECT
    channel, sum(views)::BIGINT AS views, count(*) FILTER (visitor IS NOT NULL AND views > 0) AS visitor_days,
    count(*) FILTER (visitor IS NOT NULL AND views > 0 AND clicks > 0) AS clicking_visitors
FROM by_visitor
GROUP BY channel
HAVING sum(views) > 0
ORDER BY visitor_days DESC, views DESC, channel;
