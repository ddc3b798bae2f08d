-- Which reports of a network end long before the logs do?
--
-- Reports whose newest import ends more than 7 days before the last day of the logs.
-- Remedy: download the report from the day after its end, put it where [imports] files looks, and run `cta import`
-- Columns: subject (account and report); fact.
WITH span AS (SELECT max(day) AS last_day FROM internal.site_days)

SELECT format('{} {}', i.account, i.report) AS subject,
    format('ends on {}, {} days before the logs do', strftime(max(i.covers_to), '%Y-%m-%d'), any_value(span.last_day) - max(i.covers_to)) AS fact
FROM imports AS i, span
GROUP BY i.account, i.report
HAVING any_value(span.last_day) - max(i.covers_to) > 7
ORDER BY subject;
