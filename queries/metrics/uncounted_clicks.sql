-- Clicks of the period that do not count, by reason.
-- Parameters: $period_from, $period_to (DATE).
-- reason: bot, internal (own traffic), same_click (a redirect that a beacon reported too), foreign_target (a URL that the site does not
-- have), flood. clicks: rows of the view clicks.
SELECT uncounted_reason AS reason, sum(clicks)::BIGINT AS clicks
FROM internal.known_click_days
WHERE day BETWEEN $period_from AND $period_to AND NOT is_counted
GROUP BY uncounted_reason
ORDER BY clicks DESC, reason;
