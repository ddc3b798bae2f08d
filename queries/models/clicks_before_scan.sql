-- What the clicks on each URL are taken for before a scan. Makes: clicked_urls (url_key, kind, is_foreign).
-- Relations: internal.urls, internal.pages.
CREATE OR REPLACE TEMP TABLE clicked_urls AS
SELECT url_key, kind, NOT (is_on_site OR is_redirect OR network IS NOT NULL) AND EXISTS (FROM internal.pages) AS is_foreign
FROM internal.urls;
