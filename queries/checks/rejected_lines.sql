-- Which logs hold many lines that were not understood?
--
-- Batches whose lines reach into the last 28 days of data, with over 1 in 100 of them rejected.
-- Remedy: see them with `cta rejects`, then name the format (`--log-format`) and take them in with `cta rejects --retry`
-- Columns: subject (the file); fact.
SELECT b.file AS subject,
    format('{:.1f} % of its {:,} lines were not understood, most often: {}', 100.0 * b.rejected / b.lines, b.lines,
        (SELECT mode(r.reason) FROM rejected_lines AS r WHERE r.batch_id = b.batch_id)) AS fact
FROM batches AS b
WHERE b.rejected * 100 > b.lines AND b.last_at > (SELECT max(day) FROM internal.events) - 28
ORDER BY b.rejected DESC, b.file;
