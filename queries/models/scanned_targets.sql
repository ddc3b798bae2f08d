-- A logged click takes the scanned link of the same page, URL and ordinal. Relations: internal.targets, internal.paths, internal.urls, internal.links.
UPDATE internal.targets AS t
SET slot = coalesce(t.sent_slot, l.slot), cta = l.cta
FROM internal.paths AS p, internal.urls AS u, internal.links AS l
WHERE p.path_key = t.path_key AND u.url_key = t.url_key AND l.page = p.path AND l.url_id = u.url_id AND l.ordinal = t.ordinal;
