-- A line is stored as often as the log has it that has it most often: what a batch leaves too few of, that log stores now, in the
-- batch that read it, or in a new one where it had brought nothing. What is stored too often becomes a repeat.
-- A request with an id (negative) is stored once. Relations: concerned, leaving, leaving_events, leaving_rejected, judged_days, touched, internal.fingerprints, internal.repeats.
-- Parameters: $tool_version. Columns: file, batch_id, lines (that were handed over to it).
CREATE OR REPLACE TEMP TABLE holders AS
WITH lines AS (
    SELECT fingerprint, source_id, true AS is_stored FROM internal.fingerprints WHERE fingerprint IN (SELECT fingerprint FROM concerned)
    UNION ALL
    SELECT fingerprint, source_id, false FROM internal.repeats WHERE fingerprint IN (SELECT fingerprint FROM concerned)
),
logs AS (
    SELECT fingerprint, source_id, count(*) AS held, count(*) FILTER (is_stored) AS stored FROM lines GROUP BY fingerprint, source_id
)
SELECT fingerprint, sum(stored) AS stored, CASE WHEN fingerprint < 0 THEN 1 ELSE max(held) END AS most, arg_min(source_id, (-held, source_id)) AS source_id
FROM logs
GROUP BY fingerprint;

CREATE OR REPLACE TEMP TABLE heirs AS
SELECT r.source_id, r.batch_id, r.line_number, r.fingerprint,
    row_number() OVER (PARTITION BY r.fingerprint ORDER BY r.batch_id NULLS LAST, r.line_number) AS nth
FROM internal.repeats AS r
JOIN holders AS h USING (fingerprint, source_id)
QUALIFY nth <= h.most - h.stored;

CREATE OR REPLACE TEMP TABLE founded AS
SELECT source_id, (SELECT batch_id FROM internal.next_ids) + row_number() OVER (ORDER BY source_id) - 1 AS batch_id
FROM (SELECT DISTINCT source_id FROM heirs WHERE batch_id IS NULL);

INSERT INTO internal.batches
SELECT f.batch_id, f.source_id, any_value(s.file), split_part(any_value(s.log_format), chr(10), 1), count(*), 0, 0, 0, 0, 0, count(*), MAP {},
    min(r.occurred_at), max(r.occurred_at), now() AT TIME ZONE 'UTC', $tool_version
FROM founded AS f
JOIN internal.sources AS s USING (source_id)
JOIN internal.repeats AS r ON r.source_id = f.source_id AND r.batch_id IS NULL
GROUP BY f.batch_id, f.source_id;

UPDATE internal.repeats AS r SET batch_id = f.batch_id FROM founded AS f WHERE r.source_id = f.source_id AND r.batch_id IS NULL;

UPDATE internal.traces AS t SET batch_id = f.batch_id FROM founded AS f WHERE t.source_id = f.source_id AND t.batch_id IS NULL;

UPDATE heirs AS h SET batch_id = f.batch_id FROM founded AS f WHERE h.source_id = f.source_id AND h.batch_id IS NULL;

DELETE FROM internal.repeats AS r USING heirs AS h
WHERE r.source_id = h.source_id AND r.line_number = h.line_number AND r.fingerprint = h.fingerprint;

INSERT INTO internal.fingerprints
SELECT h.batch_id, h.source_id, h.line_number, l.occurred_at, h.fingerprint, l.outcome
FROM heirs AS h
JOIN leaving AS l USING (fingerprint, nth);

INSERT INTO internal.events BY NAME
SELECT e.* REPLACE (h.batch_id AS batch_id, h.line_number AS line_number)
FROM heirs AS h
JOIN leaving AS l USING (fingerprint, nth)
JOIN leaving_events AS e ON e.line_number = l.line_number;

INSERT INTO internal.rejected_lines BY NAME
SELECT r.* REPLACE (h.batch_id AS batch_id, h.line_number AS line_number)
FROM heirs AS h
JOIN leaving AS l USING (fingerprint, nth)
JOIN leaving_rejected AS r ON r.line_number = l.line_number;

CREATE OR REPLACE TEMP TABLE excess AS
SELECT f.batch_id, f.source_id, f.line_number, f.occurred_at, f.fingerprint
FROM internal.fingerprints AS f
JOIN holders AS h USING (fingerprint)
QUALIFY row_number() OVER (PARTITION BY f.fingerprint ORDER BY f.batch_id DESC, f.line_number DESC) <= h.stored - h.most;

INSERT INTO judged_days
SELECT DISTINCT e.day FROM internal.events AS e JOIN excess AS x ON x.batch_id = e.batch_id AND x.line_number = e.line_number;

DELETE FROM internal.fingerprints AS f USING excess AS x WHERE f.batch_id = x.batch_id AND f.line_number = x.line_number;

DELETE FROM internal.events AS e USING excess AS x WHERE e.batch_id = x.batch_id AND e.line_number = x.line_number;

DELETE FROM internal.rejected_lines AS r USING excess AS x WHERE r.batch_id = x.batch_id AND r.line_number = x.line_number;

INSERT INTO internal.repeats SELECT source_id, batch_id, line_number, occurred_at, fingerprint FROM excess;

INSERT INTO touched
SELECT batch_id FROM heirs
UNION
SELECT batch_id FROM excess;

-- Which copy of a line is stored decides the key of its event.
UPDATE internal.events AS e SET event_id = event_key(n.fingerprint, n.copy)
FROM (
    SELECT batch_id, line_number, fingerprint, row_number() OVER (PARTITION BY fingerprint ORDER BY batch_id, line_number) - 1 AS copy
    FROM internal.fingerprints
    WHERE fingerprint IN (SELECT fingerprint FROM concerned)
) AS n
WHERE e.batch_id = n.batch_id AND e.line_number = n.line_number AND e.event_id <> event_key(n.fingerprint, n.copy);

SELECT b.file, b.batch_id, count(*) AS lines
FROM heirs AS h
JOIN internal.batches AS b USING (batch_id)
GROUP BY b.file, b.batch_id
ORDER BY b.batch_id;
