-- The visitors of a block: a keyed hash of network and user agent, as long as the day has a key.
-- Relations: hits_in, traces_in (both with network and day), internal.user_agents, keys_in (day, visitor_key).
-- Makes: visitors_in (network, user_agent_id, day, visitor).
CREATE OR REPLACE TEMP TABLE visitors_in AS
SELECT network, user_agent_id, day,
    ('0x' || left(sha256(visitor_key || chr(0) || network || chr(0) || user_agent_id), 15))::BIGINT AS visitor
FROM (
    SELECT network, user_agent_id, day FROM hits_in JOIN internal.user_agents USING (user_agent_key)
    UNION
    SELECT network, user_agent_id, day FROM traces_in
)
JOIN keys_in USING (day);
