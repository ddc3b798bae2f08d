-- Makes the temporary table own_clicks_by_tag: our own counted clicks on links with a tag, by the day of the account.
-- The network's days are never shifted; where the contract gives the account's zone, our clicks are cut in it instead. Only that needs
-- the time of each click; otherwise the facts of days are added up.
-- Columns: source, account, tag, day, answer (NULL: a page that is no answer), clicks.
CREATE OR REPLACE TEMP TABLE own_clicks_by_tag AS
SELECT a.source, a.account, t.tag, c.day, c.answer, sum(c.clicks)::BIGINT AS clicks
FROM internal.known_click_days AS c
JOIN internal.link_tags AS t ON t.url_id = c.url_id
JOIN internal.accounts AS a ON a.source = t.source
WHERE c.is_counted AND a.timezone IS NULL
GROUP BY ALL
UNION ALL
SELECT a.source, a.account, t.tag, CAST(timezone(a.timezone, timezone('UTC', c.occurred_at)) AS DATE) AS day, c.answer, count(*) AS clicks
FROM clicks AS c
JOIN internal.link_tags AS t ON t.url_id = c.url_id
JOIN internal.accounts AS a ON a.source = t.source
WHERE c.is_counted AND a.timezone IS NOT NULL
GROUP BY ALL;
