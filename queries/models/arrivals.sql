-- The events of a new batch, each with the number of its copy among equal lines, which makes its key.
-- Relations: hits (the lines that are events), held, seen, internal.targets. Parameters: $batch.
-- Columns: those of internal.events, still without session.
CREATE OR REPLACE TEMP TABLE arrivals AS
WITH numbered AS (
    SELECT hits.*, coalesce(held.own, 0) + row_number() OVER (PARTITION BY hits.fingerprint ORDER BY hits.line_number) - 1 AS copy
    FROM hits
    LEFT JOIN held USING (fingerprint)
)
SELECT
    n.outcome AS kind, n.occurred_at, n.day, coalesce(n.path_key, t.path_key) AS path_key, n.user_agent_key, n.visitor,
    NULL::BIGINT AS session_id, n.origin_key, NULL::INTEGER AS session_origin_key, n.target_key, n.via, n.beacon_id,
    n.is_internal, false AS is_same_click,
    event_key(n.fingerprint, n.copy) AS event_id,
    $batch::INTEGER AS batch_id, n.line_number, n.sender, false AS is_flood
FROM numbered AS n
LEFT JOIN internal.targets AS t USING (target_key)
WHERE n.line_number NOT IN (SELECT line_number FROM seen);
