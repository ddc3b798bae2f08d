-- The days whose clicks and beacons are judged anew because of new events. Relations: arrivals. Makes: judged_days (day).
CREATE OR REPLACE TEMP TABLE judged_days AS
SELECT DISTINCT day FROM arrivals WHERE kind = 3 OR beacon_id IS NOT NULL;
