-- Pages as a scan found them. Relations: scanned_pages, internal.pages. Parameters: $now (UTC), $whole (whether the whole site was read).
-- A page that is gone stays, no longer current: its events are history.
UPDATE internal.pages AS p
SET is_current = false
WHERE p.is_current
    AND ($whole OR p.file IN (SELECT file FROM scanned_pages))
    AND NOT EXISTS (SELECT 1 FROM scanned_pages AS s WHERE s.site = p.site AND s.path = p.path);

UPDATE internal.pages AS p
SET lang = s.lang, kind = s.kind, answer = s.answer, title = s.title, file = s.file, url = s.url, is_current = true, last_scanned_at = $now
FROM (SELECT * FROM scanned_pages QUALIFY row_number() OVER (PARTITION BY site, path ORDER BY file) = 1) AS s
WHERE s.site = p.site AND s.path = p.path;

INSERT INTO internal.pages BY NAME
SELECT s.*, true AS is_current, $now::TIMESTAMP AS first_scanned_at, $now::TIMESTAMP AS last_scanned_at
FROM scanned_pages AS s
WHERE NOT EXISTS (SELECT 1 FROM internal.pages AS p WHERE s.site = p.site AND s.path = p.path)
QUALIFY row_number() OVER (PARTITION BY site, path ORDER BY file) = 1;
