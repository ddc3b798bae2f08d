-- Clicks to Amazon on product pages that an answer led to, in the same session, by the configured model and by all models.
-- Parameters: $period_from, $period_to (DATE).
-- answer: which. title: as last scanned. assisted_clicks: its clicks by [report] assisted_model. least, most: the least and the most that
-- one of last_answer, first_answer and linear gives it. product_pages: distinct pages on which they happened.
SELECT a.answer, any_value(p.title) AS title, sum(a.credit)::DOUBLE AS assisted_clicks,
    least(sum(a.last_answer), sum(a.first_answer), sum(a.linear))::DOUBLE AS least,
    greatest(sum(a.last_answer), sum(a.first_answer), sum(a.linear))::DOUBLE AS most,
    count(DISTINCT a.product_path) AS product_pages
FROM assisted_clicks AS a
LEFT JOIN (SELECT answer, min(title) AS title FROM answers GROUP BY answer) AS p USING (answer)
WHERE a.day BETWEEN $period_from AND $period_to
GROUP BY a.answer
ORDER BY assisted_clicks DESC, most DESC, a.answer;
