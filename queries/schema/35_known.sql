-- What reports rest on, as it was known from when to when: facts of days, and what batches, pages and links were.
-- A changed fact closes its row (known_to) and opens another (known_from); both are UTC instants at which the warehouse learned it.
-- `SET VARIABLE as_known_on = TIMESTAMP '…'` (UTC) shows what was known then, also through the public views that rest on these tables.
-- Each has a view of the same name with _anew, by which it is worked out from what is stored: 65_anew.sql.

CREATE TABLE IF NOT EXISTS internal.answer_day_facts (
    day DATE NOT NULL, site VARCHAR NOT NULL, lang VARCHAR, answer VARCHAR NOT NULL,
    views BIGINT NOT NULL, visitors BIGINT NOT NULL, sessions BIGINT NOT NULL, clicks BIGINT NOT NULL, amazon_clicks BIGINT NOT NULL,
    product_clicks BIGINT NOT NULL, clicking_visitors BIGINT NOT NULL, impressions BIGINT NOT NULL, bot_views BIGINT NOT NULL,
    bot_clicks BIGINT NOT NULL,
    known_from TIMESTAMP, known_to TIMESTAMP
);

-- All pages: lines (events of any kind) and the time of the last; the rest is about answers, where a visitor of three counts once.
CREATE TABLE IF NOT EXISTS internal.site_day_facts (
    day DATE NOT NULL, lines BIGINT NOT NULL, last_at TIMESTAMP NOT NULL,
    views BIGINT NOT NULL, visitors BIGINT NOT NULL, clicks BIGINT NOT NULL, amazon_clicks BIGINT NOT NULL,
    product_clicks BIGINT NOT NULL, clicking_visitors BIGINT NOT NULL, impressions BIGINT NOT NULL, bot_views BIGINT NOT NULL,
    bot_clicks BIGINT NOT NULL,
    known_from TIMESTAMP, known_to TIMESTAMP
);

CREATE TABLE IF NOT EXISTS internal.channel_day_facts (
    day DATE NOT NULL, channel VARCHAR NOT NULL, views BIGINT NOT NULL, visitors BIGINT NOT NULL, clicking_visitors BIGINT NOT NULL,
    known_from TIMESTAMP, known_to TIMESTAMP
);

-- Clicks on any page, by whatever metrics tell apart.
CREATE TABLE IF NOT EXISTS internal.click_day_facts (
    day DATE NOT NULL, site VARCHAR, path VARCHAR, answer VARCHAR, page_kind VARCHAR, url_id BIGINT NOT NULL, ordinal INTEGER,
    click_group VARCHAR NOT NULL, via VARCHAR NOT NULL, is_counted BOOLEAN NOT NULL, uncounted_reason VARCHAR, clicks BIGINT NOT NULL,
    known_from TIMESTAMP, known_to TIMESTAMP
);

-- Page views and clicks on any page; class as the metric bots has it.
CREATE TABLE IF NOT EXISTS internal.agent_day_facts (
    day DATE NOT NULL, class VARCHAR NOT NULL, user_agent_id BIGINT NOT NULL, views BIGINT NOT NULL, clicks BIGINT NOT NULL,
    known_from TIMESTAMP, known_to TIMESTAMP
);

-- Clicks on product pages that an answer led to: with how many other answers, and whether it was read last or first.
CREATE TABLE IF NOT EXISTS internal.assisted_day_facts (
    day DATE NOT NULL, answer VARCHAR NOT NULL, product_path VARCHAR NOT NULL, answers BIGINT NOT NULL, is_last BOOLEAN NOT NULL,
    is_first BOOLEAN NOT NULL, clicks BIGINT NOT NULL,
    known_from TIMESTAMP, known_to TIMESTAMP
);

CREATE TABLE IF NOT EXISTS internal.batch_day_facts (
    day DATE NOT NULL, batch_id INTEGER NOT NULL, events BIGINT NOT NULL,
    known_from TIMESTAMP, known_to TIMESTAMP
);

CREATE TABLE IF NOT EXISTS internal.batch_facts (
    batch_id INTEGER NOT NULL, file VARCHAR NOT NULL, log_format VARCHAR NOT NULL, lines BIGINT NOT NULL, pageviews BIGINT NOT NULL,
    clicks BIGINT NOT NULL, impressions BIGINT NOT NULL, other BIGINT NOT NULL, rejected BIGINT NOT NULL, already_seen BIGINT NOT NULL,
    first_at TIMESTAMP, last_at TIMESTAMP,
    known_from TIMESTAMP, known_to TIMESTAMP
);

-- The lines of a batch that were not understood, and the first of them; forgotten lines are taken out of closed rows too.
CREATE TABLE IF NOT EXISTS internal.rejected_facts (
    batch_id INTEGER NOT NULL, reason VARCHAR NOT NULL, lines BIGINT NOT NULL, line_number BIGINT NOT NULL, example VARCHAR NOT NULL,
    known_from TIMESTAMP, known_to TIMESTAMP
);

CREATE TABLE IF NOT EXISTS internal.page_facts (
    site VARCHAR NOT NULL, lang VARCHAR, path VARCHAR NOT NULL, kind VARCHAR NOT NULL, answer VARCHAR, title VARCHAR, file VARCHAR,
    url VARCHAR, is_current BOOLEAN NOT NULL,
    known_from TIMESTAMP, known_to TIMESTAMP
);

CREATE TABLE IF NOT EXISTS internal.link_facts (
    site VARCHAR NOT NULL, page VARCHAR NOT NULL, answer VARCHAR, position INTEGER NOT NULL, url_id BIGINT, ordinal INTEGER NOT NULL,
    placement VARCHAR NOT NULL, slot VARCHAR NOT NULL, cta VARCHAR, file VARCHAR, line INTEGER, "column" INTEGER, departures VARCHAR NOT NULL,
    known_from TIMESTAMP, known_to TIMESTAMP
);

-- The versions of the lists that judged the user agents.
CREATE TABLE IF NOT EXISTS internal.list_facts (list_version VARCHAR NOT NULL, known_from TIMESTAMP, known_to TIMESTAMP);

-- What is to be worked out anew before the next publication: the facts of a day, of batches or of the site (pages and links).
CREATE TABLE IF NOT EXISTS internal.stale (what VARCHAR NOT NULL, day DATE, cause VARCHAR NOT NULL, detail VARCHAR NOT NULL);

-- Every day that has events, or facts that are still open.
CREATE OR REPLACE VIEW internal.all_days AS
SELECT DISTINCT day FROM internal.events
UNION
SELECT DISTINCT day FROM internal.site_day_facts WHERE known_to IS NULL;

-- Days of which nothing is stored any more.
CREATE OR REPLACE VIEW internal.forgotten_days AS
SELECT DISTINCT day
FROM internal.site_day_facts
WHERE known_to IS NULL AND day < (SELECT value::DATE FROM internal.meta WHERE key = 'forgotten_before');

CREATE OR REPLACE VIEW internal.known_answer_days AS
SELECT * EXCLUDE (known_from, known_to) FROM internal.answer_day_facts WHERE internal.is_known(known_from, known_to);

CREATE OR REPLACE VIEW internal.known_site_days AS
SELECT * EXCLUDE (known_from, known_to) FROM internal.site_day_facts WHERE internal.is_known(known_from, known_to);

CREATE OR REPLACE VIEW internal.known_channel_days AS
SELECT * EXCLUDE (known_from, known_to) FROM internal.channel_day_facts WHERE internal.is_known(known_from, known_to);

CREATE OR REPLACE VIEW internal.known_click_days AS
SELECT * EXCLUDE (known_from, known_to) FROM internal.click_day_facts WHERE internal.is_known(known_from, known_to);

CREATE OR REPLACE VIEW internal.known_agent_days AS
SELECT * EXCLUDE (known_from, known_to) FROM internal.agent_day_facts WHERE internal.is_known(known_from, known_to);

CREATE OR REPLACE VIEW internal.known_assisted_days AS
SELECT * EXCLUDE (known_from, known_to) FROM internal.assisted_day_facts WHERE internal.is_known(known_from, known_to);

CREATE OR REPLACE VIEW internal.known_batch_days AS
SELECT * EXCLUDE (known_from, known_to) FROM internal.batch_day_facts WHERE internal.is_known(known_from, known_to);

CREATE OR REPLACE VIEW internal.known_batches AS
SELECT * EXCLUDE (known_from, known_to) FROM internal.batch_facts WHERE internal.is_known(known_from, known_to);

CREATE OR REPLACE VIEW internal.known_rejected AS
SELECT * EXCLUDE (known_from, known_to) FROM internal.rejected_facts WHERE internal.is_known(known_from, known_to);

CREATE OR REPLACE VIEW internal.known_pages AS
SELECT * EXCLUDE (known_from, known_to) FROM internal.page_facts WHERE internal.is_known(known_from, known_to);

CREATE OR REPLACE VIEW internal.known_links AS
SELECT * EXCLUDE (known_from, known_to) FROM internal.link_facts WHERE internal.is_known(known_from, known_to);

CREATE OR REPLACE VIEW internal.known_lists AS
SELECT * EXCLUDE (known_from, known_to) FROM internal.list_facts WHERE internal.is_known(known_from, known_to);

CREATE OR REPLACE VIEW internal.known_answers AS
SELECT site, lang, answer, title, path, kind, file, url FROM internal.known_pages WHERE is_current AND answer IS NOT NULL;

-- A path tells its language only where the contract's pattern does; the scanned page tells it too.
CREATE OR REPLACE VIEW internal.known_languages AS
SELECT site, answer, min(lang) AS lang FROM internal.known_answers GROUP BY site, answer HAVING count(DISTINCT lang) = 1;
