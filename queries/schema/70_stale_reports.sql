-- Which reports are stale at the end of a day: they end over 7 days before it, or were last downloaded over 7 days before it. What is to be
-- downloaded goes back 28 days before the newest download, as the network restates its figures for so long, and up to that day.
CREATE OR REPLACE MACRO internal.stale_reports(until) AS TABLE
SELECT source, account, report, as_of, covers_to, least(covers_to + 1, as_of - 28) AS download_from, until::DATE AS download_to,
    -- A file in an archive is named `archive.zip: file`.
    coalesce(nullif(regexp_extract(split_part(file, ': ', 1), '^(.*)/[^/]*$', 1), ''), '.') AS folder
FROM (
    SELECT source, account, report, max(as_of)::DATE AS as_of, max(covers_to) AS covers_to,
        arg_max(file, (as_of, covers_to, import_id)) AS file
    FROM internal.imports
    WHERE coalesce(imported_at <= getvariable('as_known_on')::TIMESTAMP, true)
    GROUP BY source, account, report
)
WHERE least(as_of, covers_to) < until::DATE - 7;
