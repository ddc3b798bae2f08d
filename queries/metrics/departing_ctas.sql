-- CTAs that depart from the contract, with the clicks that went through them in the period.
-- Parameters: $period_from, $period_to (DATE).
-- site, page, answer, title: the page that the link stands on. file, line, column: where in its source. cta: its policy.
-- departures: JSON of {code, key, expected, actual}. clicks: counted ones.
WITH clicked AS (
    SELECT site, path, url_id, ordinal, sum(clicks)::BIGINT AS clicks
    FROM internal.known_click_days
    WHERE is_counted AND day BETWEEN $period_from AND $period_to
    GROUP BY site, path, url_id, ordinal
)
SELECT l.site, l.page, l.answer, p.title, l.file, l.line, l."column", l.cta, l.departures, coalesce(c.clicks, 0) AS clicks
FROM internal.known_links AS l
LEFT JOIN internal.known_pages AS p ON p.site = l.site AND p.path = l.page
LEFT JOIN clicked AS c ON c.site = l.site AND c.path = l.page AND c.url_id = l.url_id AND c.ordinal IS NOT DISTINCT FROM l.ordinal
WHERE l.cta IS NOT NULL AND json_array_length(l.departures) > 0
ORDER BY clicks DESC, l.page, l.position;
