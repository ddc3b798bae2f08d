-- Counted clicks to Amazon, also from pages that are no answer: what Amazon's click-throughs are compared with.
-- Parameters: $period_from, $period_to (DATE).
-- page_kind: kind of the page that was clicked on, "unknown" for a redirect hit without a known page. clicks: counted.
-- from_answers: of these, on an answer.
SELECT coalesce(page_kind, 'unknown') AS page_kind, sum(clicks)::BIGINT AS clicks,
    coalesce(sum(clicks) FILTER (answer IS NOT NULL), 0)::BIGINT AS from_answers
FROM internal.known_click_days
WHERE is_counted AND click_group = 'amazon' AND day BETWEEN $period_from AND $period_to
GROUP BY 1
ORDER BY clicks DESC, page_kind;
