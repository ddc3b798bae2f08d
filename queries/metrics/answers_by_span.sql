-- How the click rate of each answer swung from day to day, over some like days and their counterparts.
-- Parameters (DATE[]): $like_days and $before_days, like days of the period and of the one before; $year_like_days and $year_days, those
-- of the period and of the same weeks a year before.
-- answer, site, lang: an answer that somebody read on those days. span: now and before, year_now and year_before.
-- days: days on which somebody read it. n: visitor-days; x: clicking_visitors. nn, xx, nx, nnn: sums over the days of the products
-- of the day's visitors (n) and clicking visitors (x): what the variance between days follows from.
WITH spans AS (
    SELECT 'now' AS span, unnest($like_days::DATE[]) AS day
    UNION ALL
    SELECT 'before', unnest($before_days::DATE[])
    UNION ALL
    SELECT 'year_now', unnest($year_like_days::DATE[])
    UNION ALL
    SELECT 'year_before', unnest($year_days::DATE[])
)
SELECT
    d.answer, d.site, d.lang, s.span, count(*) AS days, sum(d.visitors)::BIGINT AS n, sum(d.clicking_visitors)::BIGINT AS x,
    sum(d.visitors * d.visitors)::BIGINT AS nn, sum(d.clicking_visitors * d.clicking_visitors)::BIGINT AS xx,
    sum(d.visitors * d.clicking_visitors)::BIGINT AS nx, sum(d.visitors * d.visitors * d.visitors)::HUGEINT AS nnn
FROM spans AS s
JOIN answer_days AS d ON d.day = s.day
WHERE d.visitors > 0
GROUP BY d.answer, d.site, d.lang, s.span
ORDER BY d.answer, d.site, d.lang NULLS FIRST, s.span;
