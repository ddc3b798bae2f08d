-- What networks reported, every version of it, and what of it belongs to which answer.
-- Dimensions that a report does not give are stored as '' and shown as NULL.

-- Whether a fact is to be shown that was known from one instant (UTC) to another: what holds now, or what was known as of the variable
-- as_known_on. A row without known_from was there before this was kept.
CREATE OR REPLACE MACRO internal.is_known(known_from, known_to) AS
    CASE
        WHEN getvariable('as_known_on')::TIMESTAMP IS NULL THEN known_to IS NULL
        ELSE coalesce(known_from <= getvariable('as_known_on')::TIMESTAMP, true)
            AND coalesce(known_to > getvariable('as_known_on')::TIMESTAMP, true)
    END;

-- One statement: what one file says at one level about the days that it covers.
CREATE TABLE IF NOT EXISTS internal.imports (
    import_id VARCHAR NOT NULL,     -- of content, source, report and level: the same in every warehouse
    source VARCHAR NOT NULL, account VARCHAR NOT NULL, marketplace VARCHAR NOT NULL, currency VARCHAR NOT NULL,
    report VARCHAR NOT NULL, level VARCHAR NOT NULL,
    file VARCHAR NOT NULL, sha256 VARCHAR NOT NULL, rows_sha256 VARCHAR NOT NULL,
    as_of TIMESTAMP NOT NULL, as_of_from VARCHAR NOT NULL,
    covers_from DATE NOT NULL, covers_to DATE NOT NULL, date_means VARCHAR NOT NULL, row_count BIGINT NOT NULL,
    imported_at TIMESTAMP NOT NULL, tool_version VARCHAR NOT NULL
);

CREATE TABLE IF NOT EXISTS internal.conversion_rows (
    import_id VARCHAR NOT NULL, row_number BIGINT NOT NULL, day DATE NOT NULL,
    advertiser VARCHAR NOT NULL, campaign VARCHAR NOT NULL, ad_group VARCHAR NOT NULL, creative VARCHAR NOT NULL,
    publisher VARCHAR NOT NULL, stated_tag VARCHAR NOT NULL,
    clicks_through BIGINT, detail_views BIGINT, carts BIGINT, orders BIGINT, units BIGINT, sales_minor BIGINT,
    promoted_detail_views BIGINT, promoted_carts BIGINT, promoted_orders BIGINT, promoted_units BIGINT, promoted_sales_minor BIGINT,
    bonus_minor BIGINT, commission_minor BIGINT
);

ALTER TABLE internal.conversion_rows ADD COLUMN IF NOT EXISTS shipped_units BIGINT;
ALTER TABLE internal.conversion_rows ADD COLUMN IF NOT EXISTS returned_units BIGINT;
ALTER TABLE internal.conversion_rows ADD COLUMN IF NOT EXISTS views BIGINT;
ALTER TABLE internal.conversion_rows ADD COLUMN IF NOT EXISTS period_from DATE;
ALTER TABLE internal.conversion_rows ADD COLUMN IF NOT EXISTS sub_tag VARCHAR DEFAULT '';
ALTER TABLE internal.conversion_rows ADD COLUMN IF NOT EXISTS asin VARCHAR DEFAULT '';
ALTER TABLE internal.conversion_rows ADD COLUMN IF NOT EXISTS item VARCHAR DEFAULT '';
ALTER TABLE internal.conversion_rows ADD COLUMN IF NOT EXISTS category VARCHAR DEFAULT '';
ALTER TABLE internal.conversion_rows ADD COLUMN IF NOT EXISTS seller VARCHAR DEFAULT '';
ALTER TABLE internal.conversion_rows ADD COLUMN IF NOT EXISTS link_type VARCHAR DEFAULT '';
ALTER TABLE internal.conversion_rows ADD COLUMN IF NOT EXISTS directness VARCHAR DEFAULT '';
ALTER TABLE internal.conversion_rows ADD COLUMN IF NOT EXISTS device VARCHAR DEFAULT '';
ALTER TABLE internal.conversion_rows ADD COLUMN IF NOT EXISTS page VARCHAR DEFAULT '';

-- The following are derived from the contract, the scanned links and the rows above; attribution.py fills them anew.

-- The tags that a URL carries, as the reports of a source name them.
CREATE TABLE IF NOT EXISTS internal.link_tags (source VARCHAR NOT NULL, url_id BIGINT NOT NULL, tag VARCHAR NOT NULL);

-- The tags that the contract gives to one answer.
CREATE TABLE IF NOT EXISTS internal.contract_tags (source VARCHAR NOT NULL, tag VARCHAR NOT NULL, answer VARCHAR NOT NULL);

-- Slugs of before, with the slug that the answer has today: `[[moved]]` of the contract.
CREATE TABLE IF NOT EXISTS internal.moved_answers (answer VARCHAR NOT NULL, moved_to VARCHAR NOT NULL);

-- The tag that a reported key stands for; NULL where nothing ties it to one.
CREATE TABLE IF NOT EXISTS internal.conversion_keys (
    source VARCHAR NOT NULL, level VARCHAR NOT NULL, campaign VARCHAR NOT NULL, ad_group VARCHAR NOT NULL, creative VARCHAR NOT NULL,
    stated_tag VARCHAR NOT NULL, tag VARCHAR, tied_by VARCHAR
);
ALTER TABLE internal.conversion_keys ADD COLUMN IF NOT EXISTS sub_tag VARCHAR DEFAULT '';

-- How the days of an account are to be compared with our clicks.
CREATE TABLE IF NOT EXISTS internal.accounts (
    source VARCHAR NOT NULL, account VARCHAR NOT NULL, timezone VARCHAR, window_days INTEGER NOT NULL
);
ALTER TABLE internal.accounts ADD COLUMN IF NOT EXISTS masks BOOLEAN DEFAULT TRUE;

-- The one answer that a tag belonged to in the window of a day.
CREATE TABLE IF NOT EXISTS internal.measured_tags (source VARCHAR NOT NULL, account VARCHAR NOT NULL, tag VARCHAR NOT NULL, day DATE NOT NULL, answer VARCHAR NOT NULL);

CREATE TABLE IF NOT EXISTS internal.answer_conversions (
    answer VARCHAR, day DATE NOT NULL, source VARCHAR NOT NULL, account VARCHAR NOT NULL, tag VARCHAR, currency VARCHAR NOT NULL,
    basis VARCHAR NOT NULL,
    clicks_through DECIMAL(18, 4), detail_views DECIMAL(18, 4), carts DECIMAL(18, 4), orders DECIMAL(18, 4), units DECIMAL(18, 4),
    sales_minor BIGINT, bonus_minor BIGINT, commission_minor BIGINT,
    own_clicks BIGINT, window_clicks BIGINT
);
-- From when to when this was so, as the warehouse learned it, UTC; see 35_known.sql.
ALTER TABLE internal.answer_conversions ADD COLUMN IF NOT EXISTS known_from TIMESTAMP;
ALTER TABLE internal.answer_conversions ADD COLUMN IF NOT EXISTS known_to TIMESTAMP;

-- When each statement about a day was the newest: whatever the order of importing, only as_of counts.
CREATE OR REPLACE VIEW internal.import_days AS
WITH days AS (
    SELECT import_id, source, account, report, level, as_of,
        CAST(unnest(generate_series(CAST(covers_from AS TIMESTAMP), CAST(covers_to AS TIMESTAMP), INTERVAL 1 DAY)) AS DATE) AS day
    FROM internal.imports
)
SELECT import_id, day, as_of AS known_from,
    lead(as_of) OVER (PARTITION BY source, account, report, level, day ORDER BY as_of, import_id) AS known_to
FROM days;

-- The same, as far as imports were known (35_known.sql).
CREATE OR REPLACE VIEW internal.known_import_days AS
SELECT i.source, i.account, i.report, i.level, i.currency, d.import_id, d.day, d.known_from,
    lead(d.known_from) OVER (PARTITION BY i.source, i.account, i.report, i.level, d.day ORDER BY d.known_from, d.import_id) AS known_to
FROM internal.import_days AS d
JOIN internal.imports AS i USING (import_id)
WHERE coalesce(i.imported_at <= getvariable('as_known_on')::TIMESTAMP, true);

-- Our own counted clicks on links with a tag, by the day of the account: worked out with the attribution of conversions.
CREATE TABLE IF NOT EXISTS internal.tag_click_facts (
    source VARCHAR NOT NULL, account VARCHAR NOT NULL, tag VARCHAR NOT NULL, day DATE NOT NULL, clicks BIGINT NOT NULL,
    known_from TIMESTAMP, known_to TIMESTAMP
);

CREATE OR REPLACE VIEW internal.known_tag_clicks AS
SELECT * EXCLUDE (known_from, known_to) FROM internal.tag_click_facts WHERE internal.is_known(known_from, known_to);

-- Which levels speak of a day. Campaigns, ad groups and creatives state the same sales again, in reports of different times: a level
-- that is older than the newest by over a day is left out, unless it is finer than all that are as new (it still says more than
-- none). The widest level that is used is the day's total. Rows that name their tag are a level of their own, and summaries none.
CREATE OR REPLACE VIEW internal.conversion_levels AS
WITH stated AS (
    SELECT DISTINCT i.source, i.account, i.report, i.level, r.day, d.known_from,
        CASE i.level WHEN 'campaign' THEN 1 WHEN 'creative' THEN 3 ELSE 2 END AS depth
    FROM internal.conversion_rows AS r
    JOIN internal.imports AS i USING (import_id)
    JOIN internal.import_days AS d ON d.import_id = r.import_id AND d.day = r.day AND d.known_to IS NULL
    WHERE i.level <> 'summary'
),

aged AS (
    SELECT *, known_from >= max(known_from) OVER (PARTITION BY source, account, report, day) - INTERVAL 24 HOUR AS is_fresh
    FROM stated
)

SELECT source, account, report, level, day, depth, is_fresh
FROM aged
QUALIFY is_fresh OR depth > max(depth) FILTER (is_fresh) OVER (PARTITION BY source, account, report, day);

CREATE OR REPLACE VIEW conversion_versions AS
SELECT
    i.source, i.account, i.marketplace, i.currency, i.report, i.level, r.day,
    nullif(r.campaign, '') AS campaign, nullif(r.ad_group, '') AS ad_group, nullif(r.creative, '') AS creative,
    nullif(r.publisher, '') AS publisher,
    k.tag, m.answer,
    r.clicks_through, r.detail_views, r.carts, r.orders, r.units, r.sales_minor,
    r.promoted_detail_views, r.promoted_carts, r.promoted_orders, r.promoted_units, r.promoted_sales_minor,
    r.bonus_minor, r.commission_minor,
    r.import_id, i.file, r.row_number, d.known_from, d.known_to, nullif(r.advertiser, '') AS advertiser,
    r.shipped_units, r.returned_units, r.views, coalesce(r.period_from, r.day) AS period_from, nullif(r.sub_tag, '') AS sub_tag,
    nullif(r.asin, '') AS asin, nullif(r.item, '') AS item, nullif(r.category, '') AS category, nullif(r.seller, '') AS seller,
    nullif(r.link_type, '') AS link_type, nullif(r.directness, '') AS directness, nullif(r.device, '') AS device,
    nullif(r.page, '') AS page
FROM internal.conversion_rows AS r
JOIN internal.imports AS i USING (import_id)
JOIN internal.import_days AS d ON d.import_id = r.import_id AND d.day = r.day
LEFT JOIN internal.conversion_keys AS k
    ON k.source = i.source AND k.level = i.level AND k.campaign = r.campaign AND k.ad_group = r.ad_group AND k.creative = r.creative
    AND k.stated_tag = r.stated_tag AND k.sub_tag = r.sub_tag
LEFT JOIN internal.measured_tags AS m ON m.source = i.source AND m.account = i.account AND m.tag = k.tag AND m.day = r.day;

CREATE OR REPLACE VIEW conversions AS
SELECT * EXCLUDE (known_to) FROM conversion_versions WHERE known_to IS NULL;

CREATE OR REPLACE VIEW imports AS
SELECT import_id, source, account, file, sha256, as_of, covers_from, covers_to, row_count, imported_at, tool_version,
    report, level, marketplace, currency, date_means, as_of_from
FROM internal.imports;

CREATE OR REPLACE VIEW answer_conversions AS
SELECT answer, day, strftime(day, '%G-W%V') AS iso_week, source, account, tag, currency, basis,
    clicks_through, detail_views, carts, orders, units, sales_minor, bonus_minor, commission_minor, own_clicks, window_clicks
FROM internal.answer_conversions
WHERE internal.is_known(known_from, known_to);

COMMENT ON VIEW conversions IS 'A row that a network reported, as last reported.';
COMMENT ON COLUMN conversions.source IS 'Importer that read it, such as amazon_attribution.';
COMMENT ON COLUMN conversions.account IS 'Account by the contract.';
COMMENT ON COLUMN conversions.marketplace IS 'Amazon marketplace of the account.';
COMMENT ON COLUMN conversions.currency IS 'Currency of the amounts, ISO 4217.';
COMMENT ON COLUMN conversions.report IS 'Kind of report, such as performance.';
COMMENT ON COLUMN conversions.level IS 'campaign, adgroup, creative, tag (rows that name their tag) or summary. Levels state the same sales again: never add them up.';
COMMENT ON COLUMN conversions.day IS 'Day as the network dates it, in the account''s zone.';
COMMENT ON COLUMN conversions.campaign IS 'Campaign, name or id, as reported.';
COMMENT ON COLUMN conversions.ad_group IS 'Ad group, name or id, as reported.';
COMMENT ON COLUMN conversions.creative IS 'Creative, as reported.';
COMMENT ON COLUMN conversions.publisher IS 'Publisher, as reported.';
COMMENT ON COLUMN conversions.tag IS 'The tag that the row stands for; NULL where nothing ties it to one.';
COMMENT ON COLUMN conversions.answer IS 'The answer that the tag belongs to alone; NULL where it is shared or unknown.';
COMMENT ON COLUMN conversions.clicks_through IS 'Click-throughs that the network counted; of a Brand Store the visits.';
COMMENT ON COLUMN conversions.detail_views IS 'Detail page views, promoted and halo.';
COMMENT ON COLUMN conversions.carts IS 'Adds to cart, promoted and halo.';
COMMENT ON COLUMN conversions.orders IS 'Purchases, promoted and halo.';
COMMENT ON COLUMN conversions.units IS 'Units sold, promoted and halo.';
COMMENT ON COLUMN conversions.sales_minor IS 'Sales, promoted and halo, in minor units of currency.';
COMMENT ON COLUMN conversions.promoted_detail_views IS 'Part of detail_views that is of the promoted products.';
COMMENT ON COLUMN conversions.promoted_carts IS 'Part of carts that is of the promoted products.';
COMMENT ON COLUMN conversions.promoted_orders IS 'Part of orders that is of the promoted products.';
COMMENT ON COLUMN conversions.promoted_units IS 'Part of units that is of the promoted products.';
COMMENT ON COLUMN conversions.promoted_sales_minor IS 'Part of sales_minor that is of the promoted products.';
COMMENT ON COLUMN conversions.bonus_minor IS 'Brand Referral Bonus, in minor units; NULL where the report has none.';
COMMENT ON COLUMN conversions.commission_minor IS 'Commission, in minor units; NULL where the report has none.';
COMMENT ON COLUMN conversions.import_id IS 'Key into imports.';
COMMENT ON COLUMN conversions.file IS 'File that it was read from.';
COMMENT ON COLUMN conversions.row_number IS 'Row in the file: the line of a CSV, the n-th row of a JSON report, from 1.';
COMMENT ON COLUMN conversions.known_from IS 'As-of of its import, UTC.';
COMMENT ON COLUMN conversions.advertiser IS 'Advertiser, as reported.';
COMMENT ON COLUMN conversions.shipped_units IS 'Items shipped, as Associates reports them by the day of shipment; units are those ordered.';
COMMENT ON COLUMN conversions.returned_units IS 'Items returned: a return is a row of its own, with negative amounts.';
COMMENT ON COLUMN conversions.views IS 'Page views of the Brand Store.';
COMMENT ON COLUMN conversions.period_from IS 'First day that the row sums up; day is the last one.';
COMMENT ON COLUMN conversions.sub_tag IS 'Sub-tag, as reported.';
COMMENT ON COLUMN conversions.asin IS 'Product, as reported.';
COMMENT ON COLUMN conversions.item IS 'Name of the product, as reported.';
COMMENT ON COLUMN conversions.category IS 'Category of the product, as reported.';
COMMENT ON COLUMN conversions.seller IS 'Seller, as reported.';
COMMENT ON COLUMN conversions.link_type IS 'Type of the link, as reported.';
COMMENT ON COLUMN conversions.directness IS 'Whether the linked product was bought or another, in the report''s own words (DI, NDI, ...).';
COMMENT ON COLUMN conversions.device IS 'Kind of device, as reported.';
COMMENT ON COLUMN conversions.page IS 'Page of the Brand Store, as reported.';

COMMENT ON VIEW conversion_versions IS 'Every version of a row that a network reported, with the time in which it was the newest knowledge.';
COMMENT ON COLUMN conversion_versions.source IS 'Importer that read it, such as amazon_attribution.';
COMMENT ON COLUMN conversion_versions.account IS 'Account by the contract.';
COMMENT ON COLUMN conversion_versions.marketplace IS 'Amazon marketplace of the account.';
COMMENT ON COLUMN conversion_versions.currency IS 'Currency of the amounts, ISO 4217.';
COMMENT ON COLUMN conversion_versions.report IS 'Kind of report, such as performance.';
COMMENT ON COLUMN conversion_versions.level IS 'campaign, adgroup, creative, tag or summary.';
COMMENT ON COLUMN conversion_versions.day IS 'Day as the network dates it, in the account''s zone.';
COMMENT ON COLUMN conversion_versions.campaign IS 'Campaign, name or id, as reported.';
COMMENT ON COLUMN conversion_versions.ad_group IS 'Ad group, name or id, as reported.';
COMMENT ON COLUMN conversion_versions.creative IS 'Creative, as reported.';
COMMENT ON COLUMN conversion_versions.publisher IS 'Publisher, as reported.';
COMMENT ON COLUMN conversion_versions.tag IS 'The tag that the row stands for; NULL where nothing ties it to one.';
COMMENT ON COLUMN conversion_versions.answer IS 'The answer that the tag belongs to alone; NULL where it is shared or unknown.';
COMMENT ON COLUMN conversion_versions.clicks_through IS 'Click-throughs that the network counted; of a Brand Store the visits.';
COMMENT ON COLUMN conversion_versions.detail_views IS 'Detail page views, promoted and halo.';
COMMENT ON COLUMN conversion_versions.carts IS 'Adds to cart, promoted and halo.';
COMMENT ON COLUMN conversion_versions.orders IS 'Purchases, promoted and halo.';
COMMENT ON COLUMN conversion_versions.units IS 'Units sold, promoted and halo.';
COMMENT ON COLUMN conversion_versions.sales_minor IS 'Sales, promoted and halo, in minor units of currency.';
COMMENT ON COLUMN conversion_versions.promoted_detail_views IS 'Part of detail_views that is of the promoted products.';
COMMENT ON COLUMN conversion_versions.promoted_carts IS 'Part of carts that is of the promoted products.';
COMMENT ON COLUMN conversion_versions.promoted_orders IS 'Part of orders that is of the promoted products.';
COMMENT ON COLUMN conversion_versions.promoted_units IS 'Part of units that is of the promoted products.';
COMMENT ON COLUMN conversion_versions.promoted_sales_minor IS 'Part of sales_minor that is of the promoted products.';
COMMENT ON COLUMN conversion_versions.bonus_minor IS 'Brand Referral Bonus, in minor units; NULL where the report has none.';
COMMENT ON COLUMN conversion_versions.commission_minor IS 'Commission, in minor units; NULL where the report has none.';
COMMENT ON COLUMN conversion_versions.import_id IS 'Key into imports.';
COMMENT ON COLUMN conversion_versions.file IS 'File that it was read from.';
COMMENT ON COLUMN conversion_versions.row_number IS 'Row in the file: the line of a CSV, the n-th row of a JSON report, from 1.';
COMMENT ON COLUMN conversion_versions.known_from IS 'As-of of its import, UTC.';
COMMENT ON COLUMN conversion_versions.known_to IS 'As-of of the import that spoke of this day next, UTC; NULL while the row holds.';
COMMENT ON COLUMN conversion_versions.advertiser IS 'Advertiser, as reported.';
COMMENT ON COLUMN conversion_versions.shipped_units IS 'Items shipped, as Associates reports them by the day of shipment; units are those ordered.';
COMMENT ON COLUMN conversion_versions.returned_units IS 'Items returned: a return is a row of its own, with negative amounts.';
COMMENT ON COLUMN conversion_versions.views IS 'Page views of the Brand Store.';
COMMENT ON COLUMN conversion_versions.period_from IS 'First day that the row sums up; day is the last one.';
COMMENT ON COLUMN conversion_versions.sub_tag IS 'Sub-tag, as reported.';
COMMENT ON COLUMN conversion_versions.asin IS 'Product, as reported.';
COMMENT ON COLUMN conversion_versions.item IS 'Name of the product, as reported.';
COMMENT ON COLUMN conversion_versions.category IS 'Category of the product, as reported.';
COMMENT ON COLUMN conversion_versions.seller IS 'Seller, as reported.';
COMMENT ON COLUMN conversion_versions.link_type IS 'Type of the link, as reported.';
COMMENT ON COLUMN conversion_versions.directness IS 'Whether the linked product was bought or another, in the report''s own words (DI, NDI, ...).';
COMMENT ON COLUMN conversion_versions.device IS 'Kind of device, as reported.';
COMMENT ON COLUMN conversion_versions.page IS 'Page of the Brand Store, as reported.';

COMMENT ON VIEW imports IS 'What one file said, at one level, about the days that it covers.';
COMMENT ON COLUMN imports.import_id IS 'Key: the same content has the same key in every warehouse.';
COMMENT ON COLUMN imports.source IS 'Importer that read it.';
COMMENT ON COLUMN imports.account IS 'Account by the contract.';
COMMENT ON COLUMN imports.file IS 'The file, relative to cta.toml where it stands below it.';
COMMENT ON COLUMN imports.sha256 IS 'SHA-256 of its bytes.';
COMMENT ON COLUMN imports.as_of IS 'When the network said this, UTC.';
COMMENT ON COLUMN imports.covers_from IS 'First day that it speaks of.';
COMMENT ON COLUMN imports.covers_to IS 'Last day that it speaks of; every day between counts as stated, with or without rows.';
COMMENT ON COLUMN imports.row_count IS 'Rows read, without total rows.';
COMMENT ON COLUMN imports.imported_at IS 'When it was taken in, UTC.';
COMMENT ON COLUMN imports.tool_version IS 'Version of cta-analytics that took it in.';
COMMENT ON COLUMN imports.report IS 'Kind of report, such as performance.';
COMMENT ON COLUMN imports.level IS 'campaign, adgroup, creative, tag or summary.';
COMMENT ON COLUMN imports.marketplace IS 'Amazon marketplace of the account.';
COMMENT ON COLUMN imports.currency IS 'Currency of its amounts, ISO 4217.';
COMMENT ON COLUMN imports.date_means IS 'What its days are days of: click, order, shipment or unknown.';
COMMENT ON COLUMN imports.as_of_from IS 'Where as_of comes from: option, file, name, mtime, or last day where the mtime cannot be true.';

COMMENT ON VIEW answer_conversions IS 'What of the reported figures belongs to which answer, on which basis. All rows of a day add up to the network''s total.';
COMMENT ON COLUMN answer_conversions.answer IS 'Slug of the answer; NULL where the figures belong to none (unallocated, or masked without a known answer).';
COMMENT ON COLUMN answer_conversions.day IS 'Day as the network dates it.';
COMMENT ON COLUMN answer_conversions.iso_week IS 'ISO week of day, such as 2026-W45.';
COMMENT ON COLUMN answer_conversions.source IS 'Importer that read the report.';
COMMENT ON COLUMN answer_conversions.account IS 'Account by the contract.';
COMMENT ON COLUMN answer_conversions.tag IS 'The tag; NULL where nothing ties the reported row to one.';
COMMENT ON COLUMN answer_conversions.currency IS 'Currency of the amounts, ISO 4217.';
COMMENT ON COLUMN answer_conversions.basis IS 'measured: the tag is this answer''s alone. allocated: a share of a shared tag, by own clicks. masked: fewer than 10 clicks at the network, figures unknown. masked_or_zero: that or a true zero. unallocated: belongs to no answer that we know.';
COMMENT ON COLUMN answer_conversions.clicks_through IS 'Click-throughs that the network counted; NULL where masked.';
COMMENT ON COLUMN answer_conversions.detail_views IS 'Detail page views, promoted and halo.';
COMMENT ON COLUMN answer_conversions.carts IS 'Adds to cart, promoted and halo.';
COMMENT ON COLUMN answer_conversions.orders IS 'Purchases, promoted and halo.';
COMMENT ON COLUMN answer_conversions.units IS 'Units sold, promoted and halo.';
COMMENT ON COLUMN answer_conversions.sales_minor IS 'Sales, promoted and halo, in minor units of currency.';
COMMENT ON COLUMN answer_conversions.bonus_minor IS 'Brand Referral Bonus, in minor units.';
COMMENT ON COLUMN answer_conversions.commission_minor IS 'Commission, in minor units.';
COMMENT ON COLUMN answer_conversions.own_clicks IS 'Own counted clicks of this answer on links with this tag on this day, cut in the account''s zone. Repeats where an answer has two bases on a day.';
COMMENT ON COLUMN answer_conversions.window_clicks IS 'The same over the window that decided the split.';
