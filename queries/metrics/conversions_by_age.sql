-- What the network reported for a day, as known at each of its imports: how a day's figures grew with its age.
-- Parameters: $source (VARCHAR).
-- day, currency: which. as_of: when that was the newest knowledge, UTC; age: days from day to as_of (of one age the last).
-- clicks_through, orders: counts. sales_minor: minor units of currency.
-- Each report at the level that was imported most often (of two the wider), so that every age states the same; instants at which one of
-- the day's reports was not there yet are left out.
WITH stated AS (
    SELECT account, report, level, currency, import_id, day, known_from, known_to,
        CASE level WHEN 'campaign' THEN 1 WHEN 'creative' THEN 3 ELSE 2 END AS depth
    FROM internal.known_import_days
    WHERE source = $source AND level <> 'summary'
),
chosen AS (
    SELECT account, report, level
    FROM stated
    GROUP BY account, report, level, depth
    QUALIFY row_number() OVER (PARTITION BY account, report ORDER BY count(DISTINCT import_id) DESC, depth) = 1
),
versions AS (
    SELECT s.account, s.report, s.currency, s.day, s.known_from, s.known_to,
        coalesce(sum(r.clicks_through), 0) AS clicks_through, coalesce(sum(r.orders), 0) AS orders,
        coalesce(sum(r.sales_minor), 0) AS sales_minor
    FROM stated AS s
    JOIN chosen USING (account, report, level)
    LEFT JOIN internal.conversion_rows AS r ON r.import_id = s.import_id AND r.day = s.day
    GROUP BY ALL
),
series AS (SELECT day, count(DISTINCT (account, report)) AS reports FROM versions GROUP BY day),
instants AS (
    SELECT v.day, v.currency, i.at AS as_of, date_diff('day', v.day, CAST(i.at AS DATE)) AS age,
        sum(v.clicks_through) AS clicks_through, sum(v.orders) AS orders, sum(v.sales_minor) AS sales_minor,
        sum(count(DISTINCT (v.account, v.report))) OVER (PARTITION BY v.day, i.at) AS reports
    FROM (SELECT DISTINCT day, known_from AS at FROM versions) AS i
    JOIN versions AS v ON v.day = i.day AND v.known_from <= i.at AND (v.known_to IS NULL OR v.known_to > i.at)
    GROUP BY v.day, v.currency, i.at
)
SELECT i.day, i.currency, i.as_of, i.age, i.clicks_through::BIGINT AS clicks_through, i.orders::BIGINT AS orders,
    i.sales_minor::BIGINT AS sales_minor
FROM instants AS i
JOIN series AS s ON s.day = i.day AND s.reports = i.reports
WHERE i.age >= 0
QUALIFY row_number() OVER (PARTITION BY i.day, i.currency, i.age ORDER BY i.as_of DESC) = 1
ORDER BY i.day, i.currency, i.as_of;
