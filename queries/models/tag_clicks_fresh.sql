-- Makes the temporary table tag_clicks_fresh: own_clicks_by_tag over all pages, with the columns of internal.tag_click_facts.
CREATE OR REPLACE TEMP TABLE tag_clicks_fresh AS
SELECT source, account, tag, day, sum(clicks)::BIGINT AS clicks
FROM own_clicks_by_tag
GROUP BY source, account, tag, day;
