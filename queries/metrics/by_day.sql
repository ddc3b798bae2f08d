-- The site's answers by day, every day of the period, also one without a single log line.
-- Parameters: $period_from, $period_to (DATE); $answer (VARCHAR), a slug, or NULL for all answers together.
-- day: day in the site's zone. lines: log lines that became an event, of people and bots, on any page; 0 means that no log was read.
-- views: counted page views. visitors: people with a counted view, each once a day (sums over days are visitor-days).
-- clicks: counted clicks, of these amazon_clicks and product_clicks; the rest leads elsewhere.
-- clicking_visitors: of visitors, those with a counted Amazon or product click; clicking_visitors / visitors is the click rate.
-- impressions: CTAs that came into view. bot_views, bot_clicks: labelled as bots and not counted.
WITH calendar AS (
    SELECT unnest(generate_series($period_from::TIMESTAMP, $period_to::TIMESTAMP, INTERVAL 1 DAY))::DATE AS day
),
counted AS (
    SELECT
        day, views, visitors, clicks, amazon_clicks, product_clicks, clicking_visitors, impressions, bot_views, bot_clicks
    FROM internal.known_site_days
    WHERE $answer::VARCHAR IS NULL
    UNION ALL
    SELECT
        day, sum(views), sum(visitors), sum(clicks), sum(amazon_clicks), sum(product_clicks), sum(clicking_visitors),
        sum(impressions), sum(bot_views), sum(bot_clicks)
    FROM answer_days
    WHERE answer = $answer::VARCHAR AND day BETWEEN $period_from AND $period_to
    GROUP BY day
)
SELECT
    c.day, coalesce(l.lines, 0) AS lines,
    coalesce(f.views, 0)::BIGINT AS views, coalesce(f.visitors, 0)::BIGINT AS visitors,
    coalesce(f.clicks, 0)::BIGINT AS clicks, coalesce(f.amazon_clicks, 0)::BIGINT AS amazon_clicks,
    coalesce(f.product_clicks, 0)::BIGINT AS product_clicks, coalesce(f.clicking_visitors, 0)::BIGINT AS clicking_visitors,
    coalesce(f.impressions, 0)::BIGINT AS impressions, coalesce(f.bot_views, 0)::BIGINT AS bot_views,
    coalesce(f.bot_clicks, 0)::BIGINT AS bot_clicks
FROM calendar AS c
LEFT JOIN internal.known_site_days AS l USING (day)
LEFT JOIN counted AS f USING (day)
ORDER BY c.day;
