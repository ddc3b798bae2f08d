-- Lines that were not understood, in the batches that hold events of the period, by reason.
-- Parameters: $period_from, $period_to (DATE).
-- lines: number of lines. example: the first of them, with addresses masked.
WITH used AS (
    SELECT DISTINCT batch_id FROM internal.events WHERE day BETWEEN $period_from AND $period_to
)
SELECT r.reason, count(*) AS lines, arg_min(r.line, (r.file, r.line_number)) AS example
FROM rejected_lines AS r
JOIN used USING (batch_id)
GROUP BY r.reason
ORDER BY lines DESC, r.reason;
