-- What a log is known by when it comes again: its beginning, how far it was read, and which of its lines another log has stored.
-- Relations: internal.fingerprints, seen, internal.sources. Parameters: $batch, $repeats_batch (the same, or NULL where nothing
-- was new), $source, the columns of internal.sources, $open_line (the number of a line that had no end yet, or NULL), $open_before (what was known of it).
INSERT INTO internal.repeats
SELECT $source, $repeats_batch, line_number, occurred_at, fingerprint FROM seen;

DELETE FROM internal.sources WHERE source_id = $source;

INSERT INTO internal.sources
SELECT $source, $file, $log_format, $head_sha256, $head_bytes, $bytes, $tail_sha256, $tail_bytes, $lines,
    CASE WHEN $open_line IS NOT NULL THEN coalesce(
        (SELECT max(fingerprint) FROM internal.fingerprints WHERE batch_id = $batch AND line_number = $open_line),
        (SELECT max(fingerprint) FROM seen WHERE line_number = $open_line),
        $open_before
    ) END, false;

INSERT INTO internal.stored_files
SELECT $stamp, $sha256, $source, $lines + ($open_line IS NOT NULL)::INTEGER
WHERE $stamp IS NOT NULL;
