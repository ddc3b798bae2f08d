-- What did a network report that belongs to no tag we know?
--
-- Reported keys of the last 90 days that speak of, with click-throughs or orders, and that nothing ties to a tag.
-- Remedy: tie the name to its tag in cta.toml, [tags.ad_groups], or add the tag to [tags]
-- Columns: subject (the key as reported); fact.
SELECT concat_ws(' / ', campaign, ad_group, creative) AS subject,
    format('{:,} click-throughs and {:,} orders since {} are tied to no tag', coalesce(sum(clicks_through), 0)::BIGINT, coalesce(sum(orders), 0)::BIGINT,
        strftime(min(day), '%Y-%m-%d')) AS fact
FROM conversions
WHERE tag IS NULL AND day > (SELECT max(day) FROM conversions) - 90
GROUP BY ALL
HAVING coalesce(sum(clicks_through), 0) + coalesce(sum(orders), 0) > 0
ORDER BY sum(clicks_through) DESC NULLS LAST, subject;
