-- Which answers have calls to action and readers, and no click at all?
--
-- Answers with at least 100 counted page views and a link with a CTA policy, whose last 28 days of data hold no counted click.
-- Remedy: click the page's links yourself and look for the beacon in the log; then look at the links with `cta lint`
-- Columns: subject (the answer); fact.
WITH span AS (SELECT max(day) AS last_day FROM internal.site_days)

SELECT v.answer AS subject,
    format('{:,} page views in 28 days, {} links with a CTA policy, not one click', v.views, l.ctas) AS fact
FROM (SELECT answer, count(*) AS views FROM pageviews, span WHERE is_counted AND day > last_day - 28 GROUP BY answer) AS v
JOIN (SELECT answer, count(*) AS ctas FROM links WHERE cta IS NOT NULL GROUP BY answer) AS l USING (answer)
WHERE v.views >= 100
    AND NOT EXISTS (SELECT 1 FROM clicks AS c, span WHERE c.answer = v.answer AND c.is_counted AND c.day > span.last_day - 28)
ORDER BY v.views DESC, v.answer;
