-- A forgotten line is forgotten as an example of what was known before, too. Relations: internal.rejected_facts, internal.rejected_lines.
UPDATE internal.rejected_facts AS f SET example = ''
WHERE f.known_to IS NOT NULL AND NOT EXISTS (
    SELECT 1 FROM internal.rejected_lines AS r WHERE r.batch_id = f.batch_id AND r.line_number = f.line_number
);
