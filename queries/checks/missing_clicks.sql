-- Which weeks does the network count more visits than the site counts clicks?
--
-- Answers with a tag of their own (basis `measured`), in weeks where both sides are complete: the network's click-throughs beside the
-- site's own counted clicks to Amazon, where the site has seen less than four in five of at least 20.
-- Remedy: look for pages without the script, a blocked beacon, a log that is not read; days of the network are cut in its own zone
-- Columns: subject (answer and week); fact.
WITH span AS (SELECT max(day) AS last_day FROM internal.site_days),

reported AS (
    SELECT answer, iso_week, sum(clicks_through)::BIGINT AS visits, max(day) AS last_reported
    FROM answer_conversions
    WHERE basis = 'measured' AND answer IS NOT NULL
    GROUP BY answer, iso_week
    HAVING count(DISTINCT day) = 7
),

own AS (
    SELECT answer, iso_week, count(*) AS clicks
    FROM clicks
    WHERE is_counted AND click_group = 'amazon' AND answer IS NOT NULL
    GROUP BY answer, iso_week
)

SELECT format('{}, {}', r.answer, r.iso_week) AS subject,
    format('the network counts {:,} visits, the site {:,} clicks: {:.0f} % are missing', r.visits, coalesce(o.clicks, 0),
        100.0 * (r.visits - coalesce(o.clicks, 0)) / r.visits) AS fact
FROM reported AS r
CROSS JOIN span
LEFT JOIN own AS o USING (answer, iso_week)
WHERE r.last_reported <= span.last_day AND r.last_reported > span.last_day - 35
    AND r.visits >= 20 AND coalesce(o.clicks, 0) * 5 < r.visits * 4
ORDER BY r.iso_week DESC, r.visits - coalesce(o.clicks, 0) DESC, r.answer;
