-- Counted clicks of a span of days by link: what a finding of `cta lint --with-warehouse` costs.
-- Parameters: $first, $last (DATE), both included.
-- Columns: site, path (page that was clicked on; a redirect hit without an own referrer names none and is left out), url_id, ordinal
-- (which of equal URLs on the page), clicks.
SELECT site, path, url_id, coalesce(ordinal, 1) AS ordinal, count(*) AS clicks
FROM clicks
WHERE is_counted AND path IS NOT NULL AND day BETWEEN $first AND $last
GROUP BY ALL;
