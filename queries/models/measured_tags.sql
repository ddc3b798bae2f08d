-- Fills internal.measured_tags: the one answer that a tag belonged to in the window of a reported day.
-- A tag belongs to the answers that the contract gives it to and to the pages that carried it, by the revisions and links
-- as scanned, on any day of the window; it is measured where these are one answer and nothing else. An answer that was renamed is
-- one answer, under the slug that it has today.
-- Columns: source, account, tag, day, answer.
INSERT INTO internal.measured_tags
WITH reported AS (
    SELECT i.source, i.account, k.tag, r.day, a.window_days, min(coalesce(r.period_from, r.day)) AS period_from
    FROM internal.conversion_rows AS r
    JOIN internal.imports AS i USING (import_id)
    JOIN internal.accounts AS a ON a.source = i.source AND a.account = i.account
    JOIN internal.conversion_keys AS k
        ON k.source = i.source AND k.level = i.level AND k.campaign = r.campaign AND k.ad_group = r.ad_group
        AND k.creative = r.creative AND k.stated_tag = r.stated_tag AND k.sub_tag = r.sub_tag
    WHERE k.tag IS NOT NULL
    GROUP BY ALL
),

written AS (
    SELECT path, coalesce(m.moved_to, r.answer) AS answer, is_assumed, opened_on, closed_on,
        unnest(from_json(ctas, '[{"url": "VARCHAR"}]')).url AS url
    FROM revisions AS r
    LEFT JOIN internal.moved_answers AS m ON m.answer = r.answer
),

holders AS (
    SELECT source, tag, answer, '' AS path, DATE '0001-01-01' AS stood_from, DATE '9999-12-31' AS stood_to
    FROM internal.contract_tags
    UNION ALL
    -- The first revision counts backwards too: nobody has seen what stood there before.
    SELECT t.source, t.tag, w.answer, w.path,
        CASE WHEN w.is_assumed THEN DATE '0001-01-01' ELSE w.opened_on END,
        coalesce(w.closed_on, DATE '9999-12-31')
    FROM written AS w
    JOIN urls AS u ON u.url = w.url
    JOIN internal.link_tags AS t ON t.url_id = u.url_id
    UNION ALL
    -- Revisions keep the links that a policy is about; a tag may stand on any other link as well.
    SELECT t.source, t.tag, coalesce(m.moved_to, l.answer), l.page, DATE '0001-01-01', DATE '9999-12-31'
    FROM links AS l
    JOIN internal.link_tags AS t ON t.url_id = l.url_id
    LEFT JOIN internal.moved_answers AS m ON m.answer = l.answer
    WHERE l.cta IS NULL
)

SELECT r.source, r.account, r.tag, r.day, max(h.answer) AS answer
FROM reported AS r
JOIN holders AS h
    ON h.source = r.source AND h.tag = r.tag AND h.stood_from <= r.day AND h.stood_to > r.period_from - r.window_days
GROUP BY r.source, r.account, r.tag, r.day
HAVING count(DISTINCT coalesce(h.answer, h.path)) = 1 AND bool_and(h.answer IS NOT NULL);
