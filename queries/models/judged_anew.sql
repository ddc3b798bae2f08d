-- The events of the days that are judged anew, taken out to be put into sessions again. Relations: judged_days, internal.events.
-- Makes: visits (the columns of internal.events).
CREATE OR REPLACE TEMP TABLE arrivals AS
SELECT * FROM internal.events WHERE day IN (SELECT day FROM judged_days);

DELETE FROM internal.events WHERE day IN (SELECT day FROM judged_days);

CREATE OR REPLACE TEMP VIEW visits AS
SELECT * FROM arrivals;
