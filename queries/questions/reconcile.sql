-- Do our own clicks and the network's agree, tag by tag, for each day and the week?
--
-- Days that both the logs and a report cover. What is expected: of n own clicks the network counts 0.7 n to 1.25 n, and on either side
-- twice the chance of so few clicks (docs/methods.md, "Reconciliation"). A single day is judged where the contract names the account's zone.
-- Columns: source; account; tag; day (NULL: the covered days of the week); own_clicks; clicks_through; least, most (expected of the
-- network); verdict (as expected, below, above, masked, or NULL for a day in another zone).
--
-- Parameters:
-- SET VARIABLE week = '2026-W45'; ISO week
WITH counted AS (
    SELECT source, account, tag, day, sum(own_clicks)::BIGINT AS own_clicks, sum(clicks_through)::BIGINT AS clicks_through,
        bool_or(is_masked) AS is_masked, bool_and(is_same_day) AS is_same_day
    FROM tag_clicks
    WHERE iso_week = getvariable('week')
    GROUP BY GROUPING SETS ((source, account, tag, day), (source, account, tag))
)

SELECT source, account, tag, day, own_clicks, clicks_through, internal.least_expected(own_clicks) AS least,
    internal.most_expected(own_clicks) AS most,
    CASE WHEN day IS NULL OR is_same_day THEN internal.reconciled(own_clicks, clicks_through, is_masked) END AS verdict
FROM counted
ORDER BY source, account, tag, day NULLS FIRST;
