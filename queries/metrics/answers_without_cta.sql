-- Answers that have no CTA although other pages of their kind do. Nothing where the site was not scanned, or no CTA is defined.
-- Parameters: none.
-- answer, site, title, path, file: the page as last scanned.
WITH with_cta AS (
    SELECT DISTINCT l.site, l.page AS path, p.kind
    FROM internal.known_links AS l
    JOIN internal.known_pages AS p ON p.site = l.site AND p.path = l.page
    WHERE l.cta IS NOT NULL
)
SELECT a.answer, a.site, a.title, a.path, a.file
FROM internal.known_answers AS a
WHERE a.kind IN (SELECT kind FROM with_cta) AND (a.site, a.path) NOT IN (SELECT (site, path) FROM with_cta)
ORDER BY a.answer, a.site, a.path;
