-- How far may the estimated orders and sales of answers be off?
--
-- One row an answer with a share of a tag that other answers carry too, most estimated sales of a currency first. The split goes by own clicks;
-- the ends hold what is really the answer's own 95 times in 100, as answers may convert differently.
-- Columns: answer; source; currency; orders, orders_low, orders_high; sales, sales_low, sales_high (major units of currency);
-- rates_differ_by (standard deviation of the answers' conversion rates over their mean), learned_from (answers with a tag of their own),
-- is_learned (whether these decide it, or mostly a prior).
--
-- Parameters:
-- SET VARIABLE week = '2026-W45'; ISO week of the network's own days
SELECT
    i.answer, i.source, i.currency, round(i.orders, 2) AS orders, round(i.orders_low, 1) AS orders_low, round(i.orders_high, 1) AS orders_high,
    -- Yen have no minor unit.
    round(i.sales_minor / u.minor, 2) AS sales, round(i.sales_low_minor / u.minor, 2) AS sales_low, round(i.sales_high_minor / u.minor, 2) AS sales_high,
    round(t.rates_differ_by, 2) AS rates_differ_by, t.learned_from, t.is_learned
FROM answer_intervals AS i
JOIN (
    SELECT DISTINCT iso_week, source, rates_differ_by, learned_from, is_learned FROM tag_intervals
) AS t USING (iso_week, source)
CROSS JOIN LATERAL (SELECT CASE WHEN i.currency = 'JPY' THEN 1 ELSE 100.0 END AS minor) AS u
WHERE i.iso_week = getvariable('week')
ORDER BY i.currency, i.sales_minor DESC, i.source, i.answer;
