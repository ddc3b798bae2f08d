-- What the network reported for the period, by currency and by how it is tied to an answer; the rows add up to the network's total.
-- Parameters: $period_from, $period_to (DATE), $source (VARCHAR).
-- basis: measured (the tag is one answer's alone), allocated (a shared tag, split by own clicks: an estimate), masked (fewer than 10 clicks),
-- masked_or_zero, unallocated (tied to no answer). rows: reported rows or shares. answers: answers that hold some.
-- clicks_through, detail_views, carts, orders, units: counts, promoted and brand halo. sales_minor, bonus_minor, commission_minor: minor
-- units of currency.
SELECT
    currency, basis, count(*) AS rows, count(DISTINCT answer) AS answers,
    coalesce(sum(clicks_through), 0)::DECIMAL(18, 4) AS clicks_through, coalesce(sum(detail_views), 0)::DECIMAL(18, 4) AS detail_views,
    coalesce(sum(carts), 0)::DECIMAL(18, 4) AS carts, coalesce(sum(orders), 0)::DECIMAL(18, 4) AS orders,
    coalesce(sum(units), 0)::DECIMAL(18, 4) AS units, coalesce(sum(sales_minor), 0)::BIGINT AS sales_minor,
    sum(bonus_minor)::BIGINT AS bonus_minor, sum(commission_minor)::BIGINT AS commission_minor
FROM answer_conversions
WHERE source = $source AND day BETWEEN $period_from AND $period_to
GROUP BY currency, basis
ORDER BY currency, basis;
