-- Distinct values that no event uses any more: targets, then what only they used. A URL that stands or stood on a page stays.
-- Relations: internal.events and the tables of distinct values.
DELETE FROM internal.targets WHERE target_key NOT IN (SELECT target_key FROM internal.events WHERE target_key IS NOT NULL);

DELETE FROM internal.origins
WHERE origin_key NOT IN (SELECT origin_key FROM internal.events WHERE origin_key IS NOT NULL)
    AND origin_key NOT IN (SELECT session_origin_key FROM internal.events WHERE session_origin_key IS NOT NULL);

DELETE FROM internal.user_agents WHERE user_agent_key NOT IN (SELECT user_agent_key FROM internal.events);

DELETE FROM internal.paths
WHERE path_key NOT IN (SELECT path_key FROM internal.events WHERE path_key IS NOT NULL)
    AND path_key NOT IN (SELECT path_key FROM internal.targets WHERE path_key IS NOT NULL);

DELETE FROM internal.urls WHERE NOT is_on_site AND url_key NOT IN (SELECT url_key FROM internal.targets);
