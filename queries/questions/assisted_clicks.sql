-- Which answers lead to clicks on product pages?
--
-- A click on a product page that came after a page view of an answer in the same session is that answer's assisted click; it goes to
-- the last answer seen before. One row an answer, most assisted clicks first. Bots are left out.
-- Columns: answer; assisted_clicks; product_pages (distinct) on which they happened.
--
-- Parameters:
-- SET VARIABLE week = '2026-W45'; ISO week in the site's zone
WITH product_clicks AS (
    SELECT event_id, session_id, occurred_at, path
    FROM clicks
    WHERE iso_week = getvariable('week') AND is_counted AND page_kind = 'product' AND click_group = 'amazon'
),
answer_views AS (
    SELECT session_id, occurred_at, answer
    FROM pageviews
    WHERE iso_week = getvariable('week') AND is_counted AND answer IS NOT NULL
)
SELECT v.answer, count(*) AS assisted_clicks, count(DISTINCT c.path) AS product_pages
FROM product_clicks AS c
ASOF JOIN answer_views AS v ON c.session_id = v.session_id AND c.occurred_at >= v.occurred_at
GROUP BY v.answer
ORDER BY assisted_clicks DESC, v.answer;
