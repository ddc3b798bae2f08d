-- The events of a block, each with its visitor; clicks and impressions, which anyone can send, with a keyed hash of the address, too.
-- Relations: taken, visitors_in, internal.user_agents, keys_in (day, visitor_key),
-- hits_in (line_number, network, keys of dimensions, day). Makes: rows of hits.
INSERT INTO hits BY NAME
SELECT h.line_number, t.outcome, t.occurred_at, h.day, t.fingerprint, h.path_key, h.user_agent_key, v.visitor, h.origin_key, h.target_key,
    h.via, h.beacon_id, h.is_internal,
    CASE WHEN t.outcome IN (2, 3) THEN ('0x' || left(sha256(k.visitor_key || chr(0) || h.network), 15))::BIGINT END AS sender
FROM hits_in AS h
JOIN taken AS t USING (line_number)
JOIN internal.user_agents AS u USING (user_agent_key)
LEFT JOIN keys_in AS k ON k.day = h.day
LEFT JOIN visitors_in AS v ON v.network = h.network AND v.user_agent_id = u.user_agent_id AND v.day = h.day;
