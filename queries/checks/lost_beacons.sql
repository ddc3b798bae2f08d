-- How many beacons never arrive?
--
-- A hit of the site's own redirect that follows a link is a click for sure; a beacon of the same visitor on the same target within ten
-- seconds (`same_click`) shows that the script spoke as well. Over the last 28 days of data, people only, with at least 30 such hits and
-- beacons in use at all: the share of hits without a beacon, where it is above 5 in 100.
-- Remedy: blockers and closed pages take some; above a fifth look at the script, its Content-Security-Policy and the beacon's path
-- Columns: subject; fact.
WITH hits AS (
    SELECT count(*) AS hits, count(*) FILTER (uncounted_reason = 'same_click') AS paired
    FROM clicks
    WHERE via = 'redirect' AND NOT is_bot AND path IS NOT NULL AND day > (SELECT max(day) FROM internal.events) - 28
)

SELECT 'redirects of the site' AS subject,
    format('{:,} of {:,} clicks on them in 28 days had no beacon: {:.0f} % are lost', hits - paired, hits, 100.0 * (hits - paired) / hits) AS fact
FROM hits
WHERE hits >= 30 AND (hits - paired) * 20 > hits AND EXISTS (SELECT 1 FROM clicks WHERE via = 'beacon');
