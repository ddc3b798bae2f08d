-- The two ways from an answer to Amazon: its own link, or a product page that it led to.
-- Parameters: $period_from, $period_to (DATE).
-- answer: slug; title: of its page as last scanned. amazon_clicks: counted clicks on the answer's links to Amazon. product_clicks: counted
-- clicks on its links to product pages. assisted_clicks: counted clicks to Amazon on a product page, where the answer is the last one that
-- was seen before in that session. Answers with none of the three are left out.
WITH on_product_pages AS (
    SELECT session_id, occurred_at
    FROM clicks
    WHERE is_counted AND page_kind = 'product' AND click_group = 'amazon' AND session_id IS NOT NULL
        AND day BETWEEN $period_from AND $period_to
),
answer_views AS (
    SELECT session_id, occurred_at, answer
    FROM pageviews
    WHERE is_counted AND answer IS NOT NULL AND session_id IN (SELECT session_id FROM on_product_pages)
        AND day BETWEEN $period_from AND $period_to
),
steps AS (
    SELECT answer, count(*) FILTER (click_group = 'amazon') AS amazon_clicks,
        count(*) FILTER (click_group = 'product') AS product_clicks, 0 AS assisted_clicks
    FROM clicks
    WHERE is_counted AND answer IS NOT NULL AND day BETWEEN $period_from AND $period_to
    GROUP BY answer
    UNION ALL
    SELECT v.answer, 0, 0, count(*)
    FROM on_product_pages AS c
    ASOF JOIN answer_views AS v ON c.session_id = v.session_id AND c.occurred_at >= v.occurred_at
    GROUP BY v.answer
),
titles AS (
    SELECT answer, min(title) AS title FROM answers GROUP BY answer
)
SELECT s.answer, any_value(t.title) AS title, sum(s.amazon_clicks)::BIGINT AS amazon_clicks,
    sum(s.product_clicks)::BIGINT AS product_clicks, sum(s.assisted_clicks)::BIGINT AS assisted_clicks
FROM steps AS s
LEFT JOIN titles AS t USING (answer)
GROUP BY s.answer
HAVING sum(s.amazon_clicks) + sum(s.product_clicks) + sum(s.assisted_clicks) > 0
ORDER BY assisted_clicks DESC, product_clicks DESC, amazon_clicks DESC, s.answer;
