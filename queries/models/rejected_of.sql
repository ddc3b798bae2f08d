-- Rejected lines with the log that they are of. Parameters: $batch (NULL: all).
-- Columns: batch_id, source_id, file (as it was named), log_format (with its header), line_number, line (masked).
SELECT r.batch_id, b.source_id, b.file, coalesce(s.log_format, b.log_format) AS log_format, r.line_number, r.line
FROM internal.rejected_lines AS r
JOIN internal.batches AS b USING (batch_id)
LEFT JOIN internal.sources AS s USING (source_id)
WHERE $batch::INTEGER IS NULL OR r.batch_id = $batch::INTEGER
ORDER BY r.batch_id, r.line_number;
