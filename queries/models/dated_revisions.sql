-- Revisions get the day on which they opened, and close the one before on it. Relations: dated_revisions (site, path, revision, day),
-- internal.revisions.
UPDATE internal.revisions AS r
SET opened_on = d.day
FROM dated_revisions AS d
WHERE r.site = d.site AND r.path = d.path AND r.revision = d.revision;

UPDATE internal.revisions AS r
SET closed_on = d.day
FROM dated_revisions AS d
WHERE r.site = d.site AND r.path = d.path AND r.revision = d.revision - 1;
