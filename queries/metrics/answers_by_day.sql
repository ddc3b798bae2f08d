-- The answers of the site day by day, one row an answer that has an event, its days as lists of equal length.
-- Parameters: $period_from, $period_to (DATE).
-- answer, site, lang: the page. day_numbers: days since $period_from, rising; only days with an event are there.
-- views, visitors, clicks, amazon_clicks, product_clicks, clicking_visitors: of each of those days, as in answer_days.
SELECT
    answer, site, lang,
    list(day - $period_from::DATE ORDER BY day) AS day_numbers,
    list(views ORDER BY day) AS views, list(visitors ORDER BY day) AS visitors, list(clicks ORDER BY day) AS clicks,
    list(amazon_clicks ORDER BY day) AS amazon_clicks, list(product_clicks ORDER BY day) AS product_clicks,
    list(clicking_visitors ORDER BY day) AS clicking_visitors
FROM answer_days
WHERE day BETWEEN $period_from AND $period_to AND views + visitors + clicks > 0
GROUP BY answer, site, lang
ORDER BY answer, site, lang NULLS FIRST;
