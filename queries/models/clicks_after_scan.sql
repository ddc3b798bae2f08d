-- The days with clicks that a scan makes something else of. Makes: days_of_other_clicks (day).
-- Relations: clicked_urls (as before the scan), internal.urls, internal.pages, internal.targets, internal.events.
CREATE OR REPLACE TEMP TABLE days_of_other_clicks AS
SELECT DISTINCT e.day
FROM internal.events AS e
JOIN internal.targets AS t USING (target_key)
JOIN internal.urls AS u USING (url_key)
JOIN clicked_urls AS c USING (url_key)
WHERE (u.kind, NOT (u.is_on_site OR u.is_redirect OR u.network IS NOT NULL) AND EXISTS (FROM internal.pages))
    IS DISTINCT FROM (c.kind, c.is_foreign);

DROP TABLE clicked_urls;
