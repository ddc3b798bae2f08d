-- Our own clicks beside the network's, by tag and day; docs/methods.md says what is expected of the two.
CREATE OR REPLACE MACRO internal.least_expected(own) AS greatest(0, floor(0.7 * own - 2 * sqrt(own)))::BIGINT;
CREATE OR REPLACE MACRO internal.most_expected(own) AS ceil(1.25 * own + 2 * sqrt(own + 1))::BIGINT;
CREATE OR REPLACE MACRO internal.reconciled(own, network, masked) AS
    CASE
        WHEN masked THEN 'masked'
        WHEN network < internal.least_expected(own) THEN 'below'
        WHEN network > internal.most_expected(own) THEN 'above'
        ELSE 'as expected'
    END;

CREATE OR REPLACE VIEW tag_clicks AS
WITH covered AS (
    -- Clicks appear within 24 hours: a day that was downloaded earlier says too little.
    SELECT i.source, i.account, d.day
    FROM internal.import_days AS d
    JOIN internal.imports AS i USING (import_id)
    WHERE i.level <> 'summary' AND coalesce(i.imported_at <= getvariable('as_known_on')::TIMESTAMP, true)
    GROUP BY ALL
    HAVING date_diff('day', d.day, max(d.known_from)::DATE) > 1
),

own AS (SELECT source, account, tag, day, clicks FROM internal.known_tag_clicks),

reported AS (
    SELECT source, account, tag, day, sum(clicks_through)::BIGINT AS clicks, bool_or(basis IN ('masked', 'masked_or_zero')) AS is_masked
    FROM answer_conversions
    WHERE tag IS NOT NULL
    GROUP BY ALL
),

-- A report of orders alone knows no clicks.
counting AS (SELECT DISTINCT source, account FROM reported WHERE clicks IS NOT NULL)

SELECT source, account, tag, day, strftime(day, '%G-W%V') AS iso_week, coalesce(o.clicks, 0) AS own_clicks,
    coalesce(r.clicks, 0) AS clicks_through, coalesce(r.is_masked, false) AS is_masked, a.timezone IS NOT NULL AS is_same_day
FROM own AS o
FULL JOIN reported AS r USING (source, account, tag, day)
JOIN covered USING (source, account, day)
JOIN counting USING (source, account)
JOIN internal.accounts AS a USING (source, account)
WHERE day BETWEEN (SELECT min(day) FROM internal.known_site_days) AND (SELECT max(day) FROM internal.known_site_days);

COMMENT ON VIEW tag_clicks IS 'One tag and one day that both the logs and a report cover: our own counted clicks beside the network''s click-throughs.';
COMMENT ON COLUMN tag_clicks.source IS 'Importer of the report, such as amazon_attribution.';
COMMENT ON COLUMN tag_clicks.account IS 'Account by the contract.';
COMMENT ON COLUMN tag_clicks.tag IS 'The tag, as links and reports have it.';
COMMENT ON COLUMN tag_clicks.day IS 'Day in the account''s zone where the contract names it, else in the site''s.';
COMMENT ON COLUMN tag_clicks.iso_week IS 'ISO week of that day.';
COMMENT ON COLUMN tag_clicks.own_clicks IS 'Our counted clicks on links with that tag.';
COMMENT ON COLUMN tag_clicks.clicks_through IS 'The network''s click-throughs; 0 where its report has no row.';
COMMENT ON COLUMN tag_clicks.is_masked IS 'Whether the network may hide some: a row of zeros where it hides fewer than 10 clicks.';
COMMENT ON COLUMN tag_clicks.is_same_day IS 'Whether both sides cut their days in the same zone: the contract names the account''s.';
