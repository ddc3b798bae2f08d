-- The answers of the site over a period, also those that nobody read, and over the like days of two periods.
-- Parameters: $period_from, $period_to (DATE), $like_days, $before_days (DATE[]: days of the period that have a counterpart, and their
-- counterparts before it), $source (VARCHAR: whose conversions).
-- answer, site, lang, title, path, url, file: the page as last scanned; only answer is known of one that is in the logs alone.
-- views, visitor_days, sessions, clicks, amazon_clicks, product_clicks, clicking_visitors, impressions, bot_views, bot_clicks: sums of
-- answer_days over the period; clicking_visitors / visitor_days is the click rate.
-- like_visitor_days, like_clicking_visitors, like_clicks: the same over $like_days.
-- before_visitor_days, before_clicking_visitors, before_clicks: the same over $before_days.
-- basis: measured, allocated, mixed, masked, masked_or_zero, or NULL where the network reported nothing. has_masked: a part is unknown.
-- clicks_through, detail_views, carts, orders, units, sales_minor (minor units of currency): of the period, NULL where unknown.
WITH events AS (
    SELECT
        site, lang, answer,
        sum(views) FILTER (in_period) AS views, sum(visitors) FILTER (in_period) AS visitor_days,
        sum(sessions) FILTER (in_period) AS sessions, sum(clicks) FILTER (in_period) AS clicks,
        sum(amazon_clicks) FILTER (in_period) AS amazon_clicks, sum(product_clicks) FILTER (in_period) AS product_clicks,
        sum(clicking_visitors) FILTER (in_period) AS clicking_visitors, sum(impressions) FILTER (in_period) AS impressions,
        sum(bot_views) FILTER (in_period) AS bot_views, sum(bot_clicks) FILTER (in_period) AS bot_clicks,
        sum(visitors) FILTER (is_like) AS like_visitor_days, sum(clicking_visitors) FILTER (is_like) AS like_clicking_visitors,
        sum(clicks) FILTER (is_like) AS like_clicks,
        sum(visitors) FILTER (is_before) AS before_visitor_days, sum(clicking_visitors) FILTER (is_before) AS before_clicking_visitors,
        sum(clicks) FILTER (is_before) AS before_clicks
    FROM (
        SELECT *, day >= $period_from AS in_period,
            list_contains($like_days::DATE[], day) AS is_like, list_contains($before_days::DATE[], day) AS is_before
        FROM answer_days
        WHERE day BETWEEN least($period_from, list_min($before_days::DATE[])) AND $period_to
    ) AS days
    GROUP BY site, lang, answer
),
sales AS (
    SELECT
        answer,
        CASE WHEN count(DISTINCT currency) = 1 THEN any_value(currency) END AS currency,
        CASE
            WHEN bool_or(basis = 'allocated') AND bool_or(basis = 'measured') THEN 'mixed'
            WHEN bool_or(basis = 'allocated') THEN 'allocated'
            WHEN bool_or(basis = 'measured') THEN 'measured'
            WHEN bool_or(basis = 'masked') THEN 'masked'
            ELSE 'masked_or_zero'
        END AS basis,
        bool_or(basis IN ('masked', 'masked_or_zero')) AS has_masked,
        sum(clicks_through) FILTER (basis IN ('measured', 'allocated')) AS clicks_through,
        sum(detail_views) FILTER (basis IN ('measured', 'allocated')) AS detail_views,
        sum(carts) FILTER (basis IN ('measured', 'allocated')) AS carts,
        sum(orders) FILTER (basis IN ('measured', 'allocated')) AS orders,
        sum(units) FILTER (basis IN ('measured', 'allocated')) AS units,
        CASE WHEN count(DISTINCT currency) = 1 THEN sum(sales_minor) FILTER (basis IN ('measured', 'allocated')) END AS sales_minor
    FROM answer_conversions
    WHERE source = $source AND answer IS NOT NULL AND day BETWEEN $period_from AND $period_to
    GROUP BY answer
),
known AS (
    SELECT site, lang, answer, min((path, title, url, file)) AS page FROM internal.known_answers GROUP BY site, lang, answer
)
SELECT
    coalesce(k.answer, e.answer) AS answer, coalesce(k.site, e.site) AS site, coalesce(k.lang, e.lang) AS lang,
    k.page[2] AS title, k.page[1] AS path, k.page[3] AS url, k.page[4] AS file,
    coalesce(e.views, 0)::BIGINT AS views, coalesce(e.visitor_days, 0)::BIGINT AS visitor_days,
    coalesce(e.sessions, 0)::BIGINT AS sessions, coalesce(e.clicks, 0)::BIGINT AS clicks,
    coalesce(e.amazon_clicks, 0)::BIGINT AS amazon_clicks, coalesce(e.product_clicks, 0)::BIGINT AS product_clicks,
    coalesce(e.clicking_visitors, 0)::BIGINT AS clicking_visitors, coalesce(e.impressions, 0)::BIGINT AS impressions,
    coalesce(e.bot_views, 0)::BIGINT AS bot_views, coalesce(e.bot_clicks, 0)::BIGINT AS bot_clicks,
    coalesce(e.like_visitor_days, 0)::BIGINT AS like_visitor_days,
    coalesce(e.like_clicking_visitors, 0)::BIGINT AS like_clicking_visitors, coalesce(e.like_clicks, 0)::BIGINT AS like_clicks,
    coalesce(e.before_visitor_days, 0)::BIGINT AS before_visitor_days,
    coalesce(e.before_clicking_visitors, 0)::BIGINT AS before_clicking_visitors, coalesce(e.before_clicks, 0)::BIGINT AS before_clicks,
    s.currency, s.basis, coalesce(s.has_masked, false) AS has_masked,
    s.clicks_through, s.detail_views, s.carts, s.orders, s.units, s.sales_minor
FROM known AS k
FULL JOIN events AS e ON k.answer = e.answer AND k.site = e.site AND k.lang IS NOT DISTINCT FROM e.lang
LEFT JOIN sales AS s ON s.answer = coalesce(k.answer, e.answer)
ORDER BY clicks DESC, visitor_days DESC, views DESC, answer, site, lang NULLS FIRST;
