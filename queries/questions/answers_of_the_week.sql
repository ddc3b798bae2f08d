-- Which answers earn clicks in a week?
--
-- One row an answer with at least one counted page view, most clicks on Amazon and product links first.
-- Columns: answer; views; visitor_days (a visitor lives one day, so this is a sum over days); clicks (counted, by target:
-- amazon_clicks, product_clicks); clicking_visitors out of visitor_days; click_rate = clicking_visitors / visitor_days;
-- orders, sales (major units of currency) with their basis: measured, or allocated from a tag that several answers share.
--
-- Parameters:
-- SET VARIABLE week = '2026-W45'; ISO week in the site's zone
SELECT
    answer, views, visitor_days, clicks, amazon_clicks, product_clicks, clicking_visitors,
    round(clicking_visitors / nullif(visitor_days, 0), 4) AS click_rate,
    orders, round(sales_minor / 100.0, 2) AS sales, currency, basis
FROM answer_weeks
WHERE iso_week = getvariable('week') AND views > 0
ORDER BY amazon_clicks + product_clicks DESC, views DESC, answer;
