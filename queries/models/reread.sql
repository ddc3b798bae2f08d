-- Lines of a log that is read again from its start, since a batch of it was taken back: those that its other batches hold are no new ones.
-- Relations: internal.fingerprints, internal.repeats, hits. Parameters: $batch, $source. Columns: how many they are.
CREATE OR REPLACE TEMP TABLE reread AS
SELECT line_number
FROM internal.fingerprints
WHERE batch_id = $batch AND (line_number, fingerprint) IN (
    SELECT (line_number, fingerprint) FROM internal.fingerprints WHERE source_id = $source AND batch_id <> $batch
    UNION ALL
    SELECT (line_number, fingerprint) FROM internal.repeats WHERE source_id = $source
);

DELETE FROM internal.fingerprints WHERE batch_id = $batch AND line_number IN (SELECT line_number FROM reread);

DELETE FROM internal.rejected_lines WHERE batch_id = $batch AND line_number IN (SELECT line_number FROM reread);

DELETE FROM hits WHERE line_number IN (SELECT line_number FROM reread);

SELECT count(*) FROM reread;
