-- What each answer with a tag of its own sold, day by day: clicks that the network saw, orders, and money of all orders of the day.
-- Parameters: $since, $until (DATE), $source (VARCHAR: whose conversions).
-- answer: slug. day: as the network dates it. currency: of the money. clicks_through, orders: measured; a day without either has no row.
-- sales_minor: minor units of currency. earned_minor: bonus and commission, NULL where the network states neither.
SELECT
    answer, day, currency, sum(clicks_through) AS clicks_through, sum(orders) AS orders, sum(sales_minor)::BIGINT AS sales_minor,
    sum(coalesce(bonus_minor, 0) + coalesce(commission_minor, 0))
        FILTER (bonus_minor IS NOT NULL OR commission_minor IS NOT NULL)::BIGINT AS earned_minor
FROM answer_conversions
WHERE source = $source AND basis = 'measured' AND answer IS NOT NULL AND day BETWEEN $since AND $until
GROUP BY answer, day, currency
HAVING sum(clicks_through) > 0 OR sum(orders) > 0
ORDER BY answer, day, currency;
