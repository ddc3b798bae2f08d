-- Where the visits to answers came from.
-- Parameters: $period_from, $period_to (DATE); $answer (VARCHAR), a slug, or NULL for all answers.
-- channel: by GA4's default rules, AI assistants apart; "unknown" without one. views: counted page views of answers.
-- visitor_days: people, each once a day and channel. clicking_visitors: of these, those with a counted Amazon or product click in that
-- channel; clicking_visitors / visitor_days is the click rate.
WITH visits AS (
    SELECT day, visitor, coalesce(channel, 'unknown') AS channel, count(*) AS views, 0 AS clicks
    FROM pageviews
    WHERE is_counted AND answer = $answer::VARCHAR AND day BETWEEN $period_from AND $period_to
    GROUP BY ALL
    UNION ALL
    SELECT day, visitor, coalesce(channel, 'unknown'), 0, count(*)
    FROM clicks
    WHERE is_counted AND answer = $answer::VARCHAR AND click_group IN ('amazon', 'product') AND day BETWEEN $period_from AND $period_to
    GROUP BY ALL
),
by_visitor AS (
    SELECT day, visitor, channel, sum(views) AS views, sum(clicks) AS clicks FROM visits GROUP BY day, visitor, channel
),
found AS (
    SELECT channel, views, visitors, clicking_visitors
    FROM internal.known_channel_days
    WHERE $answer::VARCHAR IS NULL AND day BETWEEN $period_from AND $period_to
    UNION ALL
    SELECT
        channel, sum(views), count(*) FILTER (visitor IS NOT NULL AND views > 0),
        count(*) FILTER (visitor IS NOT NULL AND views > 0 AND clicks > 0)
    FROM by_visitor
    GROUP BY channel
    HAVING sum(views) > 0
)
SELECT channel, sum(views)::BIGINT AS views, sum(visitors)::BIGINT AS visitor_days, sum(clicking_visitors)::BIGINT AS clicking_visitors
FROM found
GROUP BY channel
ORDER BY visitor_days DESC, views DESC, channel;
