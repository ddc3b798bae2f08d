-- Which answers moved against the week before?
--
-- One row an answer seen in either week, the largest change of clicks first. A change of a few clicks is usually chance: the
-- report says which changes are likely real.
-- Columns: answer; views and clicks (counted, on Amazon and product links) of both weeks; click_rate of both (clicking visitors out of
-- visitor-days); clicks_change.
--
-- Parameters:
-- SET VARIABLE week = '2026-W45'; ISO week in the site's zone
WITH this_week AS (
    SELECT *, amazon_clicks + product_clicks AS cta_clicks FROM answer_weeks WHERE iso_week = getvariable('week')
),
week_before AS (
    SELECT *, amazon_clicks + product_clicks AS cta_clicks FROM answer_weeks
    WHERE iso_week = strftime(strptime(getvariable('week') || '-1', '%G-W%V-%u') - INTERVAL 7 DAY, '%G-W%V')
)
SELECT
    answer,
    coalesce(b.views, 0) AS views_before, coalesce(t.views, 0) AS views,
    coalesce(b.cta_clicks, 0) AS clicks_before, coalesce(t.cta_clicks, 0) AS clicks,
    round(b.clicking_visitors / nullif(b.visitor_days, 0), 4) AS click_rate_before,
    round(t.clicking_visitors / nullif(t.visitor_days, 0), 4) AS click_rate,
    coalesce(t.cta_clicks, 0) - coalesce(b.cta_clicks, 0) AS clicks_change
FROM this_week AS t
FULL JOIN week_before AS b USING (site, answer)
ORDER BY abs(clicks_change) DESC, answer;
