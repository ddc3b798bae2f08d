-- What is known of the revisions of all pages, in their order. Relations: internal.revisions.
SELECT site, path, opened_on, closed_on, answer, ctas FROM internal.revisions ORDER BY site, path, revision;
