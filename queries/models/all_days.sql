-- Every day with clicks, to be judged anew. Relations: internal.events. Makes: judged_days (day).
CREATE OR REPLACE TEMP TABLE judged_days AS
SELECT DISTINCT day FROM internal.events WHERE kind = 3;
