-- What did Amazon report, and how much of it can be tied to answers?
--
-- One row a source, tag, currency and basis: measured (the tag belongs to one answer), allocated (a shared tag, split by own clicks: an
-- estimate), masked (fewer than 10 clicks), unallocated (no own clicks to go by). The rows of a tag add up to the network's total.
-- Columns: source; tag; currency; basis; answers; own_clicks; clicks_through; orders; units; sales, bonus (Brand
-- Referral Bonus), commission (major units of currency; returns are negative). Currencies are never added up.
--
-- Parameters:
-- SET VARIABLE week = '2026-W45'; ISO week of the network's own days
SELECT
    source, tag, currency, basis, count(DISTINCT answer) AS answers, sum(own_clicks) AS own_clicks,
    sum(clicks_through) AS clicks_through, sum(orders) AS orders, sum(units) AS units,
    -- Yen have no minor unit.
    round(sum(sales_minor) / CASE WHEN currency = 'JPY' THEN 1 ELSE 100.0 END, 2) AS sales,
    round(sum(bonus_minor) / CASE WHEN currency = 'JPY' THEN 1 ELSE 100.0 END, 2) AS bonus,
    round(sum(commission_minor) / CASE WHEN currency = 'JPY' THEN 1 ELSE 100.0 END, 2) AS commission
FROM answer_conversions
WHERE iso_week = getvariable('week')
GROUP BY source, tag, currency, basis
ORDER BY source, tag, currency, basis;
