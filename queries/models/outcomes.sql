-- What the lines of a batch turned out to be. Relations: internal.fingerprints. Parameters: $batch. Columns: outcome (code), lines.
SELECT outcome, count(*) AS lines FROM internal.fingerprints WHERE batch_id = $batch GROUP BY outcome;
