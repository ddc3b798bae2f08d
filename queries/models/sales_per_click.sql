-- What own clicks sell where the network's numbers can be reconciled with ours: tags that belong to one answer, all of whose rows are measured.
-- Only days that an import covers and of which it came late enough, so that clicks and sales are of the same days. Programs are told by the
-- URLs that carry a tag; a tag on URLs of two programs, or only behind redirects, is left out. Reads the temporary table own_clicks_by_tag.
-- Parameters: $first, $last (DATE), both included; $incomplete_days: an import says too little of so many days before it.
-- Columns: program (attribution or associates), source, currency; tags; own_clicks (counted, people's); orders; sales_minor (of currency).
WITH stated AS (
    SELECT i.source, i.account, d.day
    FROM internal.import_days AS d
    JOIN internal.imports AS i USING (import_id)
    WHERE d.known_to IS NULL AND d.day BETWEEN $first AND $last
    GROUP BY i.source, i.account, d.day
    HAVING date_diff('day', d.day, CAST(max(d.known_from) AS DATE)) > $incomplete_days
),

programs AS (
    SELECT t.source, t.tag, min(u.program) AS program
    FROM internal.link_tags AS t
    JOIN urls AS u USING (url_id)
    WHERE u.program IN ('attribution', 'associates')
    GROUP BY t.source, t.tag
    HAVING count(DISTINCT u.program) = 1
),

reported AS (
    SELECT a.source, a.account, a.tag, a.currency, sum(a.orders) AS orders, sum(a.sales_minor) AS sales_minor
    FROM answer_conversions AS a
    JOIN stated AS s USING (source, account, day)
    WHERE a.tag IS NOT NULL
    GROUP BY a.source, a.account, a.tag, a.currency
    HAVING bool_and(a.basis = 'measured')
),

clicked AS (
    SELECT o.source, o.account, o.tag, sum(o.clicks) AS clicks
    FROM own_clicks_by_tag AS o
    JOIN stated AS s USING (source, account, day)
    GROUP BY o.source, o.account, o.tag
)

SELECT p.program, r.source, r.currency, count(*) AS tags, CAST(coalesce(sum(c.clicks), 0) AS BIGINT) AS own_clicks,
    CAST(floor(coalesce(sum(r.orders), 0)) AS BIGINT) AS orders, CAST(coalesce(sum(r.sales_minor), 0) AS BIGINT) AS sales_minor
FROM reported AS r
JOIN programs AS p USING (source, tag)
LEFT JOIN clicked AS c USING (source, account, tag)
GROUP BY p.program, r.source, r.currency
ORDER BY p.program, r.source, r.currency;
