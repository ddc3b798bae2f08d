-- The account of a batch. Parameters: the columns of internal.batches, $reasons as a list of {k, v}.
INSERT INTO internal.batches
SELECT $batch, $source, $file, $log_format, $lines, $pageviews, $clicks, $impressions, $other, $rejected, $already_seen,
    map_from_entries($reasons), $first_at, $last_at, now() AT TIME ZONE 'UTC', $tool_version;
