-- Which answers lead to clicks on product pages?
--
-- A click on a product page that came after a page view of an answer in the same session is that answer's assisted click. Where several
-- answers were read before, models disagree about whose it is: the last, the first, or all in equal parts. One row an answer, most
-- assisted clicks first. Bots are left out.
-- Columns: answer; assisted_clicks (by the model of [report] assisted_model in cta.toml); last_answer, first_answer, linear (by each
-- model), low, high (the least and the most of these); product_pages (distinct) on which they happened.
--
-- Parameters:
-- SET VARIABLE week = '2026-W45'; ISO week in the site's zone
SELECT
    answer, round(sum(credit), 2) AS assisted_clicks,
    sum(last_answer)::BIGINT AS last_answer, sum(first_answer)::BIGINT AS first_answer, round(sum(linear), 2) AS linear,
    round(least(sum(last_answer), sum(first_answer), sum(linear)), 2) AS low,
    round(greatest(sum(last_answer), sum(first_answer), sum(linear)), 2) AS high,
    count(DISTINCT product_path) AS product_pages
FROM assisted_clicks
WHERE iso_week = getvariable('week')
GROUP BY answer
ORDER BY assisted_clicks DESC, high DESC, answer;
