-- An event has one key and one row; a line of a batch is one event. Columns: event_id, rows. No row is a pass.
SELECT event_id, count(*) AS rows
FROM (
    SELECT event_id FROM pageviews
    UNION ALL
    SELECT event_id FROM clicks
    UNION ALL
    SELECT event_id FROM impressions
)
GROUP BY event_id
HAVING count(*) > 1;
