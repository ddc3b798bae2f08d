-- The revisions of pages are replaced by those that their history makes. Relations: past_revisions (as internal.revisions), internal.revisions.
DELETE FROM internal.revisions AS r
WHERE EXISTS (SELECT 1 FROM past_revisions AS p WHERE p.site = r.site AND p.path = r.path);

INSERT INTO internal.revisions BY NAME
SELECT * FROM past_revisions;
