-- Lines that were not understood, with their addresses masked; they have no time.
-- Relations: rejected_in (line_number, reason, line). Parameters: $batch, $source, $rejected (the code of this outcome).
INSERT INTO internal.rejected_lines
SELECT $batch, line_number, reason, line FROM rejected_in;

INSERT INTO internal.fingerprints
SELECT $batch, $source, line_number, NULL, (line_hash(line) >> 1)::BIGINT, $rejected FROM rejected_in;
