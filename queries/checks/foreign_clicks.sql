-- Does somebody report clicks on links that are not ours?
--
-- Targets that stand on no scanned page and are of no known network, with at least 10 beacons in the last 28 days of data.
-- Remedy: scan the site if the links are yours (`cta scan`); else they are forged, and count in no figure
-- Columns: subject (the URL); fact.
SELECT url AS subject, format('{:,} beacons in 28 days, none of which counts', count(*)) AS fact
FROM clicks
WHERE uncounted_reason = 'foreign_target' AND day > (SELECT max(day) FROM internal.events) - 28
GROUP BY url
HAVING count(*) >= 10
ORDER BY count(*) DESC, url
LIMIT 20;
