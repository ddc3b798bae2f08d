-- Every line of a batch is in exactly one of six accounts, and the reasons add up to the other requests.
-- Columns: batch_id, file, lines, accounted (the sum of the six), other, by_reason (the sum of the reasons). No row is a pass.
SELECT batch_id, file, lines, pageviews + clicks + impressions + other + rejected + already_seen AS accounted,
    other, list_sum(map_values(other_reasons)) AS by_reason
FROM batches
WHERE lines <> accounted OR other <> coalesce(by_reason, 0);
