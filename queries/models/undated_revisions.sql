-- Revisions that opened on $today and stand, each after one that closed on the same day: site, path, revision, the page's file, and the
-- day on which the one before opened. Relations: internal.revisions, internal.pages. Parameters: $today (site zone).
SELECT r.site, r.path, r.revision, p.file, b.opened_on AS before
FROM internal.revisions AS r
JOIN internal.pages AS p USING (site, path)
JOIN internal.revisions AS b ON b.site = r.site AND b.path = r.path AND b.revision = r.revision - 1
WHERE r.opened_on = $today AND r.closed_on IS NULL AND b.closed_on = r.opened_on AND p.is_current;
