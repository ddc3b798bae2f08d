-- What of each shared tag was given to which answer in some days, and of how much: what an interval is made of.
-- Parameters: $first, $last (DATE), both included.
-- Columns: source, account, tag, currency, answer; orders, sales_minor: given to the answer; orders_share, sales_share (0 to 1): the
-- parts of the tag's days that it was given, each day weighing as much as it sold, returns as much as sales; tag_orders: what
-- orders_share is a part of; tag_sales_minor, tag_returns_minor: of sales_share, days above and days below zero. What belongs to no answer is part of the tag, so shares need not add up to 1.
WITH of_days AS (
    SELECT
        source, account, tag, currency, day, answer, basis, orders, sales_minor,
        sum(orders) OVER tag_day AS day_orders, sum(sales_minor) OVER tag_day AS day_sales
    FROM answer_conversions
    WHERE day BETWEEN $first AND $last AND tag IS NOT NULL AND basis IN ('allocated', 'unallocated')
    WINDOW tag_day AS (PARTITION BY source, account, tag, currency, day)
),

tags AS (
    SELECT source, account, tag, currency, sum(abs(orders)) AS orders,
        sum(greatest(sales, 0)) AS sales, sum(greatest(-sales, 0)) AS returned
    FROM (
        SELECT source, account, tag, currency, day, any_value(day_orders) AS orders, any_value(day_sales) AS sales
        FROM of_days
        GROUP BY ALL
    )
    GROUP BY ALL
),

given AS (
    SELECT source, account, tag, currency, answer, sum(orders) AS orders, sum(sales_minor) AS sales_minor,
        sum(abs(orders)) AS gross_orders, sum(abs(sales_minor)) AS gross_sales
    FROM of_days
    WHERE basis = 'allocated'
    GROUP BY ALL
),

-- A remainder below zero (levels that contradict each other) may leave less than was given: then that is the whole.
wholes AS (
    SELECT g.*,
        greatest(t.orders, sum(g.gross_orders) OVER of_tag) AS tag_orders,
        greatest(t.sales + t.returned, sum(g.gross_sales) OVER of_tag) AS tag_sales, t.returned
    FROM given AS g
    JOIN tags AS t USING (source, account, tag, currency)
    WINDOW of_tag AS (PARTITION BY source, account, tag, currency)
)

SELECT source, account, tag, currency, answer, CAST(orders AS DOUBLE) AS orders, CAST(sales_minor AS BIGINT) AS sales_minor,
    CASE WHEN tag_orders > 0 THEN CAST(coalesce(gross_orders, 0) AS DOUBLE) / CAST(tag_orders AS DOUBLE) ELSE 0 END AS orders_share,
    CASE WHEN tag_sales > 0 THEN CAST(coalesce(gross_sales, 0) AS DOUBLE) / CAST(tag_sales AS DOUBLE) ELSE 0 END AS sales_share,
    CAST(round(tag_orders) AS BIGINT) AS tag_orders, CAST(tag_sales - returned AS BIGINT) AS tag_sales_minor,
    CAST(returned AS BIGINT) AS tag_returns_minor
FROM wholes
ORDER BY source, account, tag, currency, answer;
