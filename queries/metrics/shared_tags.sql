-- Tags that stand on more than one answer, so that the network's figures can only be split by own clicks.
-- Parameters: $period_from, $period_to (DATE), $source (VARCHAR).
-- tag: as the network reports it. answers: answers that were given a share in the period. own_clicks: their counted clicks.
SELECT tag, count(DISTINCT answer) AS answers, coalesce(sum(own_clicks), 0)::BIGINT AS own_clicks
FROM answer_conversions
WHERE source = $source AND basis = 'allocated' AND answer IS NOT NULL AND day BETWEEN $period_from AND $period_to
GROUP BY tag
HAVING count(DISTINCT answer) > 1
ORDER BY own_clicks DESC, tag;
