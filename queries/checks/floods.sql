-- Does somebody send more clicks than people make?
--
-- Days of the last 28 days of data on which clicks or impressions count as a flood ([flood] in cta.toml).
-- Remedy: forged beacons count in no figure; where a proxy stands before the site, set [logs] client_ip; where many people share an address, raise [flood]
-- Columns: subject (the day); fact.
SELECT strftime(day, '%Y-%m-%d') AS subject,
    format(
        '{:,} clicks and {:,} impressions, of {:,} visitors at {:,} addresses, are a flood and do not count',
        count(*) FILTER (kind = 3), count(*) FILTER (kind = 2), count(DISTINCT visitor), count(DISTINCT sender)
    ) AS fact
FROM internal.events
WHERE is_flood AND day > (SELECT max(day) FROM internal.events) - 28
GROUP BY day
ORDER BY day DESC
LIMIT 20;
