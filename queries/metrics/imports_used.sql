-- What the network's files say about the period: each import, and until which day it speaks.
-- Parameters: $source (VARCHAR), $period_from, $period_to (DATE).
-- import_id, account, report, level, file: which. as_of: when the network said so, UTC; as_of_from: where that is known from.
-- covers_from, covers_to: the days that it speaks of; covers_period: whether any of them lies in the period. row_count: its rows.
-- date_means: what its days are days of: click, order, shipment or unknown.
-- The latest import of the source is always among them, also where it covers none of the period.
SELECT import_id, account, report, level, file, as_of, as_of_from, covers_from, covers_to, row_count,
    covers_from <= $period_to AND covers_to >= $period_from AS covers_period, date_means
FROM imports
WHERE source = $source AND coalesce(imported_at <= getvariable('as_known_on')::TIMESTAMP, true)
QUALIFY covers_period OR row_number() OVER (ORDER BY as_of DESC, covers_to DESC, import_id) = 1
ORDER BY as_of, covers_from, file, level, import_id;
