-- What metrics count, by ISO week of the site: before and after user agents are judged anew.
-- Relations: pageviews, clicks. Columns: iso_week, pageviews, clicks.
SELECT iso_week, count(*) FILTER (what = 'view') AS pageviews, count(*) FILTER (what = 'click') AS clicks
FROM (
    SELECT iso_week, 'view' AS what FROM pageviews WHERE is_counted
    UNION ALL
    SELECT iso_week, 'click' FROM clicks WHERE is_counted
)
GROUP BY iso_week
ORDER BY iso_week;
