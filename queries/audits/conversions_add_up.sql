-- Do the figures of answers add up to what the network reported, for each day and currency?
-- The network's total of a day is the sum at the widest level of internal.conversion_levels; a figure that this level does
-- not have is summed at the next.
-- Columns: source, account, currency, day, figure, reported (the network's total), shared_out (measured + allocated + masked +
-- unallocated). Money in minor units. No rows: every figure adds up exactly.
WITH rows_of_level AS (
    SELECT c.source, c.account, c.report, c.currency, c.day, l.depth,
        sum(c.clicks_through) AS clicks_through, sum(c.detail_views) AS detail_views,
        sum(c.carts) AS carts, sum(c.orders) AS orders,
        sum(c.units) AS units, sum(c.sales_minor) AS sales_minor,
        sum(c.bonus_minor) AS bonus_minor, sum(c.commission_minor) AS commission_minor
    FROM conversions AS c
    JOIN internal.conversion_levels AS l USING (source, account, report, level, day)
    GROUP BY ALL
),

totals AS (
    SELECT source, account, report, currency, day,
        arg_min(clicks_through, depth) FILTER (clicks_through IS NOT NULL) AS clicks_through,
        arg_min(detail_views, depth) FILTER (detail_views IS NOT NULL) AS detail_views,
        arg_min(carts, depth) FILTER (carts IS NOT NULL) AS carts,
        arg_min(orders, depth) FILTER (orders IS NOT NULL) AS orders,
        arg_min(units, depth) FILTER (units IS NOT NULL) AS units,
        arg_min(sales_minor, depth) FILTER (sales_minor IS NOT NULL) AS sales_minor,
        arg_min(bonus_minor, depth) FILTER (bonus_minor IS NOT NULL) AS bonus_minor,
        arg_min(commission_minor, depth) FILTER (commission_minor IS NOT NULL) AS commission_minor
    FROM rows_of_level
    GROUP BY ALL
),

reported AS (
    SELECT source, account, currency, day, figure, sum(amount) AS reported
    FROM (
        UNPIVOT (
            SELECT source, account, currency, day, clicks_through::DECIMAL(38, 4) AS clicks_through,
                detail_views::DECIMAL(38, 4) AS detail_views, carts::DECIMAL(38, 4) AS carts, orders::DECIMAL(38, 4) AS orders,
                units::DECIMAL(38, 4) AS units, sales_minor::DECIMAL(38, 4) AS sales_minor,
                bonus_minor::DECIMAL(38, 4) AS bonus_minor, commission_minor::DECIMAL(38, 4) AS commission_minor
            FROM totals
        )
        ON clicks_through, detail_views, carts, orders, units, sales_minor, bonus_minor, commission_minor
        INTO NAME figure VALUE amount
    )
    GROUP BY ALL
),

shared_out AS (
    SELECT source, account, currency, day, figure, sum(amount) AS shared_out
    FROM (
        UNPIVOT (
            SELECT source, account, currency, day, clicks_through::DECIMAL(38, 4) AS clicks_through,
                detail_views::DECIMAL(38, 4) AS detail_views, carts::DECIMAL(38, 4) AS carts, orders::DECIMAL(38, 4) AS orders,
                units::DECIMAL(38, 4) AS units, sales_minor::DECIMAL(38, 4) AS sales_minor,
                bonus_minor::DECIMAL(38, 4) AS bonus_minor, commission_minor::DECIMAL(38, 4) AS commission_minor
            FROM answer_conversions
        )
        ON clicks_through, detail_views, carts, orders, units, sales_minor, bonus_minor, commission_minor
        INTO NAME figure VALUE amount
    )
    GROUP BY ALL
)

SELECT source, account, currency, day, figure, coalesce(reported, 0) AS reported, coalesce(shared_out, 0) AS shared_out
FROM reported
FULL JOIN shared_out USING (source, account, currency, day, figure)
WHERE coalesce(reported, 0) <> coalesce(shared_out, 0)
ORDER BY ALL;
