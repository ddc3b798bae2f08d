-- What answers with a tag of their own have sold for their own clicks: from these one learns how much conversion rates differ.
-- An answer whose orders or clicks are partly unknown in these days (masked, or a report without orders) is left out.
-- Parameters: $first, $last (DATE), both included.
-- Columns: source, answer, clicks (own counted clicks on its tags), orders.
SELECT source, answer, CAST(coalesce(sum(own_clicks), 0) AS BIGINT) AS clicks, CAST(sum(orders) AS DOUBLE) AS orders
FROM answer_conversions
WHERE day BETWEEN $first AND $last AND answer IS NOT NULL AND basis IN ('measured', 'masked')
GROUP BY source, answer
HAVING bool_and(basis = 'measured') AND count(orders) = count(*) AND coalesce(sum(own_clicks), 0) > 0
ORDER BY source, answer;
