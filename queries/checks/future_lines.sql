-- Is a clock wrong, or a time zone?
--
-- Batches with a line that is more than 10 minutes later than the moment it was read.
-- Remedy: set the server's clock (NTP), or look at the zone that its log format writes
-- Columns: subject (the file); fact.
SELECT file AS subject, format('its last line is of {} UTC, {:.1f} hours after it was read', strftime(last_at, '%Y-%m-%d %H:%M'), epoch(last_at - ingested_at) / 3600) AS fact
FROM batches
WHERE last_at > ingested_at + INTERVAL 10 MINUTE
ORDER BY last_at DESC, file;
