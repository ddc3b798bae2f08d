-- The lines of a new batch that were taken in before: how many copies are stored, and how many of them this log had.
-- Relations: internal.fingerprints, internal.repeats. Parameters: $batch, $source, $from_at, $to_at (where they may lie).
-- Columns: fingerprint, copies (stored), own (held by this log before).
CREATE OR REPLACE TEMP TABLE held AS
WITH fresh AS (
    SELECT DISTINCT fingerprint FROM internal.fingerprints WHERE batch_id = $batch
),
stored AS (
    SELECT fingerprint, count(*) AS copies, count(*) FILTER (source_id = $source) AS own
    FROM internal.fingerprints
    WHERE batch_id <> $batch AND (occurred_at BETWEEN $from_at AND $to_at OR occurred_at IS NULL)
        AND fingerprint IN (SELECT fingerprint FROM fresh)
    GROUP BY fingerprint
),
repeated AS (
    SELECT fingerprint, count(*) AS own
    FROM internal.repeats
    WHERE source_id = $source AND fingerprint IN (SELECT fingerprint FROM fresh)
    GROUP BY fingerprint
)
SELECT stored.fingerprint, stored.copies, stored.own + coalesce(repeated.own, 0) AS own
FROM stored
LEFT JOIN repeated USING (fingerprint);
