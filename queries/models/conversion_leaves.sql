-- Makes the temporary table conversion_leaves: the reported rows that are split among answers, each sale once.
-- The total of a day is its widest level (internal.conversion_levels); below it, a row counts at the ad group, or at the
-- creative where the ad group is shared and its creatives have tags of their own. What a parent holds beyond its children is
-- masked: Amazon hides rows under ten clicks, but not their part of the parent. Where the levels are not of one time, or contradict
-- each other, it is unallocated. A figure that a level does not have is taken from the next finer one. Each currency by itself: levels
-- state one sale in two currencies where the contract's marketplace was changed between two imports.
-- Columns: source, account, report, currency, day, tag; kind: row, zero (nothing but zeros, never a click shown), masked or
-- unallocated (a remainder); tag_clicks: click-throughs that the network counted for the tag, to compare ours with; then the
-- figures that are to be split, as reported, money in minor units.
CREATE OR REPLACE TEMP TABLE conversion_leaves AS
WITH first_shown AS (
    SELECT i.source, i.account, i.report, i.level, r.campaign, r.ad_group, r.creative, r.publisher, r.stated_tag, min(i.as_of) AS shown_at
    FROM internal.conversion_rows AS r
    JOIN internal.imports AS i USING (import_id)
    WHERE r.clicks_through > 0
    GROUP BY ALL
),

reported AS (
    SELECT
        i.source, i.account, i.report, i.currency, r.day, l.depth, l.is_fresh, r.campaign, r.ad_group, r.creative, k.tag,
        coalesce(k.tied_by = 'creative ids', FALSE) AS is_tied_itself,
        coalesce(s.shown_at <= d.known_from, FALSE) AS is_shown,
        a.masks,
        -- An empty cell of a column that the level has on that day is a zero; a column that it has not stays NULL.
        coalesce(r.clicks_through, CASE WHEN count(r.clicks_through) OVER level_of_day > 0 THEN 0 END) AS clicks_through,
        coalesce(r.detail_views, CASE WHEN count(r.detail_views) OVER level_of_day > 0 THEN 0 END) AS detail_views,
        coalesce(r.carts, CASE WHEN count(r.carts) OVER level_of_day > 0 THEN 0 END) AS carts,
        coalesce(r.orders, CASE WHEN count(r.orders) OVER level_of_day > 0 THEN 0 END) AS orders,
        coalesce(r.units, CASE WHEN count(r.units) OVER level_of_day > 0 THEN 0 END) AS units,
        coalesce(r.sales_minor, CASE WHEN count(r.sales_minor) OVER level_of_day > 0 THEN 0 END) AS sales_minor,
        coalesce(r.bonus_minor, CASE WHEN count(r.bonus_minor) OVER level_of_day > 0 THEN 0 END) AS bonus_minor,
        coalesce(r.commission_minor, CASE WHEN count(r.commission_minor) OVER level_of_day > 0 THEN 0 END) AS commission_minor
    FROM internal.conversion_rows AS r
    JOIN internal.imports AS i USING (import_id)
    JOIN internal.import_days AS d ON d.import_id = r.import_id AND d.day = r.day AND d.known_to IS NULL
    JOIN internal.accounts AS a ON a.source = i.source AND a.account = i.account
    JOIN internal.conversion_levels AS l
        ON l.source = i.source AND l.account = i.account AND l.report = i.report AND l.level = i.level AND l.day = r.day
    LEFT JOIN internal.conversion_keys AS k
        ON k.source = i.source AND k.level = i.level AND k.campaign = r.campaign AND k.ad_group = r.ad_group
        AND k.creative = r.creative AND k.stated_tag = r.stated_tag AND k.sub_tag = r.sub_tag
    LEFT JOIN first_shown AS s
        ON s.source = i.source AND s.account = i.account AND s.report = i.report AND s.level = i.level AND s.campaign = r.campaign
        AND s.ad_group = r.ad_group AND s.creative = r.creative AND s.publisher = r.publisher AND s.stated_tag = r.stated_tag
    WINDOW level_of_day AS (PARTITION BY i.source, i.account, i.report, i.currency, r.day, l.depth)
),

-- Ad groups that are better split by their creatives: not one answer's alone, and a creative has a tag of its own.
opened AS (
    SELECT g.source, g.account, g.report, g.currency, g.day, g.campaign, g.ad_group
    FROM reported AS g
    JOIN reported AS c USING (source, account, report, currency, day, campaign, ad_group)
    ANTI JOIN internal.measured_tags AS m ON m.source = g.source AND m.account = g.account AND m.tag = g.tag AND m.day = g.day
    WHERE g.depth = 2 AND c.depth = 3
    GROUP BY ALL
    HAVING bool_or(c.is_tied_itself)
),

days AS (
    SELECT source, account, report, currency, day, bool_or(depth = 2) AS has_ad_groups, bool_or(depth = 3) AS has_creatives,
        count(clicks_through) FILTER (depth = 2) = 0 AS ad_groups_lack_clicks_through, count(detail_views) FILTER (depth = 2) = 0 AS ad_groups_lack_detail_views,
        count(carts) FILTER (depth = 2) = 0 AS ad_groups_lack_carts, count(orders) FILTER (depth = 2) = 0 AS ad_groups_lack_orders,
        count(units) FILTER (depth = 2) = 0 AS ad_groups_lack_units, count(sales_minor) FILTER (depth = 2) = 0 AS ad_groups_lack_sales_minor,
        count(bonus_minor) FILTER (depth = 2) = 0 AS ad_groups_lack_bonus_minor, count(commission_minor) FILTER (depth = 2) = 0 AS ad_groups_lack_commission_minor
    FROM reported
    GROUP BY ALL
),

placed AS (
    SELECT r.*, o.source IS NOT NULL AS is_opened, d.* EXCLUDE (source, account, report, currency, day),
        CASE r.depth
            WHEN 1 THEN NOT d.has_ad_groups AND NOT d.has_creatives
            WHEN 2 THEN o.source IS NULL
            ELSE o.source IS NOT NULL OR NOT d.has_ad_groups
        END AS is_leaf
    FROM reported AS r
    JOIN days AS d USING (source, account, report, currency, day)
    LEFT JOIN opened AS o USING (source, account, report, currency, day, campaign, ad_group)
),

families AS (
    SELECT source, account, report, currency, day, any_value(tag) FILTER (depth = 2) AS tag, bool_and(is_fresh) AS is_fresh,
        sum(clicks_through) FILTER (depth = 2) AS g_clicks_through, sum(clicks_through) FILTER (depth = 3) AS c_clicks_through,
        sum(detail_views) FILTER (depth = 2) AS g_detail_views, sum(detail_views) FILTER (depth = 3) AS c_detail_views,
        sum(carts) FILTER (depth = 2) AS g_carts, sum(carts) FILTER (depth = 3) AS c_carts,
        sum(orders) FILTER (depth = 2) AS g_orders, sum(orders) FILTER (depth = 3) AS c_orders,
        sum(units) FILTER (depth = 2) AS g_units, sum(units) FILTER (depth = 3) AS c_units,
        sum(sales_minor) FILTER (depth = 2) AS g_sales_minor, sum(sales_minor) FILTER (depth = 3) AS c_sales_minor,
        sum(bonus_minor) FILTER (depth = 2) AS g_bonus_minor, sum(bonus_minor) FILTER (depth = 3) AS c_bonus_minor,
        sum(commission_minor) FILTER (depth = 2) AS g_commission_minor, sum(commission_minor) FILTER (depth = 3) AS c_commission_minor
    FROM placed
    WHERE is_opened AND depth > 1
    GROUP BY source, account, report, currency, day, campaign, ad_group
),

parts AS (
    SELECT source, account, report, currency, day, tag, is_fresh,
        CASE
            WHEN masks AND NOT is_shown AND coalesce(greatest(abs(clicks_through), abs(detail_views), abs(carts), abs(orders),
                abs(units), abs(sales_minor), abs(bonus_minor), abs(commission_minor)), 0) = 0 THEN 'zero'
            ELSE 'row'
        END AS kind,
        clicks_through AS tag_clicks,
        clicks_through, detail_views, carts, orders, units, sales_minor, bonus_minor, commission_minor
    FROM placed
    WHERE is_leaf
    UNION ALL
    -- A figure that creatives do not have (the bonus) stays the ad group's.
    SELECT source, account, report, currency, day, tag, is_fresh, 'row', g_clicks_through,
        CASE WHEN c_clicks_through IS NULL THEN g_clicks_through END, CASE WHEN c_detail_views IS NULL THEN g_detail_views END,
        CASE WHEN c_carts IS NULL THEN g_carts END, CASE WHEN c_orders IS NULL THEN g_orders END,
        CASE WHEN c_units IS NULL THEN g_units END, CASE WHEN c_sales_minor IS NULL THEN g_sales_minor END,
        CASE WHEN c_bonus_minor IS NULL THEN g_bonus_minor END, CASE WHEN c_commission_minor IS NULL THEN g_commission_minor END
    FROM families
    UNION ALL
    SELECT source, account, report, currency, day, tag, is_fresh, 'remainder', NULL,
        g_clicks_through - c_clicks_through, g_detail_views - c_detail_views, g_carts - c_carts, g_orders - c_orders,
        g_units - c_units, g_sales_minor - c_sales_minor, g_bonus_minor - c_bonus_minor, g_commission_minor - c_commission_minor
    FROM families
    UNION ALL
    -- A figure that only creatives have.
    SELECT source, account, report, currency, day, tag, is_fresh, 'row', NULL,
        CASE WHEN ad_groups_lack_clicks_through THEN clicks_through END, CASE WHEN ad_groups_lack_detail_views THEN detail_views END,
        CASE WHEN ad_groups_lack_carts THEN carts END, CASE WHEN ad_groups_lack_orders THEN orders END,
        CASE WHEN ad_groups_lack_units THEN units END, CASE WHEN ad_groups_lack_sales_minor THEN sales_minor END,
        CASE WHEN ad_groups_lack_bonus_minor THEN bonus_minor END, CASE WHEN ad_groups_lack_commission_minor THEN commission_minor END
    FROM placed
    WHERE depth = 3 AND NOT is_leaf
),

campaigns AS (
    SELECT source, account, report, currency, day,
        sum(clicks_through) AS clicks_through, sum(detail_views) AS detail_views, sum(carts) AS carts, sum(orders) AS orders,
        sum(units) AS units, sum(sales_minor) AS sales_minor, sum(bonus_minor) AS bonus_minor, sum(commission_minor) AS commission_minor
    FROM placed
    WHERE depth = 1 AND NOT is_leaf
    GROUP BY ALL
),

below AS (
    SELECT source, account, report, currency, day, bool_and(is_fresh) AS is_fresh,
        sum(clicks_through) AS clicks_through, sum(detail_views) AS detail_views, sum(carts) AS carts, sum(orders) AS orders,
        sum(units) AS units, sum(sales_minor) AS sales_minor, sum(bonus_minor) AS bonus_minor, sum(commission_minor) AS commission_minor
    FROM parts
    GROUP BY ALL
),

all_parts AS (
    SELECT * FROM parts
    UNION ALL
    SELECT c.source, c.account, c.report, c.currency, c.day, NULL, b.is_fresh, 'remainder', NULL,
        c.clicks_through - b.clicks_through, c.detail_views - b.detail_views, c.carts - b.carts,
        c.orders - b.orders, c.units - b.units, c.sales_minor - b.sales_minor,
        c.bonus_minor - b.bonus_minor, c.commission_minor - b.commission_minor
    FROM campaigns AS c
    JOIN below AS b USING (source, account, report, currency, day)
    UNION ALL
    -- A figure that only campaigns have belongs to no tag.
    SELECT c.source, c.account, c.report, c.currency, c.day, NULL, TRUE, 'row', NULL,
        CASE WHEN b.clicks_through IS NULL THEN c.clicks_through END, CASE WHEN b.detail_views IS NULL THEN c.detail_views END,
        CASE WHEN b.carts IS NULL THEN c.carts END, CASE WHEN b.orders IS NULL THEN c.orders END,
        CASE WHEN b.units IS NULL THEN c.units END, CASE WHEN b.sales_minor IS NULL THEN c.sales_minor END,
        CASE WHEN b.bonus_minor IS NULL THEN c.bonus_minor END, CASE WHEN b.commission_minor IS NULL THEN c.commission_minor END
    FROM campaigns AS c
    JOIN below AS b USING (source, account, report, currency, day)
)

SELECT source, account, report, currency, day, tag,
    CASE
        WHEN kind <> 'remainder' THEN kind
        WHEN is_fresh AND least(clicks_through, detail_views, carts, orders, units, sales_minor, bonus_minor, commission_minor) >= 0
            THEN 'masked'
        ELSE 'unallocated'
    END AS kind,
    CAST(tag_clicks AS BIGINT) AS tag_clicks,
    CAST(clicks_through AS BIGINT) AS clicks_through, CAST(detail_views AS BIGINT) AS detail_views,
    CAST(carts AS BIGINT) AS carts, CAST(orders AS BIGINT) AS orders,
    CAST(units AS BIGINT) AS units, CAST(sales_minor AS BIGINT) AS sales_minor,
    CAST(bonus_minor AS BIGINT) AS bonus_minor, CAST(commission_minor AS BIGINT) AS commission_minor
FROM all_parts
WHERE kind = 'zero'
    OR (kind = 'row' AND coalesce(clicks_through, detail_views, carts, orders, units, sales_minor, bonus_minor, commission_minor) IS NOT NULL)
    OR (kind = 'remainder' AND greatest(abs(clicks_through), abs(detail_views), abs(carts), abs(orders),
        abs(units), abs(sales_minor), abs(bonus_minor), abs(commission_minor)) > 0);
