-- Pages, links and URLs as `cta scan` last saw them, and what stood on a page from when to when.

CREATE TABLE IF NOT EXISTS internal.pages (
    site VARCHAR NOT NULL, lang VARCHAR, path VARCHAR NOT NULL, kind VARCHAR NOT NULL, answer VARCHAR,
    title VARCHAR, file VARCHAR, url VARCHAR, is_current BOOLEAN NOT NULL,
    first_scanned_at TIMESTAMP NOT NULL, last_scanned_at TIMESTAMP NOT NULL
);

CREATE TABLE IF NOT EXISTS internal.revisions (
    site VARCHAR NOT NULL, path VARCHAR NOT NULL, answer VARCHAR, revision INTEGER NOT NULL,
    opened_on DATE NOT NULL, closed_on DATE, is_assumed BOOLEAN NOT NULL, ctas VARCHAR NOT NULL
);

CREATE TABLE IF NOT EXISTS internal.urls (
    url_key INTEGER NOT NULL,
    url_id BIGINT NOT NULL, url VARCHAR NOT NULL, canonical VARCHAR, kind VARCHAR NOT NULL, network VARCHAR,
    program VARCHAR, marketplace VARCHAR, host VARCHAR, store_brand VARCHAR, store_page VARCHAR, asin VARCHAR,
    tag VARCHAR, tag_level VARCHAR, tag_id VARCHAR, tracking_id VARCHAR, sub_tag VARCHAR, channel VARCHAR,
    utm_source VARCHAR, utm_medium VARCHAR, utm_campaign VARCHAR, utm_term VARCHAR, utm_content VARCHAR, utm_id VARCHAR,
    ga4_channel VARCHAR, target_answer VARCHAR, target_path VARCHAR, problems VARCHAR NOT NULL,
    destination VARCHAR,            -- identity of where the click ends: through a redirect of the site its target
    is_redirect BOOLEAN NOT NULL,   -- a configured redirect path of the site
    is_on_site BOOLEAN NOT NULL     -- stands or stood on a scanned page
);

CREATE TABLE IF NOT EXISTS internal.links (
    link_id BIGINT NOT NULL, site VARCHAR NOT NULL, page VARCHAR NOT NULL, answer VARCHAR, position INTEGER NOT NULL,
    href VARCHAR NOT NULL, url VARCHAR, url_id BIGINT, text VARCHAR, heading VARCHAR, kind VARCHAR NOT NULL,
    placement VARCHAR NOT NULL, slot VARCHAR NOT NULL, ordinal INTEGER NOT NULL, rel VARCHAR, target VARCHAR, cta VARCHAR,
    file VARCHAR, line INTEGER, "column" INTEGER, href_start BIGINT, href_end BIGINT, departures VARCHAR NOT NULL
);
-- What a warehouse of an earlier time lacks.
ALTER TABLE internal.links ADD COLUMN IF NOT EXISTS disclosure VARCHAR;

CREATE OR REPLACE VIEW pages AS
SELECT site, lang, path, kind, answer, title, file, is_current, first_scanned_at, last_scanned_at FROM internal.pages;

COMMENT ON VIEW pages IS 'A page of the site as last scanned.';
COMMENT ON COLUMN pages.site IS 'Name of the site: its configured name, else its host, else "site".';
COMMENT ON COLUMN pages.lang IS 'Language, where the contract tells it.';
COMMENT ON COLUMN pages.path IS 'Path on the site, without query, index.html, .html and trailing slash.';
COMMENT ON COLUMN pages.kind IS 'Page kind by the contract (answer, product, blog, ...), else "page".';
COMMENT ON COLUMN pages.answer IS 'Slug of the answer; NULL where the page is no answer.';
COMMENT ON COLUMN pages.title IS 'Title of the page.';
COMMENT ON COLUMN pages.file IS 'Source file, relative to cta.toml.';
COMMENT ON COLUMN pages.is_current IS 'Whether the last scan of its file still found it.';
COMMENT ON COLUMN pages.first_scanned_at IS 'First scan that found the page, UTC.';
COMMENT ON COLUMN pages.last_scanned_at IS 'Last scan that found the page, UTC.';

CREATE OR REPLACE VIEW answers AS
SELECT site, lang, answer, title, path, kind, file, url, first_scanned_at, last_scanned_at
FROM internal.pages
WHERE is_current AND answer IS NOT NULL;

COMMENT ON VIEW answers IS 'A page of the site that is an answer, as last scanned.';
COMMENT ON COLUMN answers.site IS 'Name of the site.';
COMMENT ON COLUMN answers.lang IS 'Language, where the contract tells it.';
COMMENT ON COLUMN answers.answer IS 'Slug of the answer: the key that events and conversions carry.';
COMMENT ON COLUMN answers.title IS 'Title of the page.';
COMMENT ON COLUMN answers.path IS 'Path on the site.';
COMMENT ON COLUMN answers.kind IS 'Page kind by the contract.';
COMMENT ON COLUMN answers.file IS 'Source file, relative to cta.toml.';
COMMENT ON COLUMN answers.url IS 'Address of the page; NULL where the contract has no base_url.';
COMMENT ON COLUMN answers.first_scanned_at IS 'First scan that found the page, UTC.';
COMMENT ON COLUMN answers.last_scanned_at IS 'Last scan that found the page, UTC.';

CREATE OR REPLACE VIEW revisions AS
SELECT site, path, answer, revision, opened_on, closed_on, is_assumed, ctas FROM internal.revisions;

COMMENT ON VIEW revisions IS 'What CTAs stood on a page from when to when; a new row whenever they change.';
COMMENT ON COLUMN revisions.site IS 'Name of the site.';
COMMENT ON COLUMN revisions.path IS 'Path of the page.';
COMMENT ON COLUMN revisions.answer IS 'Slug of the answer; NULL where the page is no answer.';
COMMENT ON COLUMN revisions.revision IS 'Number of the revision of this page, from 1.';
COMMENT ON COLUMN revisions.opened_on IS 'First day (site zone) on which a scan saw it.';
COMMENT ON COLUMN revisions.closed_on IS 'First day on which it no longer stood; NULL while it stands.';
COMMENT ON COLUMN revisions.is_assumed IS 'True for a first revision: it is taken to have stood before opened_on too.';
COMMENT ON COLUMN revisions.ctas IS 'JSON array of the links with a policy: cta, slot, url, kind, tag, tracking_id, sub_tag, channel.';

CREATE OR REPLACE VIEW links AS
SELECT link_id, site, page, answer, position, href, url, url_id, text, heading, kind, placement, slot, ordinal, rel, target, cta,
    file, line, "column", href_start, href_end, departures, disclosure
FROM internal.links;

COMMENT ON VIEW links IS 'A link on a page as last scanned, and what the contract makes of it.';
COMMENT ON COLUMN links.link_id IS 'Identity of the link: page, URL and ordinal; the same in every scan.';
COMMENT ON COLUMN links.site IS 'Name of the site.';
COMMENT ON COLUMN links.page IS 'Path of the page.';
COMMENT ON COLUMN links.answer IS 'Slug of the answer; NULL where the page is no answer.';
COMMENT ON COLUMN links.position IS 'Place among the links of the page, from 1.';
COMMENT ON COLUMN links.href IS 'The URL as written.';
COMMENT ON COLUMN links.url IS 'The URL decoded and made absolute.';
COMMENT ON COLUMN links.url_id IS 'Key into urls.';
COMMENT ON COLUMN links.text IS 'Link text.';
COMMENT ON COLUMN links.heading IS 'Nearest heading above.';
COMMENT ON COLUMN links.kind IS 'Kind of the target: amazon_store, external, answer, ...';
COMMENT ON COLUMN links.placement IS 'cta, inline, citation, related, nav, header, author, legal, footer or form.';
COMMENT ON COLUMN links.slot IS 'Name of the place on the page, as clicks carry it.';
COMMENT ON COLUMN links.ordinal IS 'Count over equal URLs of the page, from 1.';
COMMENT ON COLUMN links.rel IS 'The rel attribute.';
COMMENT ON COLUMN links.target IS 'The target attribute.';
COMMENT ON COLUMN links.cta IS 'Name of the CTA policy; NULL where none is about it.';
COMMENT ON COLUMN links.file IS 'Source file, relative to cta.toml.';
COMMENT ON COLUMN links.line IS 'Line of the link, from 1.';
COMMENT ON COLUMN links."column" IS 'Column of the link in code points, from 1.';
COMMENT ON COLUMN links.href_start IS 'Byte offset of the URL in the file.';
COMMENT ON COLUMN links.href_end IS 'Byte offset after the URL.';
COMMENT ON COLUMN links.departures IS 'JSON array of {code, key, expected, actual}.';
COMMENT ON COLUMN links.disclosure IS 'What discloses near it that it earns money, as it stands there; NULL where nothing does.';

CREATE OR REPLACE VIEW urls AS
SELECT url_id, url, canonical, kind, network, program, marketplace, host, store_brand, store_page, asin, tag, tag_level, tag_id,
    tracking_id, sub_tag, channel, utm_source, utm_medium, utm_campaign, utm_term, utm_content, utm_id, ga4_channel,
    target_answer, target_path, problems
FROM internal.urls;

COMMENT ON VIEW urls IS 'A distinct URL ever seen on a page or in a log, and what it is.';
COMMENT ON COLUMN urls.url_id IS 'Key: the same URL has the same key in every warehouse.';
COMMENT ON COLUMN urls.url IS 'The URL, absolute.';
COMMENT ON COLUMN urls.canonical IS 'Its identity without query.';
COMMENT ON COLUMN urls.kind IS 'amazon_store, amazon_product, affiliate, short, external, a page kind of the site, ...';
COMMENT ON COLUMN urls.network IS 'Network that pays or measures, such as amazon.';
COMMENT ON COLUMN urls.program IS 'attribution, associates or none; NULL off Amazon.';
COMMENT ON COLUMN urls.marketplace IS 'Amazon marketplace, such as US.';
COMMENT ON COLUMN urls.host IS 'Host name.';
COMMENT ON COLUMN urls.store_brand IS 'Brand in the path of a Brand Store.';
COMMENT ON COLUMN urls.store_page IS 'Page id of a Brand Store, upper case.';
COMMENT ON COLUMN urls.asin IS 'ASIN of a product page.';
COMMENT ON COLUMN urls.tag IS 'Amazon Attribution tag.';
COMMENT ON COLUMN urls.tag_level IS 'Level of the tag, such as adgroup.';
COMMENT ON COLUMN urls.tag_id IS 'Id inside the tag.';
COMMENT ON COLUMN urls.tracking_id IS 'Associates tracking id.';
COMMENT ON COLUMN urls.sub_tag IS 'Associates sub-tag.';
COMMENT ON COLUMN urls.channel IS 'Store source tag.';
COMMENT ON COLUMN urls.utm_source IS 'utm_source.';
COMMENT ON COLUMN urls.utm_medium IS 'utm_medium.';
COMMENT ON COLUMN urls.utm_campaign IS 'utm_campaign.';
COMMENT ON COLUMN urls.utm_term IS 'utm_term.';
COMMENT ON COLUMN urls.utm_content IS 'utm_content.';
COMMENT ON COLUMN urls.utm_id IS 'utm_id.';
COMMENT ON COLUMN urls.ga4_channel IS 'Channel that GA4 would give these parameters.';
COMMENT ON COLUMN urls.target_answer IS 'Of a link inside the site: the answer that it leads to.';
COMMENT ON COLUMN urls.target_path IS 'Of a link inside the site: the path that it leads to.';
COMMENT ON COLUMN urls.problems IS 'JSON array of {code, name, message}.';
