-- Lines that were not understood, in the batches that hold events of the period, by reason.
-- Parameters: $period_from, $period_to (DATE).
-- lines: number of lines. example: the first of them, with addresses masked.
SELECT r.reason, sum(r.lines)::BIGINT AS lines, arg_min(r.example, (b.file, r.line_number)) AS example
FROM internal.known_rejected AS r
JOIN internal.known_batches AS b USING (batch_id)
WHERE batch_id IN (SELECT batch_id FROM internal.known_batch_days WHERE day BETWEEN $period_from AND $period_to)
GROUP BY r.reason
ORDER BY lines DESC, r.reason;
