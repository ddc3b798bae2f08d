-- Which links to Amazon were clicked without a tag?
--
-- Links to a Store or product page without any tag, with at least 5 counted clicks in the last 28 days of data, where other links of the
-- site carry tags. What they sold nobody can say; the estimate takes them to sell as much for each click as the tagged links of those
-- days did by the network's reports, and is left out where these have fewer than 100 clicks, 10 orders or two currencies.
-- Remedy: give the links their tag (`cta lint --fix`), and a policy in [[ctas]] if they have none
-- Columns: subject (page and URL); fact.
WITH span AS (SELECT max(day) AS last_day FROM internal.site_days),

tagged AS (
    SELECT sum(t.own_clicks) AS clicks
    FROM tag_clicks AS t, span
    WHERE t.source = (SELECT value FROM internal.meta WHERE key = 'sales_from') AND t.day > span.last_day - 28
),

sold AS (
    SELECT sum(c.sales_minor) AS sales_minor, sum(c.orders) AS orders, min(c.currency) AS currency
    FROM answer_conversions AS c, span
    WHERE c.source = (SELECT value FROM internal.meta WHERE key = 'sales_from') AND c.tag IS NOT NULL AND c.day > span.last_day - 28
        AND EXISTS (SELECT 1 FROM tag_clicks AS t WHERE t.source = c.source AND t.account = c.account AND t.day = c.day)
    HAVING count(DISTINCT c.currency) = 1
),

peers AS (
    SELECT CASE WHEN t.clicks >= 100 AND s.orders >= 10 THEN s.sales_minor / t.clicks END AS minor_per_click, s.currency
    FROM tagged AS t
    LEFT JOIN sold AS s ON true
),

bare AS (
    SELECT c.path, c.url, count(*) AS clicks
    FROM clicks AS c
    JOIN urls AS u USING (url_id)
    CROSS JOIN span
    WHERE c.is_counted AND c.day > span.last_day - 28 AND c.url_kind IN ('amazon_store', 'amazon_product')
        AND u.tag IS NULL AND u.tracking_id IS NULL AND u.channel IS NULL
    GROUP BY c.path, c.url
    HAVING count(*) >= 5
)

SELECT concat_ws(' ', b.path, b.url) AS subject,
    format('{:,} clicks in 28 days without a tag', b.clicks)
    || CASE WHEN p.minor_per_click IS NULL THEN ''
        ELSE format('; at the average of tagged links {:.2f} {} of sales that nobody can attribute',
            b.clicks * p.minor_per_click / if(p.currency = 'JPY', 1, 100), p.currency) END AS fact
FROM bare AS b
CROSS JOIN peers AS p
WHERE EXISTS (SELECT 1 FROM internal.link_tags)
ORDER BY b.clicks DESC, subject;
