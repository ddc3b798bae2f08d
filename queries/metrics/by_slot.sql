-- Where on the page people click: counted clicks on answers, by placement and target.
-- Parameters: $period_from, $period_to (DATE).
-- placement: cta, inline, related, ... by the scanned link; "unknown" where no scanned link fits the click.
-- click_group: amazon, product or other. clicks: counted. answers: answers with such a click.
WITH placed AS (
    SELECT site, page, url_id, ordinal, min(placement) AS placement FROM internal.known_links GROUP BY site, page, url_id, ordinal
)
SELECT coalesce(p.placement, 'unknown') AS placement, c.click_group, sum(c.clicks)::BIGINT AS clicks, count(DISTINCT c.answer) AS answers
FROM internal.known_click_days AS c
LEFT JOIN placed AS p ON p.site = c.site AND p.page = c.path AND p.url_id = c.url_id AND p.ordinal IS NOT DISTINCT FROM c.ordinal
WHERE c.is_counted AND c.answer IS NOT NULL AND c.day BETWEEN $period_from AND $period_to
GROUP BY 1, 2
ORDER BY clicks DESC, placement, click_group;
