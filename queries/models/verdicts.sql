-- Behaviour that no person shows: eight clicks within ten seconds. A verdict is about a visitor, hence about one day, so the order of files does not matter.
-- Relations: internal.events, judged_days, internal.verdicts.
DELETE FROM internal.verdicts WHERE day IN (SELECT day FROM judged_days);

INSERT INTO internal.verdicts BY NAME
SELECT DISTINCT visitor, day, 'unknown_bot' AS class, 'many clicks in seconds' AS reason
FROM (
    SELECT visitor, day,
        count(*) OVER (PARTITION BY visitor ORDER BY occurred_at RANGE BETWEEN INTERVAL 10 SECOND PRECEDING AND CURRENT ROW) AS clicks
    FROM internal.events
    WHERE kind = 3 AND NOT is_same_click AND visitor IS NOT NULL AND day IN (SELECT day FROM judged_days)
)
WHERE clicks >= 8;
