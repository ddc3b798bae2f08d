-- Which log lines were not understood, and why?
--
-- One row a file and reason, with an example line (addresses masked). An empty answer means that every line was understood.
-- Columns: file; reason; lines; first_line (its number in the file); example.
SELECT
    file, reason, count(*) AS lines, min(line_number) AS first_line, arg_min(line, line_number) AS example
FROM rejected_lines
GROUP BY file, reason
ORDER BY lines DESC, file, reason;
