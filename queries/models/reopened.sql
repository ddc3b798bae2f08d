-- A line that had no end when it was read last time is no second one now that it is read again. Relations: internal.fingerprints, hits.
-- Parameters: $batch, $line (its number), $fingerprint (as it was). Columns: line_number of the line that is left out, if it is the same.
CREATE OR REPLACE TEMP TABLE reopened AS
SELECT line_number FROM internal.fingerprints WHERE batch_id = $batch AND line_number = $line AND fingerprint = $fingerprint;

DELETE FROM internal.fingerprints WHERE batch_id = $batch AND line_number IN (SELECT line_number FROM reopened);

DELETE FROM internal.rejected_lines WHERE batch_id = $batch AND line_number IN (SELECT line_number FROM reopened);

DELETE FROM hits WHERE line_number IN (SELECT line_number FROM reopened);

SELECT line_number FROM reopened;
