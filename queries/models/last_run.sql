-- What a report as known at an instant would differ in from one that was made then. Parameters: $at (UTC).
-- Columns: tool_version, contract_sha256 (of the last report made on what was known by then; NULL: none), forgotten (examples of lines).
SELECT
    arg_max(r.tool_version, r.run_id) AS tool_version, arg_max(r.contract_sha256, r.run_id) AS contract_sha256,
    (
        SELECT count(*) FROM internal.rejected_facts
        WHERE example = '' AND coalesce(known_from <= $at::TIMESTAMP, true) AND coalesce(known_to > $at::TIMESTAMP, true)
    ) AS forgotten
FROM internal.report_runs AS r
WHERE r.known_at <= $at::TIMESTAMP;
