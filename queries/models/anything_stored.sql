-- Whether anything is stored yet: pages or batches. Columns: is_filled.
SELECT EXISTS (FROM internal.pages) OR EXISTS (FROM internal.batches) AS is_filled;
