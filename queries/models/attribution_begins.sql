-- An empty table for what belongs to which answer. Makes: answer_conversions_fresh (the columns of internal.answer_conversions).
CREATE OR REPLACE TEMP TABLE answer_conversions_fresh AS
SELECT * EXCLUDE (known_from, known_to) FROM internal.answer_conversions LIMIT 0;
