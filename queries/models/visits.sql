-- The arrivals, and what their visitors did before on those days, which is taken out to be put into sessions anew.
-- Relations: arrivals, internal.events. Makes: earlier, visits (the columns of internal.events).
CREATE OR REPLACE TEMP TABLE earlier AS
SELECT * FROM internal.events
WHERE day IN (SELECT DISTINCT day FROM arrivals) AND visitor IN (SELECT visitor FROM arrivals);

DELETE FROM internal.events
WHERE day IN (SELECT DISTINCT day FROM arrivals) AND visitor IN (SELECT visitor FROM arrivals)
    AND EXISTS (SELECT 1 FROM earlier);

CREATE OR REPLACE TEMP VIEW visits AS
SELECT * FROM arrivals
UNION ALL BY NAME
SELECT * FROM earlier;
