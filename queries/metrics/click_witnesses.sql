-- Who saw the clicks to Amazon: the site's own beacon, its redirects, and the network. The first row is the whole site's.
-- Parameters: $period_from, $period_to (DATE), $source (VARCHAR).
-- answer: slug, NULL for the whole site. beacon: counted clicks that the beacon told. redirect: counted hits of the site's redirects that
-- no beacon told of. both: clicks that beacon and redirect told of. network: the network's click-throughs, of an answer those of tags that
-- are its alone; NULL where it has none or a day of the period is not reported. Bots and own traffic are left out. Of the answers those
-- are here that more than the beacon can have seen.
WITH own AS (
    SELECT answer, grouping(answer) = 1 AS is_site,
        coalesce(sum(clicks) FILTER (via = 'beacon' AND is_counted), 0)::BIGINT AS beacon,
        coalesce(sum(clicks) FILTER (via = 'redirect' AND is_counted), 0)::BIGINT AS redirect,
        coalesce(sum(clicks) FILTER (via = 'redirect' AND uncounted_reason = 'same_click'), 0)::BIGINT AS both
    FROM internal.known_click_days
    WHERE day BETWEEN $period_from AND $period_to AND click_group = 'amazon' AND (is_counted OR uncounted_reason = 'same_click')
    GROUP BY GROUPING SETS ((answer), ())
),

reported AS (
    SELECT answer, grouping(answer) = 1 AS is_site,
        CASE WHEN grouping(answer) = 1 THEN sum(clicks_through) ELSE sum(clicks_through) FILTER (basis = 'measured') END::BIGINT AS network
    FROM answer_conversions
    WHERE day BETWEEN $period_from AND $period_to AND source = $source
    GROUP BY GROUPING SETS ((answer), ())
    HAVING count(DISTINCT day) = $period_to::DATE - $period_from::DATE + 1
)

SELECT coalesce(o.answer, r.answer) AS answer, coalesce(o.beacon, 0) AS beacon, coalesce(o.redirect, 0) AS redirect,
    coalesce(o.both, 0) AS both, r.network
FROM own AS o
FULL JOIN reported AS r ON r.is_site = o.is_site AND r.answer IS NOT DISTINCT FROM o.answer
WHERE coalesce(o.is_site, r.is_site) OR (coalesce(o.answer, r.answer) IS NOT NULL AND (o.redirect + o.both > 0 OR r.network > 0))
ORDER BY coalesce(o.is_site, r.is_site) DESC, r.network DESC NULLS LAST, beacon + redirect DESC, answer;
