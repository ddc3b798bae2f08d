-- Are the stored facts those that follow from the stored events, batches and pages, worked out from the beginning?
-- Of days, those of which something was learned in the last week that anything was: what has not changed since was compared before.
-- Columns: fact (the table of internal), day (NULL where it has none), stored (whether the row is stored, or should be), row.
-- No rows: they are the same.
WITH days AS MATERIALIZED (
    SELECT DISTINCT day
    FROM internal.site_day_facts
    WHERE greatest(known_from, known_to) >= (SELECT max(known_from) FROM internal.changes) - INTERVAL 7 DAY
    UNION
    SELECT max(day) FROM internal.events
),

stored AS (
    SELECT 'answer_day_facts' AS fact, day, f::VARCHAR AS row FROM internal.known_answer_days AS f SEMI JOIN days USING (day)
    UNION ALL
    SELECT 'site_day_facts', day, f::VARCHAR FROM internal.known_site_days AS f SEMI JOIN days USING (day)
    UNION ALL
    SELECT 'channel_day_facts', day, f::VARCHAR FROM internal.known_channel_days AS f SEMI JOIN days USING (day)
    UNION ALL
    SELECT 'click_day_facts', day, f::VARCHAR FROM internal.known_click_days AS f SEMI JOIN days USING (day)
    UNION ALL
    SELECT 'agent_day_facts', day, f::VARCHAR FROM internal.known_agent_days AS f SEMI JOIN days USING (day)
    UNION ALL
    SELECT 'assisted_day_facts', day, f::VARCHAR FROM internal.known_assisted_days AS f SEMI JOIN days USING (day)
    UNION ALL
    SELECT 'batch_day_facts', day, f::VARCHAR FROM internal.known_batch_days AS f SEMI JOIN days USING (day)
    UNION ALL
    SELECT 'batch_facts', NULL, f::VARCHAR FROM internal.known_batches AS f
    UNION ALL
    SELECT 'rejected_facts', NULL, f::VARCHAR FROM internal.known_rejected AS f
    UNION ALL
    SELECT 'list_facts', NULL, f::VARCHAR FROM internal.known_lists AS f
    UNION ALL
    SELECT 'page_facts', NULL, f::VARCHAR FROM internal.known_pages AS f
    UNION ALL
    SELECT 'link_facts', NULL, f::VARCHAR FROM internal.known_links AS f
),

anew AS (
    SELECT 'answer_day_facts' AS fact, day, f::VARCHAR AS row FROM internal.answer_day_facts_anew AS f SEMI JOIN days USING (day)
    UNION ALL
    SELECT 'site_day_facts', day, f::VARCHAR FROM internal.site_day_facts_anew AS f SEMI JOIN days USING (day)
    UNION ALL
    SELECT 'channel_day_facts', day, f::VARCHAR FROM internal.channel_day_facts_anew AS f SEMI JOIN days USING (day)
    UNION ALL
    SELECT 'click_day_facts', day, f::VARCHAR FROM internal.click_day_facts_anew AS f SEMI JOIN days USING (day)
    UNION ALL
    SELECT 'agent_day_facts', day, f::VARCHAR FROM internal.agent_day_facts_anew AS f SEMI JOIN days USING (day)
    UNION ALL
    SELECT 'assisted_day_facts', day, f::VARCHAR FROM internal.assisted_day_facts_anew AS f SEMI JOIN days USING (day)
    UNION ALL
    SELECT 'batch_day_facts', day, f::VARCHAR FROM internal.batch_day_facts_anew AS f SEMI JOIN days USING (day)
    UNION ALL
    SELECT 'batch_facts', NULL, f::VARCHAR FROM internal.batch_facts_anew AS f
    UNION ALL
    SELECT 'rejected_facts', NULL, f::VARCHAR FROM internal.rejected_facts_anew AS f
    UNION ALL
    SELECT 'list_facts', NULL, f::VARCHAR FROM internal.list_facts_anew AS f
    UNION ALL
    SELECT 'page_facts', NULL, f::VARCHAR FROM internal.page_facts_anew AS f
    UNION ALL
    SELECT 'link_facts', NULL, f::VARCHAR FROM internal.link_facts_anew AS f
)

SELECT fact, day, bool_or(is_stored) AS stored, row
FROM (SELECT *, true AS is_stored FROM stored UNION ALL SELECT *, false FROM anew)
GROUP BY fact, day, row
HAVING count(*) FILTER (is_stored) <> count(*) FILTER (NOT is_stored)
ORDER BY ALL;
