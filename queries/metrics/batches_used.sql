-- The batches of log lines that hold events of the period.
-- Parameters: $period_from, $period_to (DATE).
-- batch_id, file, log_format: which. events: events of the period in the batch.
-- lines: lines of the batch = pageviews + clicks + impressions + other + rejected + already_seen, whatever their day and whoever
-- made them. first_at, last_at: times of the batch, UTC.
WITH used AS (
    SELECT batch_id, sum(events)::BIGINT AS events FROM internal.known_batch_days WHERE day BETWEEN $period_from AND $period_to GROUP BY batch_id
)
SELECT b.batch_id, b.file, b.log_format, u.events, b.lines, b.pageviews, b.clicks, b.impressions, b.other, b.rejected, b.already_seen,
    b.first_at, b.last_at
FROM used AS u
JOIN internal.known_batches AS b USING (batch_id)
ORDER BY b.first_at NULLS FIRST, b.file, b.batch_id;
