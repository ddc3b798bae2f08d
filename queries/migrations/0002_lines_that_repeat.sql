-- From schema 1 to 2, so that a batch can be taken back: what a log holds of lines that another log has stored is kept line by
-- line, with the batch that read it, and a log can be marked to be read again from its start.
-- Version 1 kept how many such lines there are; they get negative numbers, and the first batch of their log whose times fit.
ALTER TABLE internal.repeats RENAME TO repeats_of_schema_1;

CREATE TABLE internal.repeats (
    source_id INTEGER NOT NULL, batch_id INTEGER, line_number BIGINT NOT NULL, occurred_at TIMESTAMP, fingerprint BIGINT NOT NULL
);

INSERT INTO internal.repeats
WITH lines AS (
    SELECT source_id, occurred_at, fingerprint, -row_number() OVER (PARTITION BY source_id ORDER BY occurred_at, fingerprint) AS line_number
    FROM (SELECT source_id, occurred_at, fingerprint, unnest(range(copies)) AS copy FROM internal.repeats_of_schema_1)
)
SELECT l.source_id, min(b.batch_id) AS batch_id, l.line_number, l.occurred_at, l.fingerprint
FROM lines AS l
LEFT JOIN internal.batches AS b
    ON b.source_id = l.source_id AND (l.occurred_at BETWEEN b.first_at AND b.last_at OR l.occurred_at IS NULL)
GROUP BY l.source_id, l.line_number, l.occurred_at, l.fingerprint;

DROP TABLE internal.repeats_of_schema_1;

ALTER TABLE internal.sources ADD COLUMN is_rewound BOOLEAN DEFAULT false;

ALTER TABLE internal.sources ALTER COLUMN is_rewound SET NOT NULL;

-- The hashes by which version 1 knew a log covered the addresses in it: of a log of one visitor they could be found by trying them
-- all. A file that did not change is known by its stamp; any other is read once more, and its lines are known by themselves.
UPDATE internal.sources SET head_sha256 = '', head_bytes = 0, tail_sha256 = '', tail_bytes = 0;

UPDATE internal.stored_files SET sha256 = NULL;
