-- What held.sql and seen.sql make, for a batch whose times no other batch has. Relations made: held, seen.
CREATE OR REPLACE TEMP TABLE held (fingerprint BIGINT, copies BIGINT, own BIGINT);

CREATE OR REPLACE TEMP TABLE seen (line_number BIGINT, fingerprint BIGINT, occurred_at TIMESTAMP);
