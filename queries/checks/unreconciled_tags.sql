-- Which tags does the network count very differently from us?
--
-- Tags in a week of the last five that both sides cover whole, with at least 20 clicks on a side, whose click-throughs lie outside of what
-- is expected of our own clicks (docs/methods.md, "Reconciliation"). What is missing on answers with a tag of their own is told by
-- missing_clicks.
-- Remedy: see the days with `cta query reconcile`; below: is the tag stripped or mistyped; above: where else does the tag stand
-- Columns: subject (tag and week); fact.
WITH weeks AS (
    SELECT source, account, tag, iso_week, sum(own_clicks)::BIGINT AS own_clicks, sum(clicks_through)::BIGINT AS clicks_through,
        bool_or(is_masked) AS is_masked, max(day) AS last_day
    FROM tag_clicks
    GROUP BY ALL
    HAVING count(*) > 0 AND max(day) > (SELECT max(day) FROM internal.site_days) - 35
),

whole AS (SELECT source, account, iso_week FROM tag_clicks GROUP BY ALL HAVING count(DISTINCT day) = 7)

SELECT format('{}, {}', tag, iso_week) AS subject,
    format('the network counts {:,} clicks, we {:,}; {:,} to {:,} would be expected', clicks_through, own_clicks,
        internal.least_expected(own_clicks), internal.most_expected(own_clicks)) AS fact
FROM weeks AS w
JOIN whole USING (source, account, iso_week)
WHERE greatest(own_clicks, clicks_through) >= 20
    AND (
        internal.reconciled(own_clicks, clicks_through, is_masked) = 'below'
        OR (
            internal.reconciled(own_clicks, clicks_through, is_masked) = 'above'
            AND NOT EXISTS (SELECT 1 FROM internal.measured_tags AS m WHERE m.source = w.source AND m.tag = w.tag AND m.day = w.last_day)
        )
    )
ORDER BY iso_week DESC, tag;
