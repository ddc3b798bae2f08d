-- The key of an event: the same line has the same key in every warehouse; its second copy (1, counted from 0) has another one.
CREATE OR REPLACE TEMP MACRO event_key(fingerprint, copy) AS
    CASE WHEN copy = 0 THEN fingerprint ELSE ((fingerprint::HUGEINT + copy::HUGEINT * 7046029254386353131) % 9223372036854775807)::BIGINT END;
