-- What the account of a batch counts is what is stored: page views, clicks and impressions by their rows, rejected lines by theirs.
-- Columns: batch_id, file, what, accounted (by the batch), stored (rows). No row is a pass.
WITH stored AS (
    SELECT batch_id, 'pageviews' AS what, count(*) AS stored FROM pageviews GROUP BY batch_id
    UNION ALL
    SELECT batch_id, 'clicks', count(*) FROM clicks GROUP BY batch_id
    UNION ALL
    SELECT batch_id, 'impressions', count(*) FROM impressions GROUP BY batch_id
    UNION ALL
    SELECT batch_id, 'rejected', count(*) FROM rejected_lines GROUP BY batch_id
),
accounted AS (
    UNPIVOT (SELECT batch_id, file, pageviews, clicks, impressions, rejected FROM batches)
    ON pageviews, clicks, impressions, rejected INTO NAME what VALUE accounted
)
SELECT batch_id, a.file, what, coalesce(a.accounted, 0) AS accounted, coalesce(s.stored, 0) AS stored
FROM accounted AS a
FULL JOIN stored AS s USING (batch_id, what)
WHERE coalesce(a.accounted, 0) <> coalesce(s.stored, 0);
