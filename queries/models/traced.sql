-- What a log shows of its visitors by day, also in lines that another log has stored: so it does not matter which log came first.
-- Relations: hits, traced, internal.targets, internal.urls, reread and reopened (line_number: other batches of this log have them). Makes: rows of internal.traces,
-- judged_days (day). Parameters: $batch (NULL where nothing was new), $source.
CREATE OR REPLACE TEMP TABLE judged_days AS
SELECT DISTINCT day FROM hits WHERE visitor IS NOT NULL
UNION
SELECT DISTINCT day FROM traced;

INSERT INTO internal.traces
WITH judgeable AS (
    -- From an e-mail a redirect is hit without a page. What goes to no known network earns nothing, and is told by its target.
    SELECT t.target_key
    FROM internal.targets AS t
    JOIN internal.urls AS u USING (url_key)
    WHERE t.path_key IS NOT NULL AND u.kind <> 'external'
),
shown AS (
    SELECT visitor, day,
        CASE
            WHEN outcome = 1 THEN if(via = 1, 2 + 16, 1)
            ELSE if(via = 1, 16, 0) + if(outcome = 3 AND target_key IN (SELECT target_key FROM judgeable), 32, 0)
        END AS signs
    FROM hits
    WHERE visitor IS NOT NULL
    UNION ALL
    SELECT visitor, day, signs FROM traced WHERE lines IS NULL
    UNION ALL
    SELECT visitor, day, signs
    FROM (SELECT visitor, day, signs, unnest(lines) AS line_number FROM traced)
    WHERE line_number NOT IN (SELECT line_number FROM reread UNION ALL SELECT line_number FROM reopened)
)
SELECT $batch, $source, visitor, day, bit_or(signs::UTINYINT) FROM shown GROUP BY visitor, day;
