-- Which answers earn clicks in a week?
--
-- One row an answer with at least one counted page view, most clicks on Amazon and product links first.
-- Columns: answer; views; visitor_days (a visitor lives one day, so this is a sum over days); clicks (counted, by target:
-- amazon_clicks, product_clicks); clicking_visitors out of visitor_days; click_rate = clicking_visitors / visitor_days;
-- orders, sales (major units of currency) with their basis: measured, or allocated from a tag that several answers share;
-- orders_low, orders_high, sales_low, sales_high: where these are estimates, their 95 % interval (question estimates_of_the_week).
--
-- Parameters:
-- SET VARIABLE week = '2026-W45'; ISO week in the site's zone
WITH reach AS (
    SELECT
        answer, CASE WHEN count(*) = 1 THEN any_value(currency) END AS currency,
        sqrt(sum((orders - orders_low) ** 2)) AS orders_below, sqrt(sum((orders_high - orders) ** 2)) AS orders_above,
        any_value(sales_minor - sales_low_minor) AS sales_below, any_value(sales_high_minor - sales_minor) AS sales_above
    FROM answer_intervals
    WHERE iso_week = getvariable('week') AND is_sales_source
    GROUP BY answer
)
SELECT
    w.answer, w.views, w.visitor_days, w.clicks, w.amazon_clicks, w.product_clicks, w.clicking_visitors,
    round(w.clicking_visitors / nullif(w.visitor_days, 0), 4) AS click_rate,
    w.orders, round(w.sales_minor / CASE WHEN w.currency = 'JPY' THEN 1 ELSE 100.0 END, 2) AS sales, w.currency, w.basis,
    round(CAST(w.orders AS DOUBLE) - r.orders_below, 1) AS orders_low, round(CAST(w.orders AS DOUBLE) + r.orders_above, 1) AS orders_high,
    -- Yen have no minor unit.
    round((w.sales_minor - r.sales_below) / CASE WHEN w.currency = 'JPY' THEN 1 ELSE 100.0 END, 2) AS sales_low,
    round((w.sales_minor + r.sales_above) / CASE WHEN w.currency = 'JPY' THEN 1 ELSE 100.0 END, 2) AS sales_high
FROM answer_weeks AS w
LEFT JOIN reach AS r ON r.answer = w.answer AND w.basis IN ('allocated', 'mixed') AND (w.currency IS NULL OR r.currency = w.currency)
WHERE w.iso_week = getvariable('week') AND w.views > 0
ORDER BY w.amazon_clicks + w.product_clicks DESC, w.views DESC, w.answer;
