-- What holds nothing any more: batches in which every line is another log's now, and logs without a line.
-- Relations: touched, internal.batches, internal.repeats, internal.sources.
CREATE OR REPLACE TEMP TABLE emptied AS
SELECT batch_id, file, lines FROM internal.batches WHERE lines = already_seen AND batch_id IN (SELECT batch_id FROM touched);

UPDATE internal.repeats SET batch_id = NULL WHERE batch_id IN (SELECT batch_id FROM emptied);

UPDATE internal.traces SET batch_id = NULL WHERE batch_id IN (SELECT batch_id FROM emptied);

INSERT INTO internal.undone SELECT batch_id, file, lines, now() AT TIME ZONE 'UTC' FROM emptied;

DELETE FROM internal.batches WHERE batch_id IN (SELECT batch_id FROM emptied);

DELETE FROM internal.sources
WHERE is_rewound
    AND source_id NOT IN (SELECT source_id FROM internal.batches)
    AND source_id NOT IN (SELECT source_id FROM internal.repeats);
