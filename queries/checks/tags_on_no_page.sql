-- Which tags does the network report that stand on no page of ours?
--
-- Tags with click-throughs or orders in the last 28 reported days that no scanned link carries and no redirect of the site leads to.
-- Remedy: somebody else uses the tag (a newsletter, a social profile), or a page was not scanned; add its folder to [[sources]]
-- Columns: subject (the tag); fact.
SELECT c.tag AS subject,
    format('{:,} click-throughs and {:,} orders from {} to {}', coalesce(sum(c.clicks_through), 0)::BIGINT, coalesce(sum(c.orders), 0)::BIGINT,
        strftime(min(c.day), '%Y-%m-%d'), strftime(max(c.day), '%Y-%m-%d')) AS fact
FROM answer_conversions AS c
WHERE c.tag IS NOT NULL AND c.day > (SELECT max(day) FROM answer_conversions) - 28
    AND EXISTS (SELECT 1 FROM links)
    AND NOT EXISTS (
        SELECT 1
        FROM internal.link_tags AS t
        JOIN internal.urls AS u USING (url_id)
        WHERE t.source = c.source AND t.tag = c.tag
            AND (u.is_redirect OR EXISTS (SELECT 1 FROM links AS l WHERE l.url_id = u.url_id))
    )
GROUP BY c.tag
HAVING coalesce(sum(c.clicks_through), 0) + coalesce(sum(c.orders), 0) > 0
ORDER BY sum(c.clicks_through) DESC NULLS LAST, c.tag;
