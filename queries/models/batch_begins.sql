-- Empty tables for the events of a new batch and what its other lines say of visitors, and the keys of the batch and of a log that is new.
-- Columns: batch_id, source_id.
CREATE OR REPLACE TEMP TABLE hits (
    line_number BIGINT, outcome UTINYINT, occurred_at TIMESTAMP, day DATE, fingerprint BIGINT, path_key INTEGER, user_agent_key INTEGER,
    visitor BIGINT, origin_key INTEGER, target_key INTEGER, via UTINYINT, beacon_id VARCHAR, is_internal BOOLEAN, sender BIGINT
);

CREATE OR REPLACE TEMP TABLE traced (visitor BIGINT, day DATE, signs UTINYINT, lines BIGINT[]);

-- Lines of the batch that the log had before: read again.
CREATE OR REPLACE TEMP TABLE reread (line_number BIGINT);

CREATE OR REPLACE TEMP TABLE reopened (line_number BIGINT);

SELECT batch_id, source_id FROM internal.next_ids;
