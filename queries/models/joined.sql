-- What was stored as a batch of its own becomes part of one that is there. Relations: seen (the lines that another log has stored).
-- Parameters: $batch, $into (the batch that it becomes part of), $source, $first_at, $last_at (the times in it).
UPDATE internal.fingerprints SET batch_id = $into WHERE batch_id = $batch;

UPDATE internal.events SET batch_id = $into WHERE batch_id = $batch;

INSERT INTO internal.repeats
SELECT $source, $into, line_number, occurred_at, fingerprint FROM seen;

UPDATE internal.batches
SET first_at = least(first_at, $first_at::TIMESTAMP), last_at = greatest(last_at, $last_at::TIMESTAMP)
WHERE batch_id = $into;
