-- Everything before a day is deleted: events (and with them sessions), verdicts, traces, rejected lines, and what lines are known again by.
-- Relations: rejected_at. Parameters: $before (a day of the site), $floor (its beginning, UTC). Columns: batch_id, lines (deleted).
CREATE OR REPLACE TEMP TABLE forgotten AS
SELECT batch_id, line_number FROM internal.fingerprints WHERE occurred_at < $floor
UNION
SELECT batch_id, line_number FROM rejected_at WHERE occurred_at < $floor;

DELETE FROM internal.events WHERE day < $before;

DELETE FROM internal.verdicts WHERE day < $before;

DELETE FROM internal.traces WHERE day < $before;

DELETE FROM internal.rejected_lines WHERE (batch_id, line_number) IN (SELECT (batch_id, line_number) FROM forgotten);

DELETE FROM internal.fingerprints WHERE (batch_id, line_number) IN (SELECT (batch_id, line_number) FROM forgotten);

DELETE FROM internal.repeats WHERE occurred_at < $floor;

INSERT OR REPLACE INTO internal.meta VALUES ('forgotten_before', $before::DATE::VARCHAR);

SELECT batch_id, count(*) AS lines FROM forgotten GROUP BY batch_id;
