-- Empty tables for what a deletion touches: days whose sessions and clicks are to be judged anew, batches whose account changes.
-- Makes: judged_days (day), touched (batch_id).
CREATE OR REPLACE TEMP TABLE judged_days (day DATE);

CREATE OR REPLACE TEMP TABLE touched (batch_id INTEGER);
