-- What has changed the figures of a period, and by how much: facts that were opened count for, those that were closed against.
-- Parameters: $source, $period_from, $period_to (DATE), $after, $until (instants, UTC).
-- Columns: at (UTC), cause, detail, figure, currency ('' where it is a count), amount.
WITH moved AS (
    SELECT known_from AS at, day, source, figure, currency, amount FROM internal.figure_facts WHERE known_from > $after AND known_from <= $until
    UNION ALL
    SELECT known_to, day, source, figure, currency, -amount FROM internal.figure_facts WHERE known_to > $after AND known_to <= $until
)

SELECT m.at, coalesce(c.cause, 'not noted') AS cause, coalesce(c.detail, '') AS detail, m.figure, m.currency, sum(m.amount) AS amount
FROM moved AS m
LEFT JOIN internal.changes AS c ON c.known_from = m.at
WHERE m.day BETWEEN $period_from AND $period_to AND (m.source IS NULL OR m.source = $source)
GROUP BY m.at, c.cause, c.detail, m.figure, m.currency
HAVING sum(m.amount) <> 0
ORDER BY m.at, c.cause, c.detail, m.figure, m.currency;
