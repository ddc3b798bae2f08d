-- The two ways from an answer to Amazon: its own link, or a product page that it led to.
-- Parameters: $period_from, $period_to (DATE).
-- answer: slug; title: of its page as last scanned. amazon_clicks: counted clicks on the answer's links to Amazon. product_clicks: counted
-- clicks on its links to product pages. assisted_clicks: counted clicks to Amazon on a product page, where the answer is the last one that
-- was seen before. Answers with none of the three are left out.
WITH steps AS (
    SELECT answer, coalesce(sum(clicks) FILTER (click_group = 'amazon'), 0) AS amazon_clicks,
        coalesce(sum(clicks) FILTER (click_group = 'product'), 0) AS product_clicks, 0 AS assisted_clicks
    FROM internal.known_click_days
    WHERE is_counted AND answer IS NOT NULL AND day BETWEEN $period_from AND $period_to
    GROUP BY answer
    UNION ALL
    SELECT answer, 0, 0, sum(clicks)
    FROM internal.known_assisted_days
    WHERE is_last AND day BETWEEN $period_from AND $period_to
    GROUP BY answer
),
titles AS (
    SELECT answer, min(title) AS title FROM internal.known_answers GROUP BY answer
)
SELECT s.answer, any_value(t.title) AS title, sum(s.amazon_clicks)::BIGINT AS amazon_clicks,
    sum(s.product_clicks)::BIGINT AS product_clicks, sum(s.assisted_clicks)::BIGINT AS assisted_clicks
FROM steps AS s
LEFT JOIN titles AS t USING (answer)
GROUP BY s.answer
HAVING sum(s.amazon_clicks) + sum(s.product_clicks) + sum(s.assisted_clicks) > 0
ORDER BY assisted_clicks DESC, product_clicks DESC, amazon_clicks DESC, s.answer;
