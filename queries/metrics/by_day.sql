-- The site's answers by day, every day of the period, also one without a single log line.
-- Parameters: $period_from, $period_to (DATE).
-- day: day in the site's zone. lines: log lines that became an event, of people and bots, on any page; 0 means that no log was read.
-- views: counted page views. visitors: people with a counted view, each once a day (sums over days are visitor-days).
-- clicks: counted clicks, of these amazon_clicks and product_clicks; the rest leads elsewhere.
-- clicking_visitors: of visitors, those with a counted Amazon or product click; clicking_visitors / visitors is the click rate.
-- impressions: CTAs that came into view. bot_views, bot_clicks: labelled as bots and not counted.
WITH calendar AS (
    SELECT unnest(generate_series($period_from::TIMESTAMP, $period_to::TIMESTAMP, INTERVAL 1 DAY))::DATE AS day
)
SELECT
    c.day, coalesce(f.lines, 0) AS lines,
    coalesce(f.views, 0) AS views, coalesce(f.visitors, 0) AS visitors,
    coalesce(f.clicks, 0) AS clicks, coalesce(f.amazon_clicks, 0) AS amazon_clicks,
    coalesce(f.product_clicks, 0) AS product_clicks, coalesce(f.clicking_visitors, 0) AS clicking_visitors,
    coalesce(f.impressions, 0) AS impressions, coalesce(f.bot_views, 0) AS bot_views, coalesce(f.bot_clicks, 0) AS bot_clicks
FROM calendar AS c
LEFT JOIN internal.known_site_days AS f USING (day)
ORDER BY c.day;
