-- The days whose facts are to be worked out anew. Relations: internal.stale. Makes: stale_days (day).
-- Columns: first, last (NULL: no day), has_batches, has_site (whether what is known of them is stale too).
CREATE OR REPLACE TEMP TABLE stale_days AS
SELECT DISTINCT day FROM internal.stale WHERE what = 'day';

SELECT min(day) AS first, max(day) AS last, bool_or(what = 'batches') AS has_batches, bool_or(what = 'site') AS has_site
FROM internal.stale;
