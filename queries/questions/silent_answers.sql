-- Which answers are read but lead nobody to Amazon or a product page?
--
-- One row an answer with page views and without such a click in the week, most views first. `ctas` tells a page without a call
-- to action (0) from one whose call to action nobody follows or whose tracking is broken.
-- Columns: answer; views; visitor_days; ctas (links with a CTA policy on the page as last scanned); file.
--
-- Parameters:
-- SET VARIABLE week = '2026-W45'; ISO week in the site's zone
SELECT
    w.answer, w.views, w.visitor_days,
    (SELECT count(*) FROM links AS l WHERE l.answer = w.answer AND l.site = w.site AND l.cta IS NOT NULL) AS ctas,
    a.file
FROM answer_weeks AS w
LEFT JOIN answers AS a ON a.answer = w.answer AND a.site = w.site
WHERE w.iso_week = getvariable('week') AND w.views > 0 AND w.amazon_clicks + w.product_clicks = 0
ORDER BY w.views DESC, w.answer;
