-- How far an answer's share of a shared tag can be trusted. The ends need a beta distribution, which SQL has not: Python
-- fills the table (conversions/intervals.py), a week anew only where what it is made of has changed.
CREATE TABLE IF NOT EXISTS internal.tag_intervals (
    week_from DATE NOT NULL, source VARCHAR NOT NULL, account VARCHAR NOT NULL, tag VARCHAR NOT NULL, currency VARCHAR NOT NULL,
    answer VARCHAR NOT NULL,
    orders DOUBLE, orders_low DOUBLE, orders_high DOUBLE, tag_orders BIGINT,
    sales_minor BIGINT, sales_low_minor BIGINT, sales_high_minor BIGINT,
    rates_differ_by DOUBLE NOT NULL, learned_from INTEGER NOT NULL, is_learned BOOLEAN NOT NULL, inputs_sha256 VARCHAR NOT NULL
);

CREATE OR REPLACE VIEW tag_intervals AS
SELECT answer, strftime(week_from, '%G-W%V') AS iso_week, source, account, tag, currency, orders, orders_low, orders_high, tag_orders,
    sales_minor, sales_low_minor, sales_high_minor, rates_differ_by, learned_from, is_learned
FROM internal.tag_intervals;

-- Several shared tags of an answer: the distances of the ends add up as squares (Zou and Donner 2008), as in stats/allocation.py.
CREATE OR REPLACE VIEW answer_intervals AS
SELECT answer, iso_week, source, currency,
    source = coalesce((SELECT value FROM internal.meta WHERE key = 'sales_from'), 'amazon_attribution') AS is_sales_source,
    count(*) AS tags,
    sum(orders) AS orders,
    sum(orders) - sqrt(sum((orders - orders_low) ** 2)) AS orders_low, sum(orders) + sqrt(sum((orders_high - orders) ** 2)) AS orders_high,
    CAST(sum(sales_minor) AS BIGINT) AS sales_minor,
    CAST(round(sum(sales_minor) - sqrt(sum((sales_minor - sales_low_minor) ** 2))) AS BIGINT) AS sales_low_minor,
    CAST(round(sum(sales_minor) + sqrt(sum((sales_high_minor - sales_minor) ** 2))) AS BIGINT) AS sales_high_minor
FROM tag_intervals
GROUP BY answer, iso_week, source, currency;

COMMENT ON VIEW tag_intervals IS 'One answer, ISO week and shared tag: what the answer was given of the tag''s orders and sales, and the 95 % interval of what may really be its own, as answers may convert differently (docs/methods.md).';
COMMENT ON COLUMN tag_intervals.answer IS 'Slug of the answer.';
COMMENT ON COLUMN tag_intervals.iso_week IS 'ISO week of the network''s own days, such as 2026-W45.';
COMMENT ON COLUMN tag_intervals.source IS 'Importer that read the report.';
COMMENT ON COLUMN tag_intervals.account IS 'Account by the contract.';
COMMENT ON COLUMN tag_intervals.tag IS 'The shared tag.';
COMMENT ON COLUMN tag_intervals.currency IS 'Currency of the amounts, ISO 4217.';
COMMENT ON COLUMN tag_intervals.orders IS 'Orders allocated to the answer; NULL where the report has none.';
COMMENT ON COLUMN tag_intervals.orders_low IS 'So many of the tag''s orders are its own at the least.';
COMMENT ON COLUMN tag_intervals.orders_high IS 'So many at the most.';
COMMENT ON COLUMN tag_intervals.tag_orders IS 'All orders of the tag, those of no answer too.';
COMMENT ON COLUMN tag_intervals.sales_minor IS 'Sales allocated to the answer, in minor units of currency.';
COMMENT ON COLUMN tag_intervals.sales_low_minor IS 'Low end of its sales, in minor units of currency.';
COMMENT ON COLUMN tag_intervals.sales_high_minor IS 'High end of its sales, in minor units of currency.';
COMMENT ON COLUMN tag_intervals.rates_differ_by IS 'What answers'' conversion rates are taken to differ by: standard deviation over mean.';
COMMENT ON COLUMN tag_intervals.learned_from IS 'Answers with a tag of their own, in the 13 weeks up to this one, that were asked for it.';
COMMENT ON COLUMN tag_intervals.is_learned IS 'Whether they decide it; else mostly the documented prior does.';

COMMENT ON VIEW answer_intervals IS 'One answer, ISO week, source and currency: the estimates of tag_intervals added up, with the 95 % interval of the sum. What is measured is not in it.';
COMMENT ON COLUMN answer_intervals.answer IS 'Slug of the answer.';
COMMENT ON COLUMN answer_intervals.iso_week IS 'ISO week of the network''s own days, such as 2026-W45.';
COMMENT ON COLUMN answer_intervals.source IS 'Importer that read the report.';
COMMENT ON COLUMN answer_intervals.currency IS 'Currency of the amounts, ISO 4217.';
COMMENT ON COLUMN answer_intervals.is_sales_source IS 'Whether this source is that of [report] sales_from, whose figures answer_weeks shows.';
COMMENT ON COLUMN answer_intervals.tags IS 'Shared tags of the answer.';
COMMENT ON COLUMN answer_intervals.orders IS 'Orders allocated to the answer.';
COMMENT ON COLUMN answer_intervals.orders_low IS 'Low end.';
COMMENT ON COLUMN answer_intervals.orders_high IS 'High end.';
COMMENT ON COLUMN answer_intervals.sales_minor IS 'Sales allocated to the answer, in minor units of currency.';
COMMENT ON COLUMN answer_intervals.sales_low_minor IS 'Low end, in minor units of currency.';
COMMENT ON COLUMN answer_intervals.sales_high_minor IS 'High end, in minor units of currency.';
