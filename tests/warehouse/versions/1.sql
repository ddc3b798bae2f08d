-- The warehouse as schema version 1 made it (2026-11): its tables and views, without comments on columns.
-- The two schemas and what the warehouse says about itself.
-- `main` holds the public views, `internal` everything else. Statements are repeatable.

CREATE SCHEMA IF NOT EXISTS internal;

CREATE TABLE IF NOT EXISTS internal.meta (key VARCHAR PRIMARY KEY, value VARCHAR NOT NULL);

CREATE TABLE IF NOT EXISTS internal.published (
    published_at TIMESTAMP NOT NULL,
    complete_through TIMESTAMP,
    tool_version VARCHAR NOT NULL,
    schema_version INTEGER NOT NULL
);

CREATE OR REPLACE VIEW published AS
SELECT published_at, complete_through, tool_version, schema_version FROM internal.published;

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

CREATE OR REPLACE VIEW pages AS
SELECT site, lang, path, kind, answer, title, file, is_current, first_scanned_at, last_scanned_at FROM internal.pages;

CREATE OR REPLACE VIEW answers AS
SELECT site, lang, answer, title, path, kind, file, url, first_scanned_at, last_scanned_at
FROM internal.pages
WHERE is_current AND answer IS NOT NULL;

CREATE OR REPLACE VIEW revisions AS
SELECT site, path, answer, revision, opened_on, closed_on, is_assumed, ctas FROM internal.revisions;

CREATE OR REPLACE VIEW links AS
SELECT link_id, site, page, answer, position, href, url, url_id, text, heading, kind, placement, slot, ordinal, rel, target, cta,
    file, line, "column", href_start, href_end, departures
FROM internal.links;

CREATE OR REPLACE VIEW urls AS
SELECT url_id, url, canonical, kind, network, program, marketplace, host, store_brand, store_page, asin, tag, tag_level, tag_id,
    tracking_id, sub_tag, channel, utm_source, utm_medium, utm_campaign, utm_term, utm_content, utm_id, ga4_channel,
    target_answer, target_path, problems
FROM internal.urls;

-- What came in from logs: batches with their account, events, sessions, user agents, rejected lines.

CREATE TABLE IF NOT EXISTS internal.sources (
    source_id INTEGER NOT NULL,     -- one log, under whatever name: a grown or renamed file keeps its id
    file VARCHAR NOT NULL,          -- the name it last had
    log_format VARCHAR NOT NULL,
    head_sha256 VARCHAR NOT NULL,   -- of its first head_bytes bytes, unpacked
    head_bytes BIGINT NOT NULL,
    bytes BIGINT NOT NULL,          -- read so far, in whole lines
    tail_sha256 VARCHAR NOT NULL,   -- of the last tail_bytes bytes before that point
    tail_bytes BIGINT NOT NULL,
    lines BIGINT NOT NULL,          -- in those bytes
    open_fingerprint BIGINT         -- of one more line that had no end yet when it was read
);

-- A file that did not change, or a copy of a packed one, is known without unpacking it.
CREATE TABLE IF NOT EXISTS internal.stored_files (
    stamp VARCHAR, sha256 VARCHAR, source_id INTEGER NOT NULL, lines BIGINT NOT NULL
);

CREATE TABLE IF NOT EXISTS internal.batches (
    batch_id INTEGER NOT NULL, source_id INTEGER NOT NULL, file VARCHAR NOT NULL, log_format VARCHAR NOT NULL,
    lines BIGINT NOT NULL, pageviews BIGINT NOT NULL, clicks BIGINT NOT NULL, impressions BIGINT NOT NULL,
    other BIGINT NOT NULL, rejected BIGINT NOT NULL, already_seen BIGINT NOT NULL,
    other_reasons MAP(VARCHAR, BIGINT) NOT NULL,
    first_at TIMESTAMP, last_at TIMESTAMP, ingested_at TIMESTAMP NOT NULL, tool_version VARCHAR NOT NULL
);

-- Every line that was taken in, of whatever outcome: how a line that comes again in another log is known.
-- Nothing in it narrows an address down to fewer than 2^23: the hash covers 8 bits of it and the line without it.
CREATE TABLE IF NOT EXISTS internal.fingerprints (
    batch_id INTEGER NOT NULL, source_id INTEGER NOT NULL, line_number BIGINT NOT NULL,
    occurred_at TIMESTAMP,          -- UTC; NULL of a rejected line
    fingerprint BIGINT NOT NULL, outcome UTINYINT NOT NULL
);

-- Lines that were stored by another log already: with internal.fingerprints this is how often each log holds each line.
CREATE TABLE IF NOT EXISTS internal.repeats (
    source_id INTEGER NOT NULL, occurred_at TIMESTAMP, fingerprint BIGINT NOT NULL, copies BIGINT NOT NULL
);

CREATE TABLE IF NOT EXISTS internal.rejected_lines (
    batch_id INTEGER NOT NULL, line_number BIGINT NOT NULL, reason VARCHAR NOT NULL, line VARCHAR NOT NULL
);

CREATE TABLE IF NOT EXISTS internal.user_agents (
    user_agent_key INTEGER NOT NULL, user_agent_id BIGINT NOT NULL, user_agent VARCHAR,
    class VARCHAR NOT NULL, reason VARCHAR, list_version VARCHAR NOT NULL, device VARCHAR NOT NULL
);

-- What the contract makes of a path that occurs in a log.
CREATE TABLE IF NOT EXISTS internal.paths (
    path_key INTEGER NOT NULL, path VARCHAR NOT NULL, site VARCHAR NOT NULL, lang VARCHAR, kind VARCHAR NOT NULL, answer VARCHAR
);

-- Where a visit comes from: referrer and campaign parameters, and the channel that they make.
CREATE TABLE IF NOT EXISTS internal.origins (
    origin_key INTEGER NOT NULL, referrer_host VARCHAR,
    utm_source VARCHAR, utm_medium VARCHAR, utm_campaign VARCHAR, utm_term VARCHAR, utm_content VARCHAR, utm_id VARCHAR,
    channel VARCHAR NOT NULL
);

-- A thing that can be clicked or seen: the page it stands on, its URL, the slot as sent and its ordinal.
CREATE TABLE IF NOT EXISTS internal.targets (
    target_key INTEGER NOT NULL, path_key INTEGER, url_key INTEGER NOT NULL, sent_slot VARCHAR, ordinal INTEGER,
    slot VARCHAR, cta VARCHAR
);

CREATE TABLE IF NOT EXISTS internal.events (
    kind UTINYINT NOT NULL,         -- 1 page view, 2 impression, 3 click, 4 submitted form (counted as other: submit)
    occurred_at TIMESTAMP NOT NULL, -- UTC
    day DATE NOT NULL,              -- site zone
    path_key INTEGER,
    user_agent_key INTEGER NOT NULL,
    visitor BIGINT,
    session_id BIGINT,
    origin_key INTEGER,             -- of this request
    session_origin_key INTEGER,     -- of the first event of the session
    target_key INTEGER,
    via UTINYINT,                   -- 1 beacon, 2 redirect, 3 log
    beacon_id VARCHAR,
    is_internal BOOLEAN NOT NULL,   -- from an excluded network
    is_same_click BOOLEAN NOT NULL,
    event_id BIGINT NOT NULL,
    batch_id INTEGER NOT NULL,
    line_number BIGINT NOT NULL
);

-- Verdicts by behaviour: about a visitor, hence about one day.
CREATE TABLE IF NOT EXISTS internal.verdicts (visitor BIGINT NOT NULL, day DATE NOT NULL, class VARCHAR NOT NULL, reason VARCHAR NOT NULL);

CREATE OR REPLACE VIEW internal.labelled_events AS
SELECT
    e.kind AS event_kind, e.event_id, e.occurred_at, e.day, strftime(e.day, '%G-W%V') AS iso_week,
    p.site, p.lang, p.path, p.answer, p.kind AS page_kind,
    e.visitor, e.session_id, e.origin_key, e.session_origin_key, e.target_key, e.via, e.is_same_click,
    ua.user_agent_id, ua.device,
    ua.class NOT IN ('human', 'internal') OR v.visitor IS NOT NULL AS is_bot,
    CASE WHEN ua.class NOT IN ('human', 'internal') THEN ua.reason ELSE v.reason END AS bot_reason,
    e.is_internal OR ua.class = 'internal' AS is_internal,
    e.batch_id, e.line_number
FROM internal.events AS e
JOIN internal.user_agents AS ua USING (user_agent_key)
LEFT JOIN internal.paths AS p USING (path_key)
LEFT JOIN internal.verdicts AS v ON v.visitor = e.visitor AND v.day = e.day;

CREATE OR REPLACE VIEW pageviews AS
SELECT
    e.event_id, e.occurred_at, e.day, e.iso_week, e.site, e.lang, e.path, e.answer, e.page_kind, e.visitor, e.session_id,
    NULL::VARCHAR AS slot, NULL::INTEGER AS ordinal, NULL::BIGINT AS url_id,
    o.referrer_host, s.channel, e.device, e.user_agent_id, e.is_bot, e.bot_reason,
    NOT (e.is_bot OR e.is_internal) AS is_counted,
    CASE WHEN e.is_bot THEN 'bot' WHEN e.is_internal THEN 'internal' END AS uncounted_reason,
    e.batch_id, e.line_number
FROM internal.labelled_events AS e
LEFT JOIN internal.origins AS o ON o.origin_key = e.origin_key
LEFT JOIN internal.origins AS s ON s.origin_key = e.session_origin_key
WHERE e.event_kind = 1;

CREATE OR REPLACE VIEW impressions AS
SELECT
    e.event_id, e.occurred_at, e.day, e.iso_week, e.site, e.lang, e.path, e.answer, e.page_kind, e.visitor, e.session_id,
    t.slot, t.ordinal, u.url_id,
    o.referrer_host, s.channel, e.device, e.user_agent_id, e.is_bot, e.bot_reason,
    NOT (e.is_bot OR e.is_internal) AS is_counted,
    CASE WHEN e.is_bot THEN 'bot' WHEN e.is_internal THEN 'internal' END AS uncounted_reason,
    e.batch_id, e.line_number
FROM internal.labelled_events AS e
JOIN internal.targets AS t ON t.target_key = e.target_key
JOIN internal.urls AS u ON u.url_key = t.url_key
LEFT JOIN internal.origins AS o ON o.origin_key = e.origin_key
LEFT JOIN internal.origins AS s ON s.origin_key = e.session_origin_key
WHERE e.event_kind = 2;

CREATE OR REPLACE VIEW clicks AS
WITH labelled AS (
    SELECT
        e.*, t.slot, t.ordinal, t.cta, u.url_id, u.url, u.kind AS url_kind, o.referrer_host, s.channel,
        -- Anyone can call a beacon with any URL: where the site was scanned, a target must be known to it.
        NOT (u.is_on_site OR u.is_redirect OR u.network IS NOT NULL)
            AND EXISTS (SELECT 1 FROM internal.pages) AS is_foreign
    FROM internal.labelled_events AS e
    JOIN internal.targets AS t ON t.target_key = e.target_key
    JOIN internal.urls AS u ON u.url_key = t.url_key
    LEFT JOIN internal.origins AS o ON o.origin_key = e.origin_key
    LEFT JOIN internal.origins AS s ON s.origin_key = e.session_origin_key
    WHERE e.event_kind = 3
)
SELECT
    event_id, occurred_at, day, iso_week, site, lang, path, answer, page_kind, visitor, session_id, slot, ordinal, url_id,
    referrer_host, channel, device, user_agent_id, is_bot, bot_reason,
    NOT (is_bot OR is_internal OR is_same_click OR is_foreign) AS is_counted,
    CASE WHEN is_bot THEN 'bot' WHEN is_internal THEN 'internal' WHEN is_same_click THEN 'same_click' WHEN is_foreign THEN 'foreign_target' END
        AS uncounted_reason,
    batch_id, line_number,
    url, url_kind, cta,
    CASE via WHEN 1 THEN 'beacon' ELSE 'redirect' END AS via,
    CASE
        WHEN starts_with(url_kind, 'amazon_') OR url_kind IN ('affiliate', 'short') THEN 'amazon'
        WHEN url_kind = 'product' THEN 'product'
        ELSE 'other'
    END AS click_group
FROM labelled;

CREATE OR REPLACE VIEW sessions AS
WITH visits AS (
    SELECT
        e.session_id, e.visitor, e.day,
        min(e.occurred_at) AS started_at, max(e.occurred_at) AS ended_at,
        arg_min(e.path_key, (e.occurred_at, e.kind, e.event_id)) AS entry_path_key,
        count(*) FILTER (e.kind = 1) AS pages,
        count(*) FILTER (e.kind = 3 AND NOT e.is_same_click) AS clicks,
        any_value(e.session_origin_key) AS origin_key,
        any_value(e.user_agent_key) AS user_agent_key
    FROM internal.events AS e
    WHERE e.session_id IS NOT NULL
    GROUP BY e.session_id, e.visitor, e.day
)
SELECT
    s.session_id, p.site, s.visitor, s.day, strftime(s.day, '%G-W%V') AS iso_week, s.started_at, s.ended_at,
    p.path AS entry_path, p.answer AS entry_answer, s.pages, s.clicks, o.channel, o.referrer_host, ua.device,
    ua.class NOT IN ('human', 'internal') OR v.visitor IS NOT NULL AS is_bot
FROM visits AS s
JOIN internal.user_agents AS ua USING (user_agent_key)
LEFT JOIN internal.paths AS p ON p.path_key = s.entry_path_key
LEFT JOIN internal.origins AS o ON o.origin_key = s.origin_key
LEFT JOIN internal.verdicts AS v ON v.visitor = s.visitor AND v.day = s.day;

CREATE OR REPLACE VIEW batches AS
SELECT batch_id, file, log_format, lines, pageviews, clicks, impressions, other, rejected, already_seen, other_reasons,
    first_at, last_at, ingested_at, tool_version
FROM internal.batches;

CREATE OR REPLACE VIEW rejected_lines AS
SELECT r.batch_id, b.file, r.line_number, r.reason, r.line
FROM internal.rejected_lines AS r
JOIN internal.batches AS b USING (batch_id);

CREATE OR REPLACE VIEW user_agents AS
SELECT user_agent_id, user_agent, class, reason, list_version FROM internal.user_agents;

-- What networks reported, every version of it, and what of it belongs to which answer.
-- Dimensions that a report does not give are stored as '' and shown as NULL.

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

-- The following four are derived from the contract, the scanned links and the rows above; attribution.py fills them anew.

-- The tags that a URL carries, as the reports of a source name them.
CREATE TABLE IF NOT EXISTS internal.link_tags (source VARCHAR NOT NULL, url_id BIGINT NOT NULL, tag VARCHAR NOT NULL);

-- The tags that the contract gives to one answer.
CREATE TABLE IF NOT EXISTS internal.contract_tags (source VARCHAR NOT NULL, tag VARCHAR NOT NULL, answer VARCHAR NOT NULL);

-- The tag that a reported key stands for; NULL where nothing ties it to one.
CREATE TABLE IF NOT EXISTS internal.conversion_keys (
    source VARCHAR NOT NULL, level VARCHAR NOT NULL, campaign VARCHAR NOT NULL, ad_group VARCHAR NOT NULL, creative VARCHAR NOT NULL,
    stated_tag VARCHAR NOT NULL, tag VARCHAR, tied_by VARCHAR
);

-- How the days of an account are to be compared with our clicks.
CREATE TABLE IF NOT EXISTS internal.accounts (
    source VARCHAR NOT NULL, account VARCHAR NOT NULL, timezone VARCHAR, window_days INTEGER NOT NULL
);

-- The one answer that a tag belonged to in the window of a day.
CREATE TABLE IF NOT EXISTS internal.measured_tags (source VARCHAR NOT NULL, account VARCHAR NOT NULL, tag VARCHAR NOT NULL, day DATE NOT NULL, answer VARCHAR NOT NULL);

CREATE TABLE IF NOT EXISTS internal.answer_conversions (
    answer VARCHAR, day DATE NOT NULL, source VARCHAR NOT NULL, account VARCHAR NOT NULL, tag VARCHAR, currency VARCHAR NOT NULL,
    basis VARCHAR NOT NULL,
    clicks_through DECIMAL(18, 4), detail_views DECIMAL(18, 4), carts DECIMAL(18, 4), orders DECIMAL(18, 4), units DECIMAL(18, 4),
    sales_minor BIGINT, bonus_minor BIGINT, commission_minor BIGINT,
    own_clicks BIGINT, window_clicks BIGINT
);

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

-- Which levels speak of a day. Campaigns, ad groups and creatives state the same sales again, in reports of different times: a level
-- that is older than the newest by over a day is left out, unless it is finer than all that are as new (it still says more than
-- none). The widest level that is used is the day's total.
CREATE OR REPLACE VIEW internal.conversion_levels AS
WITH stated AS (
    SELECT DISTINCT i.source, i.account, i.report, i.level, r.day, d.known_from,
        CASE i.level WHEN 'campaign' THEN 1 WHEN 'adgroup' THEN 2 ELSE 3 END AS depth
    FROM internal.conversion_rows AS r
    JOIN internal.imports AS i USING (import_id)
    JOIN internal.import_days AS d ON d.import_id = r.import_id AND d.day = r.day AND d.known_to IS NULL
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
    r.import_id, i.file, r.row_number, d.known_from, d.known_to, nullif(r.advertiser, '') AS advertiser
FROM internal.conversion_rows AS r
JOIN internal.imports AS i USING (import_id)
JOIN internal.import_days AS d ON d.import_id = r.import_id AND d.day = r.day
LEFT JOIN internal.conversion_keys AS k
    ON k.source = i.source AND k.level = i.level AND k.campaign = r.campaign AND k.ad_group = r.ad_group AND k.creative = r.creative
    AND k.stated_tag = r.stated_tag
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
FROM internal.answer_conversions;

-- Daily facts: one answer and one day, one answer and one week, and the reports that were made.
-- Every event column follows from the views pageviews, clicks and impressions; docs/metrics.md shows how.

CREATE TABLE IF NOT EXISTS internal.report_runs (
    run_id BIGINT NOT NULL, made_at TIMESTAMP NOT NULL, tool_version VARCHAR NOT NULL, period_from DATE NOT NULL,
    period_to DATE NOT NULL, file VARCHAR NOT NULL, contract_sha256 VARCHAR, bot_list VARCHAR,
    batches BIGINT[] NOT NULL, imports VARCHAR[] NOT NULL
);

-- What happens on answers, as one list.
CREATE OR REPLACE VIEW internal.answer_events AS
SELECT 'view' AS event, site, lang, answer, day, visitor, session_id, is_counted, is_bot, NULL AS click_group
FROM pageviews
WHERE answer IS NOT NULL
UNION ALL
SELECT 'click', site, lang, answer, day, visitor, session_id, is_counted, is_bot, click_group
FROM clicks
WHERE answer IS NOT NULL
UNION ALL
SELECT 'impression', site, lang, answer, day, visitor, session_id, is_counted, is_bot, NULL
FROM impressions
WHERE answer IS NOT NULL;

-- One visitor (or NULL: nobody may be told apart) in one session on one answer and day.
CREATE OR REPLACE VIEW internal.answer_visits AS
SELECT
    site, lang, answer, day, visitor, session_id,
    count(*) FILTER (event = 'view' AND is_counted) AS views,
    count(*) FILTER (event = 'click' AND is_counted) AS clicks,
    count(*) FILTER (event = 'click' AND is_counted AND click_group = 'amazon') AS amazon_clicks,
    count(*) FILTER (event = 'click' AND is_counted AND click_group = 'product') AS product_clicks,
    count(*) FILTER (event = 'impression' AND is_counted) AS impressions,
    count(*) FILTER (event = 'view' AND is_bot) AS bot_views,
    count(*) FILTER (event = 'click' AND is_bot) AS bot_clicks
FROM internal.answer_events
GROUP BY site, lang, answer, day, visitor, session_id;

-- The site's answers together: a visitor who read three answers on a day counts once. Counts and visitors apart, because
-- grouping by visitor is what costs: on 3 million views 0.8 s of processor time, and 2.4 s where both are done at once.
CREATE OR REPLACE VIEW internal.site_days AS
WITH counts AS (
    SELECT
        day,
        count(*) FILTER (event = 'view' AND is_counted) AS views,
        count(*) FILTER (event = 'click' AND is_counted) AS clicks,
        count(*) FILTER (event = 'click' AND is_counted AND click_group = 'amazon') AS amazon_clicks,
        count(*) FILTER (event = 'click' AND is_counted AND click_group = 'product') AS product_clicks,
        count(*) FILTER (event = 'impression' AND is_counted) AS impressions,
        count(*) FILTER (event = 'view' AND is_bot) AS bot_views,
        count(*) FILTER (event = 'click' AND is_bot) AS bot_clicks
    FROM internal.answer_events
    GROUP BY day
),
-- What a visitor did on a day: 1 viewed, 2 clicked to Amazon or a product page, 3 both.
deeds AS (
    SELECT
        day, visitor,
        bit_or(CASE WHEN event = 'view' THEN 1 WHEN click_group IN ('amazon', 'product') THEN 2 ELSE 0 END) AS done
    FROM internal.answer_events
    WHERE is_counted AND visitor IS NOT NULL
    GROUP BY day, visitor
),
people AS (
    SELECT day, count(*) FILTER (done & 1 = 1) AS visitors, count(*) FILTER (done = 3) AS clicking_visitors
    FROM deeds
    GROUP BY day
)
SELECT
    c.day, c.views, coalesce(p.visitors, 0) AS visitors, c.clicks, c.amazon_clicks, c.product_clicks,
    coalesce(p.clicking_visitors, 0) AS clicking_visitors, c.impressions, c.bot_views, c.bot_clicks
FROM counts AS c
LEFT JOIN people AS p USING (day);

-- What the source of `[report] sales_from` says of an answer's day. A masked figure is unknown, hence NULL and not 0;
-- counts of several currencies are added, their money is not. Amazon knows no site and no language: where a slug has
-- several, its sales stand with the first.
CREATE OR REPLACE VIEW internal.answer_sales AS
WITH homes AS (
    SELECT answer, min((site, coalesce(lang, ''))) AS home
    FROM (SELECT answer, site, lang FROM answers UNION SELECT answer, site, lang FROM internal.paths WHERE answer IS NOT NULL) AS known
    GROUP BY answer
),
of_source AS (
    SELECT *, basis IN ('measured', 'allocated') AS is_known
    FROM answer_conversions
    WHERE answer IS NOT NULL
        AND source = coalesce((SELECT value FROM internal.meta WHERE key = 'sales_from'), 'amazon_attribution')
)
SELECT
    h.home[1] AS site, nullif(h.home[2], '') AS lang, s.answer, s.day,
    CASE WHEN count(DISTINCT s.currency) = 1 THEN any_value(s.currency) END AS currency,
    CASE
        WHEN bool_or(s.basis = 'allocated') AND bool_or(s.basis = 'measured') THEN 'mixed'
        WHEN bool_or(s.basis = 'allocated') THEN 'allocated'
        WHEN bool_or(s.basis = 'measured') THEN 'measured'
        WHEN bool_or(s.basis = 'masked') THEN 'masked'
        ELSE 'masked_or_zero'
    END AS basis,
    sum(s.clicks_through) FILTER (s.is_known) AS clicks_through,
    sum(s.detail_views) FILTER (s.is_known) AS detail_views,
    sum(s.carts) FILTER (s.is_known) AS carts,
    sum(s.orders) FILTER (s.is_known) AS orders,
    sum(s.units) FILTER (s.is_known) AS units,
    CASE WHEN count(DISTINCT s.currency) = 1 THEN sum(s.sales_minor) FILTER (s.is_known) END AS sales_minor,
    CASE WHEN count(DISTINCT s.currency) = 1 THEN sum(s.bonus_minor) FILTER (s.is_known) END AS bonus_minor,
    CASE WHEN count(DISTINCT s.currency) = 1 THEN sum(s.commission_minor) FILTER (s.is_known) END AS commission_minor
FROM of_source AS s
LEFT JOIN homes AS h USING (answer)
GROUP BY h.home, s.answer, s.day;

CREATE OR REPLACE VIEW answer_days AS
WITH by_visitor AS (
    SELECT
        site, lang, answer, day, visitor, sum(views) AS views, sum(clicks) AS clicks, sum(amazon_clicks) AS amazon_clicks,
        sum(product_clicks) AS product_clicks, sum(impressions) AS impressions, sum(bot_views) AS bot_views,
        sum(bot_clicks) AS bot_clicks, count(*) FILTER (session_id IS NOT NULL AND views > 0) AS sessions
    FROM internal.answer_visits
    GROUP BY site, lang, answer, day, visitor
),
-- Joined by adding up and not by a full join, so that a filter on the day reaches the events.
event_and_sale_days AS (
    SELECT
        site, lang, answer, day,
        sum(views) AS views, count(*) FILTER (visitor IS NOT NULL AND views > 0) AS visitors, sum(sessions) AS sessions,
        sum(clicks) AS clicks, sum(amazon_clicks) AS amazon_clicks, sum(product_clicks) AS product_clicks,
        count(*) FILTER (visitor IS NOT NULL AND views > 0 AND amazon_clicks + product_clicks > 0) AS clicking_visitors,
        sum(impressions) AS impressions, sum(bot_views) AS bot_views, sum(bot_clicks) AS bot_clicks,
        NULL AS currency, NULL AS basis, NULL AS clicks_through, NULL AS detail_views, NULL AS carts, NULL AS orders, NULL AS units,
        NULL AS sales_minor, NULL AS bonus_minor, NULL AS commission_minor
    FROM by_visitor
    GROUP BY site, lang, answer, day
    UNION ALL
    SELECT
        site, lang, answer, day, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
        currency, basis, clicks_through, detail_views, carts, orders, units, sales_minor, bonus_minor, commission_minor
    FROM internal.answer_sales
),
-- A path tells its language only where the contract's pattern does; the scanned page tells it too.
languages AS (
    SELECT site, answer, min(lang) AS lang FROM answers GROUP BY site, answer HAVING count(DISTINCT lang) = 1
)
SELECT
    site, lang, answer, day, strftime(day, '%G-W%V') AS iso_week,
    sum(views)::BIGINT AS views, sum(visitors)::BIGINT AS visitors, sum(sessions)::BIGINT AS sessions,
    sum(clicks)::BIGINT AS clicks, sum(amazon_clicks)::BIGINT AS amazon_clicks, sum(product_clicks)::BIGINT AS product_clicks,
    sum(clicks - amazon_clicks - product_clicks)::BIGINT AS other_clicks,
    sum(clicking_visitors)::BIGINT AS clicking_visitors, sum(impressions)::BIGINT AS impressions,
    sum(bot_views)::BIGINT AS bot_views, sum(bot_clicks)::BIGINT AS bot_clicks,
    max(currency) AS currency, max(basis) AS basis,
    sum(clicks_through)::DECIMAL(18, 4) AS clicks_through, sum(detail_views)::DECIMAL(18, 4) AS detail_views,
    sum(carts)::DECIMAL(18, 4) AS carts, sum(orders)::DECIMAL(18, 4) AS orders, sum(units)::DECIMAL(18, 4) AS units,
    sum(sales_minor)::BIGINT AS sales_minor, sum(bonus_minor)::BIGINT AS bonus_minor,
    sum(commission_minor)::BIGINT AS commission_minor
FROM (
    SELECT days.* REPLACE (coalesce(days.lang, languages.lang) AS lang)
    FROM event_and_sale_days AS days
    LEFT JOIN languages USING (site, answer)
) AS known
GROUP BY site, lang, answer, day;

CREATE OR REPLACE VIEW answer_weeks AS
SELECT
    site, lang, answer, iso_week,
    sum(views)::BIGINT AS views, sum(visitors)::BIGINT AS visitor_days, sum(sessions)::BIGINT AS sessions,
    sum(clicks)::BIGINT AS clicks, sum(amazon_clicks)::BIGINT AS amazon_clicks,
    sum(product_clicks)::BIGINT AS product_clicks, sum(other_clicks)::BIGINT AS other_clicks,
    sum(clicking_visitors)::BIGINT AS clicking_visitors, sum(impressions)::BIGINT AS impressions,
    sum(bot_views)::BIGINT AS bot_views, sum(bot_clicks)::BIGINT AS bot_clicks,
    CASE WHEN count(DISTINCT currency) = 1 THEN any_value(currency) END AS currency,
    CASE
        WHEN bool_or(basis = 'mixed') OR bool_or(basis = 'allocated') AND bool_or(basis = 'measured') THEN 'mixed'
        WHEN bool_or(basis = 'allocated') THEN 'allocated'
        WHEN bool_or(basis = 'measured') THEN 'measured'
        WHEN bool_or(basis = 'masked') THEN 'masked'
        WHEN bool_or(basis = 'masked_or_zero') THEN 'masked_or_zero'
    END AS basis,
    sum(clicks_through)::DECIMAL(18, 4) AS clicks_through, sum(detail_views)::DECIMAL(18, 4) AS detail_views,
    sum(carts)::DECIMAL(18, 4) AS carts, sum(orders)::DECIMAL(18, 4) AS orders, sum(units)::DECIMAL(18, 4) AS units,
    CASE WHEN count(DISTINCT currency) = 1 THEN sum(sales_minor)::BIGINT END AS sales_minor,
    CASE WHEN count(DISTINCT currency) = 1 THEN sum(bonus_minor)::BIGINT END AS bonus_minor,
    CASE WHEN count(DISTINCT currency) = 1 THEN sum(commission_minor)::BIGINT END AS commission_minor
FROM answer_days
GROUP BY site, lang, answer, iso_week;

CREATE OR REPLACE VIEW report_runs AS
SELECT run_id, made_at, tool_version, period_from, period_to, file, contract_sha256, bot_list, batches, imports
FROM internal.report_runs;

