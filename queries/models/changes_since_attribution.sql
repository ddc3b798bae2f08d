-- What was learned since conversions were attributed to answers. Columns: cause, detail.
SELECT cause, detail
FROM internal.changes
WHERE known_from > (SELECT value::TIMESTAMP FROM internal.meta WHERE key = 'attributed_at')
ORDER BY known_from, cause, detail;
