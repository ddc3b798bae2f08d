-- What newer imports take away: keys that the statement before them reported with click-throughs, and that they do not name
-- on a day that they cover.
-- Parameter: $imports, a list of import_id. Columns: file (the newer one), keys (how many and the first), clicks_through.
WITH newer AS (
    SELECT i.import_id, i.file, i.source, i.account, i.report, i.level, d.day, d.known_from
    FROM internal.imports AS i
    JOIN internal.import_days AS d USING (import_id)
    WHERE list_contains($imports::VARCHAR[], i.import_id) AND d.known_to IS NULL
),

before AS (
    SELECT n.import_id, n.file, n.day, r.campaign, r.ad_group, r.creative, r.stated_tag, sum(r.clicks_through) AS clicks_through
    FROM newer AS n
    JOIN internal.imports AS i
        ON i.source = n.source AND i.account = n.account AND i.report = n.report AND i.level = n.level AND i.import_id <> n.import_id
    JOIN internal.import_days AS d ON d.import_id = i.import_id AND d.day = n.day AND d.known_to = n.known_from
    JOIN internal.conversion_rows AS r ON r.import_id = i.import_id AND r.day = n.day
    GROUP BY ALL
    HAVING sum(r.clicks_through) > 0
),

gone AS (
    SELECT b.file, concat_ws(' / ', nullif(b.campaign, ''), nullif(b.ad_group, ''), nullif(b.creative, ''), nullif(b.stated_tag, '')) AS key, b.clicks_through
    FROM before AS b
    ANTI JOIN internal.conversion_rows AS r USING (import_id, day, campaign, ad_group, creative, stated_tag)
)

SELECT file, concat('"', min(key), '"', CASE WHEN count(DISTINCT key) > 1 THEN concat(' and ', count(DISTINCT key) - 1, ' more') END) AS keys,
    CAST(sum(clicks_through) AS BIGINT) AS clicks_through
FROM gone
GROUP BY file
ORDER BY file;
