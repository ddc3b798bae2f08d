-- The account of a batch as its stored lines say now. Parameters: $batch, $pageviews, $clicks, $impressions, $other, $rejected,
-- $already_seen, $reasons as a list of {k, v}.
UPDATE internal.batches
SET pageviews = $pageviews, clicks = $clicks, impressions = $impressions, other = $other, rejected = $rejected,
    already_seen = $already_seen, other_reasons = map_from_entries($reasons)
WHERE batch_id = $batch;
