-- Everything of one batch is taken out, and kept aside for a log that had the same lines. Its log is read from its start next time.
-- Parameters: $batch. Makes: leaving (line_number, occurred_at, fingerprint, outcome, nth copy), leaving_events, leaving_rejected,
-- concerned (fingerprint). Relations: judged_days, touched.
CREATE OR REPLACE TEMP TABLE leaving AS
SELECT line_number, occurred_at, fingerprint, outcome, row_number() OVER (PARTITION BY fingerprint ORDER BY line_number) AS nth
FROM internal.fingerprints
WHERE batch_id = $batch;

CREATE OR REPLACE TEMP TABLE leaving_events AS
SELECT * FROM internal.events WHERE batch_id = $batch;

CREATE OR REPLACE TEMP TABLE leaving_rejected AS
SELECT * FROM internal.rejected_lines WHERE batch_id = $batch;

CREATE OR REPLACE TEMP TABLE concerned AS
SELECT fingerprint FROM leaving
UNION
SELECT fingerprint FROM internal.repeats WHERE batch_id = $batch;

INSERT INTO judged_days
SELECT DISTINCT day FROM leaving_events
UNION
SELECT DISTINCT day FROM internal.traces WHERE batch_id = $batch;

INSERT INTO internal.undone SELECT batch_id, file, lines, now() AT TIME ZONE 'UTC' FROM internal.batches WHERE batch_id = $batch;

UPDATE internal.sources SET is_rewound = true
WHERE source_id = (SELECT source_id FROM internal.batches WHERE batch_id = $batch);

DELETE FROM internal.stored_files WHERE source_id = (SELECT source_id FROM internal.batches WHERE batch_id = $batch);

-- Schema 1 did not keep the numbers of these lines, so that they would not be known again when the log is read from its start.
DELETE FROM internal.repeats
WHERE line_number < 0 AND source_id = (SELECT source_id FROM internal.batches WHERE batch_id = $batch);

DELETE FROM internal.fingerprints WHERE batch_id = $batch;

DELETE FROM internal.repeats WHERE batch_id = $batch;

DELETE FROM internal.events WHERE batch_id = $batch;

DELETE FROM internal.traces WHERE batch_id = $batch;

DELETE FROM internal.rejected_lines WHERE batch_id = $batch;

DELETE FROM internal.batches WHERE batch_id = $batch;

DELETE FROM touched WHERE batch_id = $batch;
