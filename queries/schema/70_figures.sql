-- The figures of a report as sums over days, with the time from which to which each part was known: what `cta changes` explains.
-- Of the answers together: what people did (source is NULL). Of a source: what the network reported, all of it, and (…_of_answers) what of
-- it is measured of or allocated to an answer. Money in minor units of currency.
CREATE OR REPLACE VIEW internal.figure_facts AS
SELECT day, NULL::VARCHAR AS source, figure, '' AS currency, amount, known_from, known_to
FROM (
    UNPIVOT (
        SELECT day, known_from, known_to, views::DECIMAL(38, 4) AS views, visitors::DECIMAL(38, 4) AS visitor_days,
            clicks::DECIMAL(38, 4) AS clicks, amazon_clicks::DECIMAL(38, 4) AS amazon_clicks,
            product_clicks::DECIMAL(38, 4) AS product_clicks, clicking_visitors::DECIMAL(38, 4) AS clicking_visitors,
            impressions::DECIMAL(38, 4) AS impressions, bot_views::DECIMAL(38, 4) AS bot_views, bot_clicks::DECIMAL(38, 4) AS bot_clicks
        FROM internal.site_day_facts
    )
    ON views, visitor_days, clicks, amazon_clicks, product_clicks, clicking_visitors, impressions, bot_views, bot_clicks
    INTO NAME figure VALUE amount
)
UNION ALL
SELECT day, source, figure, currency, amount, known_from, known_to
FROM (
    UNPIVOT (
        SELECT day, source, currency, known_from, known_to, clicks_through::DECIMAL(38, 4) AS clicks_through,
            detail_views::DECIMAL(38, 4) AS detail_views, carts::DECIMAL(38, 4) AS carts, orders::DECIMAL(38, 4) AS orders,
            units::DECIMAL(38, 4) AS units, sales_minor::DECIMAL(38, 4) AS sales_minor, bonus_minor::DECIMAL(38, 4) AS bonus_minor,
            commission_minor::DECIMAL(38, 4) AS commission_minor,
            CASE WHEN answer IS NOT NULL THEN orders::DECIMAL(38, 4) END AS orders_of_answers,
            CASE WHEN answer IS NOT NULL THEN sales_minor::DECIMAL(38, 4) END AS sales_minor_of_answers
        FROM internal.answer_conversions
    )
    ON clicks_through, detail_views, carts, orders, units, sales_minor, bonus_minor, commission_minor, orders_of_answers,
        sales_minor_of_answers
    INTO NAME figure VALUE amount
);
