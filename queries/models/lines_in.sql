-- A block of lines with their fingerprints: the hash of the line without its address, and the low 8 bits of the SHA-256 of the address.
-- Relations: lines_in (line_number, at, address, rest, outcome). Parameters: $batch, $source. Makes: taken, and its rows of internal.fingerprints.
CREATE OR REPLACE TEMP TABLE taken AS
WITH addresses AS (
    SELECT address, ('0x' || substr(sha256(address), 63))::UBIGINT << 56 AS bits
    FROM (SELECT DISTINCT address FROM lines_in)
)
SELECT l.line_number, make_timestamp(l.at * 1000000) AS occurred_at, (xor(line_hash(l.rest), a.bits) >> 1)::BIGINT AS fingerprint, l.outcome
FROM lines_in AS l
JOIN addresses AS a USING (address);

INSERT INTO internal.fingerprints
SELECT $batch, $source, line_number, occurred_at, fingerprint, outcome FROM taken;
