-- Clicks to Amazon on product pages, and the answers that led there in the same session.
-- A page view of an answer before the click (or at the same second) leads to it; each answer counts once, however often it was read.
CREATE OR REPLACE VIEW assisted_clicks AS
WITH read AS (
    SELECT c.event_id, c.day, c.iso_week, c.site, c.path, v.answer, min(v.occurred_at) AS first_at, max(v.occurred_at) AS last_at
    FROM clicks AS c
    JOIN pageviews AS v ON v.session_id = c.session_id AND v.day = c.day AND v.occurred_at <= c.occurred_at
    WHERE c.is_counted AND c.page_kind = 'product' AND c.click_group = 'amazon' AND v.is_counted AND v.answer IS NOT NULL
    GROUP BY ALL
),

credited AS (
    SELECT *,
        CASE WHEN row_number() OVER (PARTITION BY event_id ORDER BY last_at DESC, answer) = 1 THEN 1.0::DOUBLE ELSE 0 END AS last_answer,
        CASE WHEN row_number() OVER (PARTITION BY event_id ORDER BY first_at, answer) = 1 THEN 1.0::DOUBLE ELSE 0 END AS first_answer,
        1.0::DOUBLE / count(*) OVER (PARTITION BY event_id) AS linear
    FROM read
)

SELECT event_id, day, iso_week, site, path AS product_path, answer, last_answer, first_answer, linear,
    CASE coalesce((SELECT value FROM internal.meta WHERE key = 'assisted_model'), 'last_answer')
        WHEN 'first_answer' THEN first_answer
        WHEN 'linear' THEN linear
        ELSE last_answer
    END AS credit
FROM credited;

COMMENT ON VIEW assisted_clicks IS 'One counted click to Amazon on a product page and one answer that was read before it in the same session. Each of last_answer, first_answer, linear and credit adds up to 1 over the answers of a click.';
COMMENT ON COLUMN assisted_clicks.event_id IS 'The click: key into clicks.';
COMMENT ON COLUMN assisted_clicks.day IS 'Day of the click in the site''s zone.';
COMMENT ON COLUMN assisted_clicks.iso_week IS 'ISO week of the click, such as 2026-W46.';
COMMENT ON COLUMN assisted_clicks.site IS 'Name of the site.';
COMMENT ON COLUMN assisted_clicks.product_path IS 'The product page on which the click happened.';
COMMENT ON COLUMN assisted_clicks.answer IS 'Slug of the answer.';
COMMENT ON COLUMN assisted_clicks.last_answer IS '1 for the answer that was read last before the click, 0 for the others.';
COMMENT ON COLUMN assisted_clicks.first_answer IS '1 for the answer that was read first, 0 for the others.';
COMMENT ON COLUMN assisted_clicks.linear IS 'The same part for each answer.';
COMMENT ON COLUMN assisted_clicks.credit IS 'The part by the model that [report] assisted_model chooses.';
