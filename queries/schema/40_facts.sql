-- Daily facts: one answer and one day, one answer and one week, and the reports that were made.
-- Every event column follows from the views pageviews, clicks and impressions; docs/metrics.md shows how.

CREATE TABLE IF NOT EXISTS internal.report_runs (
    run_id BIGINT NOT NULL, made_at TIMESTAMP NOT NULL, tool_version VARCHAR NOT NULL, period_from DATE NOT NULL,
    period_to DATE NOT NULL, file VARCHAR NOT NULL, contract_sha256 VARCHAR, bot_list VARCHAR,
    batches BIGINT[] NOT NULL, imports VARCHAR[] NOT NULL
);
ALTER TABLE internal.report_runs ADD COLUMN IF NOT EXISTS known_at TIMESTAMP;
ALTER TABLE internal.report_runs ADD COLUMN IF NOT EXISTS source VARCHAR;
ALTER TABLE internal.report_runs ADD COLUMN IF NOT EXISTS figures VARCHAR;

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
    FROM (SELECT answer, site, lang FROM internal.known_answers UNION SELECT answer, site, lang FROM internal.known_answer_days) AS known
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
-- Joined by adding up and not by a full join, so that a filter on the day reaches the facts.
WITH event_and_sale_days AS (
    SELECT
        site, lang, answer, day, views, visitors, sessions, clicks, amazon_clicks, product_clicks, clicking_visitors, impressions,
        bot_views, bot_clicks,
        NULL AS currency, NULL AS basis, NULL AS clicks_through, NULL AS detail_views, NULL AS carts, NULL AS orders, NULL AS units,
        NULL AS sales_minor, NULL AS bonus_minor, NULL AS commission_minor
    FROM internal.known_answer_days
    UNION ALL
    SELECT
        site, lang, answer, day, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
        currency, basis, clicks_through, detail_views, carts, orders, units, sales_minor, bonus_minor, commission_minor
    FROM internal.answer_sales
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
    LEFT JOIN internal.known_languages AS languages USING (site, answer)
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
    -- A day that has figures and no currency has several: then a sum over the other days would be of a part.
    CASE WHEN count(DISTINCT currency) = 1 AND bool_and(currency IS NOT NULL OR basis IS NULL) THEN any_value(currency) END AS currency,
    CASE
        WHEN bool_or(basis = 'mixed') OR bool_or(basis = 'allocated') AND bool_or(basis = 'measured') THEN 'mixed'
        WHEN bool_or(basis = 'allocated') THEN 'allocated'
        WHEN bool_or(basis = 'measured') THEN 'measured'
        WHEN bool_or(basis = 'masked') THEN 'masked'
        WHEN bool_or(basis = 'masked_or_zero') THEN 'masked_or_zero'
    END AS basis,
    sum(clicks_through)::DECIMAL(18, 4) AS clicks_through, sum(detail_views)::DECIMAL(18, 4) AS detail_views,
    sum(carts)::DECIMAL(18, 4) AS carts, sum(orders)::DECIMAL(18, 4) AS orders, sum(units)::DECIMAL(18, 4) AS units,
    CASE WHEN count(DISTINCT currency) = 1 AND bool_and(currency IS NOT NULL OR basis IS NULL) THEN sum(sales_minor)::BIGINT END AS sales_minor,
    CASE WHEN count(DISTINCT currency) = 1 AND bool_and(currency IS NOT NULL OR basis IS NULL) THEN sum(bonus_minor)::BIGINT END AS bonus_minor,
    CASE WHEN count(DISTINCT currency) = 1 AND bool_and(currency IS NOT NULL OR basis IS NULL) THEN sum(commission_minor)::BIGINT END AS commission_minor
FROM answer_days
GROUP BY site, lang, answer, iso_week;

CREATE OR REPLACE VIEW report_runs AS
SELECT run_id, made_at, tool_version, period_from, period_to, file, contract_sha256, bot_list, batches, imports, known_at, source, figures
FROM internal.report_runs;

COMMENT ON VIEW answer_days IS 'One answer and one day: views, visitors, clicks by kind, and what the network of [report] sales_from reports.';
COMMENT ON COLUMN answer_days.site IS 'Name of the site.';
COMMENT ON COLUMN answer_days.lang IS 'Language of the page, by the contract, else as scanned.';
COMMENT ON COLUMN answer_days.answer IS 'Slug of the answer.';
COMMENT ON COLUMN answer_days.day IS 'Day in the site''s zone; of the conversion figures the network''s own day.';
COMMENT ON COLUMN answer_days.iso_week IS 'ISO week, such as 2026-W46.';
COMMENT ON COLUMN answer_days.views IS 'Counted page views.';
COMMENT ON COLUMN answer_days.visitors IS 'Visitors with a counted page view; a visitor lives one site day.';
COMMENT ON COLUMN answer_days.sessions IS 'Sessions with a counted page view of this answer.';
COMMENT ON COLUMN answer_days.clicks IS 'Counted clicks: amazon_clicks + product_clicks + other_clicks.';
COMMENT ON COLUMN answer_days.amazon_clicks IS 'Counted clicks to Amazon, an affiliate network or a short link.';
COMMENT ON COLUMN answer_days.product_clicks IS 'Counted clicks to a product page of the site.';
COMMENT ON COLUMN answer_days.other_clicks IS 'Counted clicks to anything else.';
COMMENT ON COLUMN answer_days.clicking_visitors IS 'Of visitors, those with a counted Amazon or product click; over visitors this is the click rate.';
COMMENT ON COLUMN answer_days.impressions IS 'Counted impressions of a CTA.';
COMMENT ON COLUMN answer_days.bot_views IS 'Page views that bots made: not in views.';
COMMENT ON COLUMN answer_days.bot_clicks IS 'Clicks that bots made: not in clicks.';
COMMENT ON COLUMN answer_days.currency IS 'Currency of the money columns; NULL where there is none, or more than one.';
COMMENT ON COLUMN answer_days.basis IS 'measured, allocated (an estimate), mixed (of these two), masked (fewer than 10 clicks, figures unknown) or masked_or_zero.';
COMMENT ON COLUMN answer_days.clicks_through IS 'Click-throughs that the network counted; NULL where unknown.';
COMMENT ON COLUMN answer_days.detail_views IS 'Product detail page views, promoted and brand halo.';
COMMENT ON COLUMN answer_days.carts IS 'Add to carts, promoted and brand halo.';
COMMENT ON COLUMN answer_days.orders IS 'Orders, promoted and brand halo; a fraction where allocated.';
COMMENT ON COLUMN answer_days.units IS 'Units, promoted and brand halo.';
COMMENT ON COLUMN answer_days.sales_minor IS 'Sales in minor units of currency, promoted and brand halo; NULL where unknown or in several currencies.';
COMMENT ON COLUMN answer_days.bonus_minor IS 'Brand Referral Bonus in minor units of currency.';
COMMENT ON COLUMN answer_days.commission_minor IS 'Commission in minor units of currency.';

COMMENT ON VIEW answer_weeks IS 'One answer and one ISO week: the days of answer_days added up.';
COMMENT ON COLUMN answer_weeks.site IS 'Name of the site.';
COMMENT ON COLUMN answer_weeks.lang IS 'Language of the page, by the contract, else as scanned.';
COMMENT ON COLUMN answer_weeks.answer IS 'Slug of the answer.';
COMMENT ON COLUMN answer_weeks.iso_week IS 'ISO week in the site''s zone, such as 2026-W46.';
COMMENT ON COLUMN answer_weeks.views IS 'Counted page views.';
COMMENT ON COLUMN answer_weeks.visitor_days IS 'Visitors added over days: who comes on three days counts three times.';
COMMENT ON COLUMN answer_weeks.sessions IS 'Sessions with a counted page view of this answer.';
COMMENT ON COLUMN answer_weeks.clicks IS 'Counted clicks: amazon_clicks + product_clicks + other_clicks.';
COMMENT ON COLUMN answer_weeks.amazon_clicks IS 'Counted clicks to Amazon, an affiliate network or a short link.';
COMMENT ON COLUMN answer_weeks.product_clicks IS 'Counted clicks to a product page of the site.';
COMMENT ON COLUMN answer_weeks.other_clicks IS 'Counted clicks to anything else.';
COMMENT ON COLUMN answer_weeks.clicking_visitors IS 'Of visitor_days, those with a counted Amazon or product click; over visitor_days this is the click rate.';
COMMENT ON COLUMN answer_weeks.impressions IS 'Counted impressions of a CTA.';
COMMENT ON COLUMN answer_weeks.bot_views IS 'Page views that bots made: not in views.';
COMMENT ON COLUMN answer_weeks.bot_clicks IS 'Clicks that bots made: not in clicks.';
COMMENT ON COLUMN answer_weeks.currency IS 'Currency of the money columns; NULL where there is none, or more than one.';
COMMENT ON COLUMN answer_weeks.basis IS 'measured, allocated (an estimate), mixed (of these two), masked (fewer than 10 clicks, figures unknown) or masked_or_zero.';
COMMENT ON COLUMN answer_weeks.clicks_through IS 'Click-throughs that the network counted; NULL where unknown.';
COMMENT ON COLUMN answer_weeks.detail_views IS 'Product detail page views, promoted and brand halo.';
COMMENT ON COLUMN answer_weeks.carts IS 'Add to carts, promoted and brand halo.';
COMMENT ON COLUMN answer_weeks.orders IS 'Orders, promoted and brand halo; a fraction where allocated.';
COMMENT ON COLUMN answer_weeks.units IS 'Units, promoted and brand halo.';
COMMENT ON COLUMN answer_weeks.sales_minor IS 'Sales in minor units of currency, promoted and brand halo; NULL where unknown or in several currencies.';
COMMENT ON COLUMN answer_weeks.bonus_minor IS 'Brand Referral Bonus in minor units of currency.';
COMMENT ON COLUMN answer_weeks.commission_minor IS 'Commission in minor units of currency.';

COMMENT ON VIEW report_runs IS 'A report that was made, and from what.';
COMMENT ON COLUMN report_runs.run_id IS 'Key.';
COMMENT ON COLUMN report_runs.made_at IS 'When, UTC.';
COMMENT ON COLUMN report_runs.tool_version IS 'Version of cta-analytics that made it.';
COMMENT ON COLUMN report_runs.period_from IS 'First day of its period.';
COMMENT ON COLUMN report_runs.period_to IS 'Last day of its period.';
COMMENT ON COLUMN report_runs.file IS 'The file that was written.';
COMMENT ON COLUMN report_runs.contract_sha256 IS 'SHA-256 of cta.toml; NULL without one.';
COMMENT ON COLUMN report_runs.bot_list IS 'Version of the bot list that judged its user agents.';
COMMENT ON COLUMN report_runs.batches IS 'Keys into batches: what came in of logs.';
COMMENT ON COLUMN report_runs.imports IS 'Keys into imports: what came in of conversions.';
COMMENT ON COLUMN report_runs.known_at IS 'As known at which instant it was made, UTC: `cta report --as-known-on` with it makes it again. NULL of reports from before this was kept.';
COMMENT ON COLUMN report_runs.source IS 'Importer whose conversions it shows.';
COMMENT ON COLUMN report_runs.figures IS 'Its figures as JSON: [figure, currency, amount] each; `cta changes` tells why two reports differ.';
