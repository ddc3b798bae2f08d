-- Which tags are clicked on our pages that no report of the network knows?
--
-- Tags with at least 10 own clicks on days of the last 28 that a report covers, and without a row in any report of that source.
-- Remedy: is the tag one of this account, rightly spelled, and is its campaign in the report that was downloaded
-- Columns: subject (the tag); fact.
SELECT tag AS subject, format('{:,} own clicks on {} days, and no report names it', sum(own_clicks)::BIGINT, count(*)) AS fact
FROM tag_clicks AS t
WHERE day > (SELECT max(day) FROM internal.site_days) - 28
    AND NOT EXISTS (SELECT 1 FROM internal.conversion_keys AS k WHERE k.source = t.source AND k.tag = t.tag)
GROUP BY source, tag
HAVING sum(own_clicks) >= 10
ORDER BY sum(own_clicks) DESC, tag;
