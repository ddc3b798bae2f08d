-- The lines of a new batch that are no more than what is stored: a line counts as often as the log has it that has it most often.
-- A request that is known by its id counts once, however many lines tell of it. What is no more is left out.
-- Relations: internal.fingerprints, held. Parameters: $batch. Makes: seen (line_number, fingerprint, occurred_at). Columns: how many they are.
CREATE OR REPLACE TEMP TABLE seen AS
WITH numbered AS (
    SELECT line_number, fingerprint, occurred_at, held.copies, held.own,
        row_number() OVER (PARTITION BY fingerprint ORDER BY line_number) - 1 AS nth
    FROM internal.fingerprints
    JOIN held USING (fingerprint)
    WHERE batch_id = $batch AND fingerprint >= 0
),
requests AS (
    SELECT line_number, fingerprint, occurred_at, row_number() OVER (PARTITION BY fingerprint ORDER BY line_number) - 1 AS nth
    FROM internal.fingerprints
    WHERE batch_id = $batch AND fingerprint < 0
)
SELECT line_number, fingerprint, occurred_at
FROM numbered
WHERE own + nth < copies
UNION ALL
SELECT line_number, fingerprint, occurred_at
FROM requests
WHERE nth > 0 OR fingerprint IN (SELECT fingerprint FROM held);

DELETE FROM internal.fingerprints WHERE batch_id = $batch AND line_number IN (SELECT line_number FROM seen);

DELETE FROM internal.rejected_lines WHERE batch_id = $batch AND line_number IN (SELECT line_number FROM seen);

SELECT count(*) FROM seen;
