-- URLs of a scan: those that were known from a log are described anew, by the contract as it is now. Relations: scanned_urls, internal.urls.
UPDATE internal.urls AS u
SET canonical = s.canonical, kind = s.kind, network = s.network, program = s.program, marketplace = s.marketplace, host = s.host,
    store_brand = s.store_brand, store_page = s.store_page, asin = s.asin, tag = s.tag, tag_level = s.tag_level, tag_id = s.tag_id,
    tracking_id = s.tracking_id, sub_tag = s.sub_tag, channel = s.channel, utm_source = s.utm_source, utm_medium = s.utm_medium,
    utm_campaign = s.utm_campaign, utm_term = s.utm_term, utm_content = s.utm_content, utm_id = s.utm_id, ga4_channel = s.ga4_channel,
    target_answer = s.target_answer, target_path = s.target_path, problems = s.problems, destination = s.destination,
    is_redirect = s.is_redirect, is_on_site = true
FROM scanned_urls AS s
WHERE s.url_id = u.url_id;

INSERT INTO internal.urls BY NAME
SELECT (SELECT coalesce(max(url_key), 0) FROM internal.urls) + row_number() OVER (ORDER BY s.url) AS url_key, s.*, true AS is_on_site
FROM scanned_urls AS s
WHERE s.url_id NOT IN (SELECT url_id FROM internal.urls);
