-- Which places on the pages are clicked?
--
-- One row a slot, most counted clicks first. A slot is a place that keeps its name when the page around it changes.
-- Columns: slot; cta (policy of cta.toml); url_kind; answers on which it was clicked; clicks (counted); uncounted (bots and others).
--
-- Parameters:
-- SET VARIABLE week = '2026-W45'; ISO week in the site's zone
SELECT
    slot, any_value(cta) AS cta, any_value(url_kind) AS url_kind, count(DISTINCT answer) AS answers,
    count(*) FILTER (is_counted) AS clicks,
    count(*) FILTER (NOT is_counted) AS uncounted
FROM clicks
WHERE iso_week = getvariable('week')
GROUP BY slot
ORDER BY clicks DESC, uncounted DESC, slot;
