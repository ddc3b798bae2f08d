-- Which links that depart from the contract are clicked?
--
-- One row a link with at least one departure, most clicks of the week first: the order in which to fix them.
-- Columns: file; line; answer; slot; url; departures (code and parameter); clicks (counted).
--
-- Parameters:
-- SET VARIABLE week = '2026-W45'; ISO week in the site's zone
WITH wrong AS (
    SELECT
        link_id, site, page, answer, file, line, slot, url, url_id, ordinal,
        list_transform(
            from_json(departures, '[{"code":"VARCHAR","key":"VARCHAR"}]'),
            lambda d: concat_ws(' ', d.code, d.key)
        ) AS departures
    FROM links
    WHERE json_array_length(departures) > 0
)
SELECT w.file, w.line, w.answer, w.slot, w.url, array_to_string(w.departures, ', ') AS departures, count(c.event_id) AS clicks
FROM wrong AS w
LEFT JOIN clicks AS c
    ON c.site = w.site AND c.path = w.page AND c.url_id = w.url_id AND c.ordinal = w.ordinal
    AND c.is_counted AND c.iso_week = getvariable('week')
GROUP BY ALL
ORDER BY clicks DESC, w.file, w.line, w.slot;
