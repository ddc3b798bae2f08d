-- The lines of a new batch that are older than the floor: they are counted and not stored. Relations: rejected_at (of this batch),
-- internal.fingerprints. Parameters: $batch, $floor (UTC). Columns: how many they are.
CREATE OR REPLACE TEMP TABLE forgotten AS
SELECT line_number FROM internal.fingerprints WHERE batch_id = $batch AND occurred_at < $floor
UNION
SELECT line_number FROM rejected_at WHERE occurred_at < $floor;

DELETE FROM internal.fingerprints WHERE batch_id = $batch AND line_number IN (SELECT line_number FROM forgotten);

DELETE FROM internal.rejected_lines WHERE batch_id = $batch AND line_number IN (SELECT line_number FROM forgotten);

SELECT count(*) FROM forgotten;
