-- What CTAs stand on a page from when to when. Relations: scanned_revisions, internal.revisions, internal.pages. Parameters: $today (site zone), $whole.
-- Two scans on one day make one revision: days are as fine as it gets.
UPDATE internal.revisions AS r
SET ctas = s.ctas, answer = s.answer
FROM (SELECT * FROM scanned_revisions QUALIFY row_number() OVER (PARTITION BY site, path ORDER BY ctas) = 1) AS s
WHERE r.site = s.site AND r.path = s.path AND r.closed_on IS NULL AND r.opened_on >= $today;

UPDATE internal.revisions AS r
SET closed_on = $today
WHERE r.closed_on IS NULL
    AND (
        EXISTS (SELECT 1 FROM scanned_revisions AS s WHERE s.site = r.site AND s.path = r.path AND s.ctas <> r.ctas)
        OR ($whole AND NOT EXISTS (SELECT 1 FROM scanned_revisions AS s WHERE s.site = r.site AND s.path = r.path))
    );

INSERT INTO internal.revisions BY NAME
SELECT s.site, s.path, s.answer, 1 + coalesce(r.revisions, 0) AS revision, $today::DATE AS opened_on, NULL::DATE AS closed_on,
    coalesce(r.revisions, 0) = 0 AS is_assumed, s.ctas
FROM scanned_revisions AS s
LEFT JOIN (
    SELECT site, path, count(*) AS revisions, count(*) FILTER (closed_on IS NULL) AS open FROM internal.revisions GROUP BY site, path
) AS r USING (site, path)
WHERE coalesce(r.open, 0) = 0
QUALIFY row_number() OVER (PARTITION BY s.site, s.path ORDER BY s.ctas) = 1;
