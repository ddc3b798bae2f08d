-- An instant after all at which this warehouse has learned something or was published: the clock's, unless that was set back.
-- Columns: at (UTC).
SELECT greatest(
    now() AT TIME ZONE 'UTC',
    (SELECT max(known_from) FROM internal.changes) + INTERVAL 1 MICROSECOND,
    (SELECT max(published_at) FROM internal.published) + INTERVAL 1 MICROSECOND
) AS at;
