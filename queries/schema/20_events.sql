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
    open_fingerprint BIGINT,        -- of one more line that had no end yet when it was read
    is_rewound BOOLEAN NOT NULL     -- a batch of it was taken back: next time it is read from its start
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
-- Nothing in it narrows an address down to fewer than 2^23: the hash covers 8 bits of it and the line without it, or (negative)
-- the request id without it.
CREATE TABLE IF NOT EXISTS internal.fingerprints (
    batch_id INTEGER NOT NULL, source_id INTEGER NOT NULL, line_number BIGINT NOT NULL,
    occurred_at TIMESTAMP,          -- UTC; NULL of a rejected line
    fingerprint BIGINT NOT NULL, outcome UTINYINT NOT NULL
);

-- Lines that were stored by another log already: with internal.fingerprints this is how often each log holds each line.
CREATE TABLE IF NOT EXISTS internal.repeats (
    source_id INTEGER NOT NULL,
    batch_id INTEGER,               -- NULL where the log brought nothing new, and so made no batch
    line_number BIGINT NOT NULL,    -- negative where schema 1 took it in, which did not keep it
    occurred_at TIMESTAMP, fingerprint BIGINT NOT NULL
);

-- Batches that were taken back; their numbers are not used again.
CREATE TABLE IF NOT EXISTS internal.undone (
    batch_id INTEGER NOT NULL, file VARCHAR NOT NULL, lines BIGINT NOT NULL, undone_at TIMESTAMP NOT NULL
);

-- The keys of the next batch and of the next log that is new.
CREATE OR REPLACE VIEW internal.next_ids AS
SELECT
    greatest((SELECT coalesce(max(batch_id), 0) FROM internal.batches), (SELECT coalesce(max(batch_id), 0) FROM internal.undone)) + 1
        AS batch_id,
    greatest(
        (SELECT coalesce(max(source_id), 0) FROM internal.sources),
        (SELECT coalesce(max(source_id), 0) FROM internal.batches),
        (SELECT coalesce(max(source_id), 0) FROM internal.repeats)
    ) + 1 AS source_id;

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
    is_same_click BOOLEAN NOT NULL, -- the same event, by the id that its beacon sent, or a redirect beside its beacon
    event_id BIGINT NOT NULL,
    batch_id INTEGER NOT NULL,
    line_number BIGINT NOT NULL,
    sender BIGINT,                  -- of a click or an impression: keyed hash of the address alone, on that day
    is_flood BOOLEAN DEFAULT false  -- its visitor or its sender sent more of its kind that day than people do
);

ALTER TABLE internal.events ADD COLUMN IF NOT EXISTS sender BIGINT;
ALTER TABLE internal.events ADD COLUMN IF NOT EXISTS is_flood BOOLEAN DEFAULT false;

-- What each log shows of a visitor's day, whichever log its lines are stored from: what verdicts by behaviour rest on.
CREATE TABLE IF NOT EXISTS internal.traces (
    batch_id INTEGER,               -- NULL where the log brought nothing new, and so made no batch
    source_id INTEGER NOT NULL, visitor BIGINT NOT NULL, day DATE NOT NULL,
    signs UTINYINT NOT NULL         -- added up: 1 page view in the log, 2 page shown otherwise, 4 asset, 8 robots.txt, 16 script ran, 32 click
                                    -- that says on which page, to a network or within the site
);

-- Verdicts by behaviour: about a visitor, hence about one day.
CREATE TABLE IF NOT EXISTS internal.verdicts (visitor BIGINT NOT NULL, day DATE NOT NULL, class VARCHAR NOT NULL, reason VARCHAR NOT NULL);

CREATE OR REPLACE VIEW internal.labelled_events AS
SELECT
    e.kind AS event_kind, e.event_id, e.occurred_at, e.day, strftime(e.day, '%G-W%V') AS iso_week,
    p.site, p.lang, p.path, p.answer, p.kind AS page_kind,
    e.visitor, e.session_id, e.origin_key, e.session_origin_key, e.target_key, e.via, e.is_same_click, e.is_flood,
    ua.user_agent_id, ua.device,
    ua.class NOT IN ('human', 'internal') OR v.visitor IS NOT NULL AS is_bot,
    CASE WHEN ua.class NOT IN ('human', 'internal') THEN ua.reason ELSE v.reason END AS bot_reason,
    e.is_internal OR ua.class = 'internal' AS is_internal,
    e.batch_id, e.line_number
FROM internal.events AS e
JOIN internal.user_agents AS ua USING (user_agent_key)
LEFT JOIN internal.paths AS p USING (path_key)
LEFT JOIN internal.verdicts AS v ON v.visitor = e.visitor AND v.day = e.day;

-- Anyone can call a beacon, with any URL and for any page: where the site was scanned, both must be known to it. A page is judged only
-- where answers of its site are known; one that was renamed is known by its new slug.
CREATE OR REPLACE VIEW internal.foreign_targets AS
SELECT
    t.target_key,
    NOT (u.is_on_site OR u.is_redirect OR u.network IS NOT NULL) AND EXISTS (SELECT 1 FROM internal.pages) AS is_foreign_url,
    CASE
        WHEN p.path_key IS NULL THEN EXISTS (SELECT 1 FROM internal.pages)
        ELSE p.answer IS NOT NULL
            AND p.site IN (SELECT site FROM internal.pages WHERE answer IS NOT NULL)
            AND lower(p.answer) NOT IN (SELECT lower(answer) FROM internal.pages WHERE answer IS NOT NULL)
            AND p.path NOT IN (SELECT path FROM internal.pages)
    END AS is_foreign_page
FROM internal.targets AS t
JOIN internal.urls AS u USING (url_key)
LEFT JOIN internal.paths AS p ON p.path_key = t.path_key;

CREATE OR REPLACE VIEW pageviews AS
SELECT
    e.event_id, e.occurred_at, e.day, e.iso_week, e.site, e.lang, e.path, e.answer, e.page_kind, e.visitor, e.session_id,
    NULL::VARCHAR AS slot, NULL::INTEGER AS ordinal, NULL::BIGINT AS url_id,
    o.referrer_host, s.channel, e.device, e.user_agent_id, e.is_bot, e.bot_reason,
    NOT (e.is_bot OR e.is_internal OR e.is_same_click) AS is_counted,
    CASE WHEN e.is_bot THEN 'bot' WHEN e.is_internal THEN 'internal' WHEN e.is_same_click THEN 'same_click' END AS uncounted_reason,
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
    NOT (e.is_bot OR e.is_internal OR e.is_same_click OR f.is_foreign_url OR f.is_foreign_page OR e.is_flood) AS is_counted,
    CASE
        WHEN e.is_bot THEN 'bot'
        WHEN e.is_internal THEN 'internal'
        WHEN e.is_same_click THEN 'same_click'
        WHEN f.is_foreign_url OR f.is_foreign_page THEN 'foreign_target'
        WHEN e.is_flood THEN 'flood'
    END AS uncounted_reason,
    e.batch_id, e.line_number
FROM internal.labelled_events AS e
JOIN internal.targets AS t ON t.target_key = e.target_key
JOIN internal.foreign_targets AS f ON f.target_key = e.target_key
JOIN internal.urls AS u ON u.url_key = t.url_key
LEFT JOIN internal.origins AS o ON o.origin_key = e.origin_key
LEFT JOIN internal.origins AS s ON s.origin_key = e.session_origin_key
WHERE e.event_kind = 2;

CREATE OR REPLACE VIEW clicks AS
WITH labelled AS (
    SELECT
        e.*, t.slot, t.ordinal, t.cta, u.url_id, u.url, u.kind AS url_kind, o.referrer_host, s.channel,
        f.is_foreign_url OR e.via = 1 AND f.is_foreign_page AS is_foreign
    FROM internal.labelled_events AS e
    JOIN internal.targets AS t ON t.target_key = e.target_key
    JOIN internal.foreign_targets AS f ON f.target_key = e.target_key
    JOIN internal.urls AS u ON u.url_key = t.url_key
    LEFT JOIN internal.origins AS o ON o.origin_key = e.origin_key
    LEFT JOIN internal.origins AS s ON s.origin_key = e.session_origin_key
    WHERE e.event_kind = 3
)
SELECT
    event_id, occurred_at, day, iso_week, site, lang, path, answer, page_kind, visitor, session_id, slot, ordinal, url_id,
    referrer_host, channel, device, user_agent_id, is_bot, bot_reason,
    NOT (is_bot OR is_internal OR is_same_click OR is_foreign OR is_flood) AS is_counted,
    CASE
        WHEN is_bot THEN 'bot'
        WHEN is_internal THEN 'internal'
        WHEN is_same_click THEN 'same_click'
        WHEN is_foreign THEN 'foreign_target'
        WHEN is_flood THEN 'flood'
    END AS uncounted_reason,
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

COMMENT ON VIEW pageviews IS 'A page view: GET, status 200 or 304, a path of a known page kind, no prefetch.';
COMMENT ON COLUMN pageviews.event_id IS 'Key: the same event has the same key in every warehouse.';
COMMENT ON COLUMN pageviews.occurred_at IS 'When, UTC.';
COMMENT ON COLUMN pageviews.day IS 'Day in the site''s zone.';
COMMENT ON COLUMN pageviews.iso_week IS 'ISO week in the site''s zone, such as 2026-W46.';
COMMENT ON COLUMN pageviews.site IS 'Name of the site.';
COMMENT ON COLUMN pageviews.lang IS 'Language of the page, where the contract tells it.';
COMMENT ON COLUMN pageviews.path IS 'Path of the page; NULL where a redirect hit came without an own referrer.';
COMMENT ON COLUMN pageviews.answer IS 'Slug of the answer; NULL where the page is none.';
COMMENT ON COLUMN pageviews.page_kind IS 'Kind of the page by the contract.';
COMMENT ON COLUMN pageviews.visitor IS 'Keyed hash of address and user agent: one person on one day; NULL where none may be known.';
COMMENT ON COLUMN pageviews.session_id IS 'Key into sessions; NULL without visitor.';
COMMENT ON COLUMN pageviews.slot IS 'Always NULL.';
COMMENT ON COLUMN pageviews.ordinal IS 'Always NULL.';
COMMENT ON COLUMN pageviews.url_id IS 'Always NULL.';
COMMENT ON COLUMN pageviews.referrer_host IS 'Host of the referrer of this request.';
COMMENT ON COLUMN pageviews.channel IS 'Channel of the session, by GA4''s default rules; AI assistants are a channel of their own.';
COMMENT ON COLUMN pageviews.device IS 'phone, tablet, desktop or other, by the user agent.';
COMMENT ON COLUMN pageviews.user_agent_id IS 'Key into user_agents.';
COMMENT ON COLUMN pageviews.is_bot IS 'Whether the user agent or the visitor''s behaviour is a bot''s.';
COMMENT ON COLUMN pageviews.bot_reason IS 'What says so.';
COMMENT ON COLUMN pageviews.is_counted IS 'Whether it counts in metrics.';
COMMENT ON COLUMN pageviews.uncounted_reason IS 'NULL, or why not: bot, internal, same_click, foreign_target or flood.';
COMMENT ON COLUMN pageviews.batch_id IS 'Key into batches.';
COMMENT ON COLUMN pageviews.line_number IS 'Line in the file, from 1.';

COMMENT ON VIEW impressions IS 'A CTA that came into view, as the beacon sent it.';
COMMENT ON COLUMN impressions.event_id IS 'Key: the same event has the same key in every warehouse.';
COMMENT ON COLUMN impressions.occurred_at IS 'When, UTC.';
COMMENT ON COLUMN impressions.day IS 'Day in the site''s zone.';
COMMENT ON COLUMN impressions.iso_week IS 'ISO week in the site''s zone, such as 2026-W46.';
COMMENT ON COLUMN impressions.site IS 'Name of the site.';
COMMENT ON COLUMN impressions.lang IS 'Language of the page, where the contract tells it.';
COMMENT ON COLUMN impressions.path IS 'Path of the page; NULL where a redirect hit came without an own referrer.';
COMMENT ON COLUMN impressions.answer IS 'Slug of the answer; NULL where the page is none.';
COMMENT ON COLUMN impressions.page_kind IS 'Kind of the page by the contract.';
COMMENT ON COLUMN impressions.visitor IS 'Keyed hash of address and user agent: one person on one day; NULL where none may be known.';
COMMENT ON COLUMN impressions.session_id IS 'Key into sessions; NULL without visitor.';
COMMENT ON COLUMN impressions.slot IS 'Name of the place on the page.';
COMMENT ON COLUMN impressions.ordinal IS 'Count over equal URLs of the page, from 1.';
COMMENT ON COLUMN impressions.url_id IS 'Key into urls.';
COMMENT ON COLUMN impressions.referrer_host IS 'Host of the referrer of this request.';
COMMENT ON COLUMN impressions.channel IS 'Channel of the session, by GA4''s default rules; AI assistants are a channel of their own.';
COMMENT ON COLUMN impressions.device IS 'phone, tablet, desktop or other, by the user agent.';
COMMENT ON COLUMN impressions.user_agent_id IS 'Key into user_agents.';
COMMENT ON COLUMN impressions.is_bot IS 'Whether the user agent or the visitor''s behaviour is a bot''s.';
COMMENT ON COLUMN impressions.bot_reason IS 'What says so.';
COMMENT ON COLUMN impressions.is_counted IS 'Whether it counts in metrics.';
COMMENT ON COLUMN impressions.uncounted_reason IS 'NULL, or why not: bot, internal, same_click, foreign_target or flood.';
COMMENT ON COLUMN impressions.batch_id IS 'Key into batches.';
COMMENT ON COLUMN impressions.line_number IS 'Line in the file, from 1.';

COMMENT ON VIEW clicks IS 'A click on a link, from the beacon or from a redirect of the site.';
COMMENT ON COLUMN clicks.event_id IS 'Key: the same event has the same key in every warehouse.';
COMMENT ON COLUMN clicks.occurred_at IS 'When, UTC.';
COMMENT ON COLUMN clicks.day IS 'Day in the site''s zone.';
COMMENT ON COLUMN clicks.iso_week IS 'ISO week in the site''s zone, such as 2026-W46.';
COMMENT ON COLUMN clicks.site IS 'Name of the site.';
COMMENT ON COLUMN clicks.lang IS 'Language of the page, where the contract tells it.';
COMMENT ON COLUMN clicks.path IS 'Path of the page; NULL where a redirect hit came without an own referrer.';
COMMENT ON COLUMN clicks.answer IS 'Slug of the answer; NULL where the page is none.';
COMMENT ON COLUMN clicks.page_kind IS 'Kind of the page by the contract.';
COMMENT ON COLUMN clicks.visitor IS 'Keyed hash of address and user agent: one person on one day; NULL where none may be known.';
COMMENT ON COLUMN clicks.session_id IS 'Key into sessions; NULL without visitor.';
COMMENT ON COLUMN clicks.slot IS 'Name of the place on the page.';
COMMENT ON COLUMN clicks.ordinal IS 'Count over equal URLs of the page, from 1.';
COMMENT ON COLUMN clicks.url_id IS 'Key into urls.';
COMMENT ON COLUMN clicks.referrer_host IS 'Host of the referrer of this request.';
COMMENT ON COLUMN clicks.channel IS 'Channel of the session, by GA4''s default rules; AI assistants are a channel of their own.';
COMMENT ON COLUMN clicks.device IS 'phone, tablet, desktop or other, by the user agent.';
COMMENT ON COLUMN clicks.user_agent_id IS 'Key into user_agents.';
COMMENT ON COLUMN clicks.is_bot IS 'Whether the user agent or the visitor''s behaviour is a bot''s.';
COMMENT ON COLUMN clicks.bot_reason IS 'What says so.';
COMMENT ON COLUMN clicks.is_counted IS 'Whether it counts in metrics.';
COMMENT ON COLUMN clicks.uncounted_reason IS 'NULL, or why not: bot, internal, same_click, foreign_target or flood.';
COMMENT ON COLUMN clicks.batch_id IS 'Key into batches.';
COMMENT ON COLUMN clicks.line_number IS 'Line in the file, from 1.';
COMMENT ON COLUMN clicks.url IS 'The clicked URL.';
COMMENT ON COLUMN clicks.url_kind IS 'Its kind: amazon_store, product, external, ...';
COMMENT ON COLUMN clicks.cta IS 'Name of the CTA policy.';
COMMENT ON COLUMN clicks.via IS 'beacon or redirect.';
COMMENT ON COLUMN clicks.click_group IS 'amazon (Amazon, affiliate and short targets), product (a product page of the site) or other.';

COMMENT ON VIEW sessions IS 'A visit: events of one visitor without a pause of 30 minutes (configurable), within one day.';
COMMENT ON COLUMN sessions.session_id IS 'Key.';
COMMENT ON COLUMN sessions.site IS 'Name of the site.';
COMMENT ON COLUMN sessions.visitor IS 'The visitor of that day.';
COMMENT ON COLUMN sessions.day IS 'Day in the site''s zone.';
COMMENT ON COLUMN sessions.iso_week IS 'ISO week in the site''s zone.';
COMMENT ON COLUMN sessions.started_at IS 'First event, UTC.';
COMMENT ON COLUMN sessions.ended_at IS 'Last event, UTC.';
COMMENT ON COLUMN sessions.entry_path IS 'Path of the first event.';
COMMENT ON COLUMN sessions.entry_answer IS 'Answer of the first event; NULL where it was none.';
COMMENT ON COLUMN sessions.pages IS 'Page views.';
COMMENT ON COLUMN sessions.clicks IS 'Clicks, each once.';
COMMENT ON COLUMN sessions.channel IS 'Channel of its first event.';
COMMENT ON COLUMN sessions.referrer_host IS 'Referrer of its first event.';
COMMENT ON COLUMN sessions.device IS 'phone, tablet, desktop or other.';
COMMENT ON COLUMN sessions.is_bot IS 'Whether a bot''s.';

COMMENT ON VIEW batches IS 'What one ingestion took from one file: lines = pageviews + clicks + impressions + other + rejected + already_seen.';
COMMENT ON COLUMN batches.batch_id IS 'Key.';
COMMENT ON COLUMN batches.file IS 'The file as named.';
COMMENT ON COLUMN batches.log_format IS 'Format that was detected or given.';
COMMENT ON COLUMN batches.lines IS 'Lines read.';
COMMENT ON COLUMN batches.pageviews IS 'Lines that are page views.';
COMMENT ON COLUMN batches.clicks IS 'Lines that are clicks.';
COMMENT ON COLUMN batches.impressions IS 'Lines that are impressions.';
COMMENT ON COLUMN batches.other IS 'Other requests, by reason in other_reasons.';
COMMENT ON COLUMN batches.rejected IS 'Lines that were not understood: see rejected_lines.';
COMMENT ON COLUMN batches.already_seen IS 'Lines that an earlier batch took in.';
COMMENT ON COLUMN batches.other_reasons IS 'Reason to number of lines.';
COMMENT ON COLUMN batches.first_at IS 'Earliest time in it, UTC.';
COMMENT ON COLUMN batches.last_at IS 'Latest time in it, UTC.';
COMMENT ON COLUMN batches.ingested_at IS 'When it was taken in, UTC.';
COMMENT ON COLUMN batches.tool_version IS 'Version of cta-analytics that took it in.';

COMMENT ON VIEW rejected_lines IS 'A line that was not understood.';
COMMENT ON COLUMN rejected_lines.batch_id IS 'Key into batches.';
COMMENT ON COLUMN rejected_lines.file IS 'The file as named.';
COMMENT ON COLUMN rejected_lines.line_number IS 'Line in the file, from 1.';
COMMENT ON COLUMN rejected_lines.reason IS 'What was not understood.';
COMMENT ON COLUMN rejected_lines.line IS 'The line with addresses masked, at most 2,000 characters.';

COMMENT ON VIEW user_agents IS 'A distinct user agent, and who judged it how.';
COMMENT ON COLUMN user_agents.user_agent_id IS 'Key: the same user agent has the same key in every warehouse.';
COMMENT ON COLUMN user_agents.user_agent IS 'As logged; - where the client sent none, NULL where the log has none.';
COMMENT ON COLUMN user_agents.class IS 'human, internal, or crawler, ai_crawler, ai_assistant, link_preview, scanner, monitor, library, headless, unknown_bot.';
COMMENT ON COLUMN user_agents.reason IS 'Rule or pattern that judged it; NULL for human.';
COMMENT ON COLUMN user_agents.list_version IS 'Version of the rules and of crawler-user-agents.';
