-- Every day that can be judged anew. Relations: internal.events, internal.traces. Makes: judged_days (day).
CREATE OR REPLACE TEMP TABLE judged_days AS
SELECT DISTINCT day FROM internal.events WHERE kind = 3
UNION
SELECT DISTINCT day FROM internal.traces;
