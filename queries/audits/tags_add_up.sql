-- Do the figures of a tag add up to what the network reported for its ad groups, or in rows that name their tag, for each day and currency?
-- Days without ad groups are left to conversions_add_up, and so are API tags, of which the network states ad group and creative
-- one inside the other, and figures that a level does not have.
-- Columns: source, account, currency, day, tag, figure, reported, shared_out. Money in minor units. No rows: it adds up.
WITH reported AS (
    SELECT source, account, currency, day, tag, figure, sum(amount) AS reported
    FROM (
        UNPIVOT (
            SELECT c.source, c.account, c.currency, c.day, c.tag, c.clicks_through::DECIMAL(38, 4) AS clicks_through,
                c.detail_views::DECIMAL(38, 4) AS detail_views, c.carts::DECIMAL(38, 4) AS carts, c.orders::DECIMAL(38, 4) AS orders,
                c.units::DECIMAL(38, 4) AS units, c.sales_minor::DECIMAL(38, 4) AS sales_minor,
                c.bonus_minor::DECIMAL(38, 4) AS bonus_minor, c.commission_minor::DECIMAL(38, 4) AS commission_minor
            FROM conversions AS c
            JOIN internal.conversion_levels AS l USING (source, account, report, level, day)
            WHERE c.tag IS NOT NULL AND (c.level = 'tag' OR (c.level = 'adgroup' AND NOT contains(c.tag, '/')))
        )
        ON clicks_through, detail_views, carts, orders, units, sales_minor, bonus_minor, commission_minor
        INTO NAME figure VALUE amount
    )
    GROUP BY ALL
),

shared_out AS (
    SELECT source, account, currency, day, tag, figure, sum(amount) AS shared_out
    FROM (
        UNPIVOT (
            SELECT source, account, currency, day, tag, clicks_through::DECIMAL(38, 4) AS clicks_through,
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

SELECT source, account, currency, day, tag, figure, reported, coalesce(shared_out, 0) AS shared_out
FROM reported
LEFT JOIN shared_out USING (source, account, currency, day, tag, figure)
WHERE reported <> coalesce(shared_out, 0)
ORDER BY ALL;
