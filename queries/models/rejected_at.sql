-- Rejected lines have no time of their own: each is as old as the line before it in its batch that has one, else the one after it,
-- else as its batch. Parameters: $batch (NULL: all). Makes: rejected_at (batch_id, line_number, occurred_at in UTC).
CREATE OR REPLACE TEMP TABLE rejected_at AS
WITH timed AS (
    SELECT batch_id, line_number, occurred_at FROM internal.fingerprints WHERE occurred_at IS NOT NULL
    UNION ALL
    SELECT batch_id, line_number, occurred_at FROM internal.repeats WHERE occurred_at IS NOT NULL AND batch_id IS NOT NULL
),
rejected AS (
    SELECT batch_id, line_number FROM internal.rejected_lines WHERE $batch::INTEGER IS NULL OR batch_id = $batch::INTEGER
)
SELECT r.batch_id, r.line_number, coalesce(before.occurred_at, after.occurred_at, b.ingested_at) AS occurred_at
FROM rejected AS r
ASOF LEFT JOIN timed AS before ON before.batch_id = r.batch_id AND before.line_number <= r.line_number
ASOF LEFT JOIN timed AS after ON after.batch_id = r.batch_id AND after.line_number >= r.line_number
LEFT JOIN internal.batches AS b ON b.batch_id = r.batch_id;
