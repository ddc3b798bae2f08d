-- What stands on the pages, for a plan of tags: each policy with the kinds of its links and the tags that they carry.
-- Columns: cta (NULL: links without policy), kind, answer, maas, channel, tracking_id.
SELECT DISTINCT l.cta, l.kind, l.answer, u.tag AS maas, u.channel, u.tracking_id
FROM links AS l
LEFT JOIN urls AS u ON u.url_id = l.url_id
ORDER BY ALL;
