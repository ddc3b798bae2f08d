-- Lines of a stored batch that were rejected and are understood now: as rejected ones they go. Another log that repeats such a line
-- repeats what it turned out to be. Relations: internal.fingerprints, internal.rejected_lines, internal.repeats.
-- Parameters: $batch (under which the lines stand now), $into (the batch that they are of), $rejected (the code of that outcome).
CREATE OR REPLACE TEMP TABLE retried AS
SELECT now.line_number, was.fingerprint AS was, now.fingerprint, now.occurred_at,
    row_number() OVER (PARTITION BY was.fingerprint ORDER BY now.line_number) AS nth
FROM internal.fingerprints AS now
JOIN internal.fingerprints AS was ON was.batch_id = $into AND was.line_number = now.line_number AND was.outcome = $rejected
WHERE now.batch_id = $batch;

UPDATE internal.repeats AS r SET fingerprint = l.fingerprint, occurred_at = l.occurred_at
FROM (
    SELECT source_id, line_number, fingerprint, row_number() OVER (PARTITION BY source_id, fingerprint ORDER BY line_number) AS nth
    FROM internal.repeats
    WHERE occurred_at IS NULL AND fingerprint IN (SELECT was FROM retried)
) AS n
JOIN retried AS l ON l.was = n.fingerprint AND l.nth = n.nth
WHERE r.source_id = n.source_id AND r.line_number = n.line_number AND r.fingerprint = n.fingerprint AND r.occurred_at IS NULL;

DELETE FROM internal.rejected_lines WHERE batch_id = $into AND line_number IN (SELECT line_number FROM retried);

DELETE FROM internal.fingerprints
WHERE batch_id = $into AND outcome = $rejected AND line_number IN (SELECT line_number FROM retried);
