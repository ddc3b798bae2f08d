-- The times of a new batch, and whether something in them was taken in before. Relations: internal.fingerprints, internal.batches.
-- Parameters: $batch. Columns: first_at, last_at (UTC; NULL where no line has a time), overlaps.
WITH span AS (
    SELECT min(occurred_at) AS first_at, max(occurred_at) AS last_at, count(*) > count(occurred_at) AS has_untimed
    FROM internal.fingerprints
    WHERE batch_id = $batch
)
SELECT first_at, last_at, EXISTS (
    SELECT 1
    FROM internal.batches AS b
    WHERE (b.first_at <= span.last_at AND b.last_at >= span.first_at) OR (b.rejected > 0 AND span.has_untimed)
) AS overlaps
FROM span;
