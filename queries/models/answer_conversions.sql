-- Fills answer_conversions_fresh, with the columns of internal.answer_conversions: the leaves of a day, split among answers so that every figure adds up exactly.
-- A tag of one answer: all of it, measured. A shared tag: of each figure the share min(1, own clicks / click-throughs), both over
-- the window, goes to the answers by their own clicks in the window (allocated); the rest, and what clicks from other
-- pages than answers stand for, is unallocated. Parts are the largest remainders: counts in steps of 0.0001, money in minor units.
-- A row of zeros is masked where we counted clicks in its window, else masked_or_zero; its figures are unknown, so NULL.
-- Reads the temporary tables conversion_leaves and own_clicks_by_tag.
INSERT INTO answer_conversions_fresh
WITH lengths AS (
    SELECT source, account, report, day, max(day - period_from) AS days_before
    FROM conversions
    WHERE level <> 'summary'
    GROUP BY ALL
),

-- A row that sums up several days has the window of the first of them too.
wanted AS MATERIALIZED (
    SELECT DISTINCT l.source, l.account, l.report, l.tag, l.day, CAST(a.window_days + n.days_before AS INTEGER) AS window_days
    FROM conversion_leaves AS l
    JOIN internal.accounts AS a USING (source, account)
    JOIN lengths AS n USING (source, account, report, day)
    WHERE l.tag IS NOT NULL
),

covered AS (
    SELECT DISTINCT i.source, i.account, i.report, d.day
    FROM internal.import_days AS d
    JOIN internal.imports AS i USING (import_id)
),

-- Own clicks in the window of a reported day, and those of them on days that the network speaks of.
own AS MATERIALIZED (
    SELECT w.source, w.account, w.report, w.tag, w.day, o.answer, sum(o.clicks) AS clicks,
        sum(o.clicks) FILTER (c.day IS NOT NULL) AS covered_clicks, coalesce(sum(o.clicks) FILTER (o.day = w.day), 0) AS clicks_of_day
    FROM wanted AS w
    JOIN own_clicks_by_tag AS o
        ON o.source = w.source AND o.account = w.account AND o.tag = w.tag AND o.day BETWEEN w.day - w.window_days AND w.day
    LEFT JOIN covered AS c ON c.source = w.source AND c.account = w.account AND c.report = w.report AND c.day = o.day
    GROUP BY ALL
),

network AS (
    SELECT w.source, w.account, w.report, w.tag, w.day, coalesce(sum(l.tag_clicks), 0) AS clicks
    FROM wanted AS w
    JOIN conversion_leaves AS l
        ON l.source = w.source AND l.account = w.account AND l.report = w.report AND l.tag = w.tag
        AND l.day BETWEEN w.day - w.window_days AND w.day
    GROUP BY ALL
),

-- own_all of network_all clicks are ours; without click-throughs there is nothing to compare, and the split is of all.
shares AS (
    SELECT n.source, n.account, n.report, n.tag, n.day, o.clicks,
        CAST(CASE WHEN n.clicks = 0 THEN 1 ELSE least(coalesce(o.covered_clicks, 0), n.clicks) END AS HUGEINT) AS part,
        CAST(greatest(n.clicks, 1) AS HUGEINT) AS whole
    FROM network AS n
    JOIN (SELECT source, account, report, tag, day, sum(clicks) AS clicks, sum(covered_clicks) AS covered_clicks FROM own GROUP BY ALL) AS o
        USING (source, account, report, tag, day)
),

units AS (
    SELECT row_number() OVER () AS unit, *
    FROM (
        SELECT source, account, report, currency, day, tag, kind,
            CAST(sum(clicks_through) AS HUGEINT) * 10000 AS clicks_through, CAST(sum(detail_views) AS HUGEINT) * 10000 AS detail_views,
            CAST(sum(carts) AS HUGEINT) * 10000 AS carts, CAST(sum(orders) AS HUGEINT) * 10000 AS orders,
            CAST(sum(units) AS HUGEINT) * 10000 AS units, CAST(sum(sales_minor) AS HUGEINT) AS sales_minor,
            CAST(sum(bonus_minor) AS HUGEINT) AS bonus_minor, CAST(sum(commission_minor) AS HUGEINT) AS commission_minor
        FROM conversion_leaves
        GROUP BY ALL
    )
),

weights AS (
    SELECT u.unit, 'measured' AS basis, m.answer, CAST(1 AS HUGEINT) AS weight
    FROM units AS u
    JOIN internal.measured_tags AS m USING (source, account, tag, day)
    WHERE u.kind = 'row'
    UNION ALL
    SELECT u.unit, 'allocated', o.answer, o.clicks * s.part
    FROM units AS u
    JOIN shares AS s USING (source, account, report, tag, day)
    JOIN own AS o USING (source, account, report, tag, day)
    ANTI JOIN internal.measured_tags AS m USING (source, account, tag, day)
    WHERE u.kind = 'row' AND o.answer IS NOT NULL AND s.part > 0
    UNION ALL
    SELECT u.unit, 'unallocated', NULL,
        coalesce(o.clicks, 0) * coalesce(s.part, 0) + coalesce(s.clicks * (s.whole - s.part), 1)
    FROM units AS u
    LEFT JOIN shares AS s USING (source, account, report, tag, day)
    LEFT JOIN own AS o
        ON o.source = u.source AND o.account = u.account AND o.report = u.report AND o.tag = u.tag AND o.day = u.day AND o.answer IS NULL
    ANTI JOIN internal.measured_tags AS m ON m.source = u.source AND m.account = u.account AND m.tag = u.tag AND m.day = u.day
    WHERE u.kind = 'row'
    UNION ALL
    SELECT unit, kind, NULL, 1 FROM units WHERE kind IN ('masked', 'unallocated')
),

figures AS (
    UNPIVOT (SELECT unit, clicks_through, detail_views, carts, orders, units, sales_minor, bonus_minor, commission_minor FROM units WHERE kind <> 'zero')
    ON clicks_through, detail_views, carts, orders, units, sales_minor, bonus_minor, commission_minor
    INTO NAME figure VALUE amount
),

floors AS (
    SELECT w.unit, w.basis, w.answer, f.figure, f.amount,
        abs(f.amount) * w.weight // sum(w.weight) OVER figure AS share,
        abs(f.amount) * w.weight % sum(w.weight) OVER figure AS remainder
    FROM weights AS w
    JOIN figures AS f USING (unit)
    WHERE f.amount <> 0 AND w.weight > 0
    WINDOW figure AS (PARTITION BY w.unit, f.figure)
),

pieces AS (
    SELECT unit, basis, answer, figure,
        sign(amount) * (share + CASE
            WHEN row_number() OVER (PARTITION BY unit, figure ORDER BY remainder DESC, basis, answer) <= abs(amount) - sum(share) OVER (PARTITION BY unit, figure)
                THEN 1 ELSE 0 END) AS amount
    FROM floors
),

split AS (
    SELECT w.unit, w.basis, w.answer,
        sum(p.amount) FILTER (p.figure = 'clicks_through') AS clicks_through, sum(p.amount) FILTER (p.figure = 'detail_views') AS detail_views,
        sum(p.amount) FILTER (p.figure = 'carts') AS carts, sum(p.amount) FILTER (p.figure = 'orders') AS orders,
        sum(p.amount) FILTER (p.figure = 'units') AS units, sum(p.amount) FILTER (p.figure = 'sales_minor') AS sales_minor,
        sum(p.amount) FILTER (p.figure = 'bonus_minor') AS bonus_minor, sum(p.amount) FILTER (p.figure = 'commission_minor') AS commission_minor
    FROM weights AS w
    LEFT JOIN pieces AS p ON p.unit = w.unit AND p.basis = w.basis AND p.answer IS NOT DISTINCT FROM w.answer
    WHERE w.weight > 0
    GROUP BY ALL
),

-- A figure that the report does not have stays NULL; one that it has and that is nobody's share is 0.
shared_out AS (
    SELECT s.answer, u.day, u.source, u.account, u.report, u.tag, u.currency, s.basis,
        CASE WHEN u.clicks_through IS NOT NULL THEN coalesce(s.clicks_through, 0) END AS clicks_through,
        CASE WHEN u.detail_views IS NOT NULL THEN coalesce(s.detail_views, 0) END AS detail_views,
        CASE WHEN u.carts IS NOT NULL THEN coalesce(s.carts, 0) END AS carts,
        CASE WHEN u.orders IS NOT NULL THEN coalesce(s.orders, 0) END AS orders,
        CASE WHEN u.units IS NOT NULL THEN coalesce(s.units, 0) END AS units,
        CASE WHEN u.sales_minor IS NOT NULL THEN coalesce(s.sales_minor, 0) END AS sales_minor,
        CASE WHEN u.bonus_minor IS NOT NULL THEN coalesce(s.bonus_minor, 0) END AS bonus_minor,
        CASE WHEN u.commission_minor IS NOT NULL THEN coalesce(s.commission_minor, 0) END AS commission_minor
    FROM split AS s
    JOIN units AS u USING (unit)
    UNION ALL
    SELECT coalesce(m.answer, o.answer), u.day, u.source, u.account, u.report, u.tag, u.currency,
        CASE WHEN sum(o.clicks) OVER (PARTITION BY u.unit) > 0 THEN 'masked' ELSE 'masked_or_zero' END,
        NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL
    FROM units AS u
    LEFT JOIN own AS o USING (source, account, report, tag, day)
    LEFT JOIN internal.measured_tags AS m USING (source, account, tag, day)
    WHERE u.kind = 'zero'
)

SELECT
    r.answer, r.day, r.source, r.account, r.tag, r.currency, r.basis,
    CAST(sum(r.clicks_through) AS DECIMAL(23, 0)) * 0.0001::DECIMAL(5, 4), CAST(sum(r.detail_views) AS DECIMAL(23, 0)) * 0.0001::DECIMAL(5, 4),
    CAST(sum(r.carts) AS DECIMAL(23, 0)) * 0.0001::DECIMAL(5, 4), CAST(sum(r.orders) AS DECIMAL(23, 0)) * 0.0001::DECIMAL(5, 4),
    CAST(sum(r.units) AS DECIMAL(23, 0)) * 0.0001::DECIMAL(5, 4),
    sum(r.sales_minor), sum(r.bonus_minor), sum(r.commission_minor),
    any_value(o.clicks_of_day), any_value(o.clicks)
FROM shared_out AS r
LEFT JOIN own AS o
    ON o.source = r.source AND o.account = r.account AND o.report = r.report AND o.tag = r.tag AND o.day = r.day
    AND o.answer IS NOT DISTINCT FROM r.answer
GROUP BY r.answer, r.day, r.source, r.account, r.tag, r.currency, r.basis;
