-- The click rate of each answer over a long span and over the one before it: for a comparison that may be read every week.
-- Parameters: $since, $until (DATE: the span), $before (DATE: first day of the one before, which ends a day before $since).
-- answer, site, lang: the answer, if somebody read it in either span.
-- visitor_days, clicking_visitors: of the span. before_visitor_days, before_clicking_visitors: of the one before.
SELECT
    answer, site, lang,
    coalesce(sum(visitors) FILTER (day >= $since), 0)::BIGINT AS visitor_days,
    coalesce(sum(clicking_visitors) FILTER (day >= $since), 0)::BIGINT AS clicking_visitors,
    coalesce(sum(visitors) FILTER (day < $since), 0)::BIGINT AS before_visitor_days,
    coalesce(sum(clicking_visitors) FILTER (day < $since), 0)::BIGINT AS before_clicking_visitors
FROM answer_days
WHERE day BETWEEN $before AND $until
GROUP BY answer, site, lang
HAVING sum(visitors) > 0
ORDER BY answer, site, lang NULLS FIRST;
