-- The figures of a period as they are known (now, or as of the variable as_known_on). Parameters: $source, $period_from, $period_to (DATE).
-- Columns: figure, currency ('' where it is a count), amount.
SELECT figure, currency, sum(amount) AS amount
FROM internal.figure_facts
WHERE day BETWEEN $period_from AND $period_to AND (source IS NULL OR source = $source) AND internal.is_known(known_from, known_to)
GROUP BY figure, currency
ORDER BY figure, currency;
