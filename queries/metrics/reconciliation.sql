-- Our own clicks on each tag beside the network's, over the days of the period that both the logs and a report cover.
-- Parameters: $period_from, $period_to (DATE), $source (VARCHAR).
-- account, tag: which. known_as: the answer or ad group, else the tag. days_covered: by both sides. own_clicks: counted, people's.
-- clicks_through: the network's. least_expected, most_expected: of the network. judgement: as expected, below, above or masked.
WITH names AS (
    SELECT tag, min(v.ad_group) AS ad_group, CASE WHEN count(DISTINCT v.answer) = 1 THEN min(v.answer) END AS answer
    FROM conversion_versions AS v
    JOIN imports AS i USING (import_id)
    WHERE v.source = $source AND tag IS NOT NULL AND coalesce(i.imported_at <= getvariable('as_known_on')::TIMESTAMP, true)
    GROUP BY tag
),

counted AS (
    SELECT account, tag, count(*) AS days_covered, sum(own_clicks)::BIGINT AS own_clicks, sum(clicks_through)::BIGINT AS clicks_through,
        bool_or(is_masked) AS is_masked
    FROM tag_clicks
    WHERE source = $source AND day BETWEEN $period_from AND $period_to
    GROUP BY account, tag
)

SELECT c.account, c.tag, coalesce(n.answer, n.ad_group, c.tag) AS known_as, c.days_covered, c.own_clicks, c.clicks_through,
    internal.least_expected(c.own_clicks) AS least_expected, internal.most_expected(c.own_clicks) AS most_expected,
    internal.reconciled(c.own_clicks, c.clicks_through, c.is_masked) AS judgement
FROM counted AS c
LEFT JOIN names AS n USING (tag)
WHERE c.own_clicks + c.clicks_through > 0
ORDER BY c.own_clicks DESC, c.clicks_through DESC, c.account, c.tag;
