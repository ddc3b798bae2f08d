-- Which log lines stand behind the clicks of an answer?
--
-- One row a click, counted or not, with the file and line number it came from: how a figure is traced to its rows.
-- Columns: occurred_at (UTC); slot; url; via (beacon or redirect); is_counted; uncounted_reason; file; line_number.
--
-- Parameters:
-- SET VARIABLE week = '2026-W45'; ISO week in the site's zone
-- SET VARIABLE answer = 'how-often-should-you-sharpen-a-kitchen-knife'; slug of the answer
SELECT c.occurred_at, c.slot, c.url, c.via, c.is_counted, c.uncounted_reason, b.file, c.line_number
FROM clicks AS c
JOIN batches AS b USING (batch_id)
WHERE c.iso_week = getvariable('week') AND c.answer = getvariable('answer')
ORDER BY c.occurred_at, c.line_number;
