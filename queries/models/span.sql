-- The times of a new batch, and whether something in them was taken in before. A request id is known again in its whole day.
-- Relations: internal.fingerprints, internal.batches. Parameters: $batch.
-- Columns: first_at, last_at (UTC; NULL where no line has a time), from_at, to_at (where the same lines may lie), overlaps, has_ids.
WITH span AS (
    SELECT min(occurred_at) AS first_at, max(occurred_at) AS last_at, count(*) > count(occurred_at) AS has_untimed,
        coalesce(min(fingerprint) < 0, false) AS has_ids
    FROM internal.fingerprints
    WHERE batch_id = $batch
),
wide AS (
    SELECT *,
        CASE WHEN has_ids THEN date_trunc('day', first_at) ELSE first_at END AS from_at,
        CASE WHEN has_ids THEN date_trunc('day', last_at) + INTERVAL 1 DAY ELSE last_at END AS to_at
    FROM span
)
SELECT first_at, last_at, from_at, to_at, EXISTS (
    SELECT 1
    FROM internal.batches AS b
    WHERE (b.first_at <= wide.to_at AND b.last_at >= wide.from_at) OR (b.rejected > 0 AND wide.has_untimed)
) AS overlaps, has_ids
FROM wide;
