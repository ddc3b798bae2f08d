-- Links as a scan found them: those of the pages and files that were read are replaced. Relations: scanned_links, scanned_pages, internal.links.
-- Parameters: $whole (whether the whole site was read).
DELETE FROM internal.links AS l
WHERE $whole OR l.file IN (SELECT file FROM scanned_pages)
    OR EXISTS (SELECT 1 FROM scanned_pages AS s WHERE s.site = l.site AND s.path = l.page);

INSERT INTO internal.links BY NAME
SELECT * FROM scanned_links;
