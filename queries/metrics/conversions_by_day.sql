-- What the network reported, by its own day and currency.
-- Parameters: $period_from, $period_to (DATE), $source (VARCHAR).
-- day, currency: which. clicks_through, detail_views, carts, orders, units: counts, promoted and brand halo.
-- sales_minor: minor units of currency.
SELECT
    day, currency,
    coalesce(sum(clicks_through), 0)::DECIMAL(18, 4) AS clicks_through, coalesce(sum(detail_views), 0)::DECIMAL(18, 4) AS detail_views,
    coalesce(sum(carts), 0)::DECIMAL(18, 4) AS carts, coalesce(sum(orders), 0)::DECIMAL(18, 4) AS orders,
    coalesce(sum(units), 0)::DECIMAL(18, 4) AS units, coalesce(sum(sales_minor), 0)::BIGINT AS sales_minor
FROM answer_conversions
WHERE source = $source AND day BETWEEN $period_from AND $period_to
GROUP BY day, currency
ORDER BY day, currency;
