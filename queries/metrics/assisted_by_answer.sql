-- Clicks to Amazon on product pages that an answer led to, in the same session, by the configured model and by all models.
-- Parameters: $period_from, $period_to (DATE).
-- answer: which. title: as last scanned. assisted_clicks: its clicks by [report] assisted_model. least, most: the least and the most that
-- one of last_answer, first_answer and linear gives it. product_pages: distinct pages on which they happened.
WITH credited AS (
    SELECT answer, product_path, sum(if(is_last, clicks, 0)) AS last_answer, sum(if(is_first, clicks, 0)) AS first_answer,
        sum(clicks / answers) AS linear
    FROM internal.known_assisted_days
    WHERE day BETWEEN $period_from AND $period_to
    GROUP BY answer, product_path
)
SELECT a.answer, any_value(p.title) AS title,
    (CASE coalesce((SELECT value FROM internal.meta WHERE key = 'assisted_model'), 'last_answer')
        WHEN 'first_answer' THEN sum(a.first_answer)
        WHEN 'linear' THEN sum(a.linear)
        ELSE sum(a.last_answer)
    END)::DOUBLE AS assisted_clicks,
    least(sum(a.last_answer), sum(a.first_answer), sum(a.linear))::DOUBLE AS least,
    greatest(sum(a.last_answer), sum(a.first_answer), sum(a.linear))::DOUBLE AS most,
    count(DISTINCT a.product_path) AS product_pages
FROM credited AS a
LEFT JOIN (SELECT answer, min(title) AS title FROM internal.known_answers GROUP BY answer) AS p USING (answer)
GROUP BY a.answer
ORDER BY assisted_clicks DESC, most DESC, a.answer;
