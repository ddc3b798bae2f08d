-- A block of lines with their fingerprints: the hash of the line without its address, and the low 8 bits of the SHA-256 of the address.
-- A line with a request id is known by that instead, without its address; such a fingerprint is negative, and counts once.
-- Relations: lines_in (line_number, at, address, rest, request, outcome). Parameters: $batch, $source.
-- Makes: taken, and its rows of internal.fingerprints.
CREATE OR REPLACE TEMP TABLE taken AS
WITH addresses AS (
    SELECT address, ('0x' || substr(sha256(address), 63))::UBIGINT << 56 AS bits
    FROM (SELECT DISTINCT address FROM lines_in)
)
SELECT l.line_number, make_timestamp(l.at * 1000000) AS occurred_at,
    CASE WHEN l.request IS NULL THEN (xor(line_hash(l.rest), a.bits) >> 1)::BIGINT
        -- An id may be made of the address; a shorter text is none.
        ELSE -1 - (line_hash(CASE WHEN length(l.address) > 6 THEN replace(l.request, l.address, '') ELSE l.request END) >> 1)::BIGINT
    END AS fingerprint,
    l.outcome
FROM lines_in AS l
JOIN addresses AS a USING (address);

INSERT INTO internal.fingerprints
SELECT $batch, $source, line_number, occurred_at, fingerprint, outcome FROM taken;
