-- The events of a block: with a visitor, which is a keyed hash of network and user agent, as long as the day has a key.
-- Relations: taken, internal.user_agents, hits_in (line_number, network, keys of dimensions, day), keys_in (day, visitor_key).
INSERT INTO hits BY NAME
WITH visitors AS (
    SELECT network, user_agent_key, day,
        ('0x' || left(sha256(visitor_key || chr(0) || network || chr(0) || user_agent_id), 15))::BIGINT AS visitor
    FROM (SELECT DISTINCT network, user_agent_key, day FROM hits_in)
    JOIN internal.user_agents USING (user_agent_key)
    JOIN keys_in USING (day)
)
SELECT h.line_number, t.outcome, t.occurred_at, h.day, t.fingerprint, h.path_key, h.user_agent_key, v.visitor, h.origin_key, h.target_key,
    h.via, h.beacon_id, h.is_internal
FROM hits_in AS h
JOIN taken AS t USING (line_number)
LEFT JOIN visitors AS v USING (network, user_agent_key, day);
