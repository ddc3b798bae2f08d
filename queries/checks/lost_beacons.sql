-- How many beacons never arrive?
--
-- A hit of the site's own redirect that follows a link is a click for sure; a beacon of the same visitor on the same target within ten
-- seconds (`same_click`) shows that the script spoke as well. Over the last 28 days of data, people only, with beacons in use at all: the
-- share of hits without a beacon, of the whole site where it is above 5 in 100, then of each answer and week where it is above 20 in 100;
-- each of at least 30 such hits.
-- Remedy: blockers and closed pages take some; above a fifth look at the script, its Content-Security-Policy and the beacon's path
-- Columns: subject (the site, or answer and week); fact.
WITH hits AS (
    SELECT answer, iso_week, grouping(iso_week) = 1 AS is_site, count(*) AS hits, count(*) FILTER (uncounted_reason = 'same_click') AS paired
    FROM clicks
    WHERE via = 'redirect' AND NOT is_bot AND path IS NOT NULL AND day > (SELECT max(day) FROM internal.events) - 28
        AND EXISTS (SELECT 1 FROM clicks WHERE via = 'beacon')
    GROUP BY GROUPING SETS ((), (answer, iso_week))
    HAVING count(*) >= 30
)

SELECT
    CASE WHEN is_site THEN 'redirects of the site' ELSE format('{}, {}', answer, iso_week) END AS subject,
    format('{:,} of {:,} clicks on {} had no beacon: {:.0f} % are lost', hits - paired, hits,
        CASE WHEN is_site THEN 'them in 28 days' ELSE 'redirects' END, 100.0 * (hits - paired) / hits) AS fact
FROM hits
WHERE (is_site AND (hits - paired) * 20 > hits) OR (answer IS NOT NULL AND (hits - paired) * 5 > hits)
ORDER BY is_site DESC, iso_week DESC, hits - paired DESC, answer;
