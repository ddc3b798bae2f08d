-- The two schemas and what the warehouse says about itself.
-- `main` holds the public views, `internal` everything else. Statements are repeatable.

CREATE SCHEMA IF NOT EXISTS internal;

CREATE TABLE IF NOT EXISTS internal.meta (key VARCHAR PRIMARY KEY, value VARCHAR NOT NULL);

CREATE TABLE IF NOT EXISTS internal.published (
    published_at TIMESTAMP NOT NULL,
    complete_through TIMESTAMP,
    tool_version VARCHAR NOT NULL,
    schema_version INTEGER NOT NULL
);

-- Every instant (UTC) at which what the warehouse knows has changed, and why; see 35_known.sql.
CREATE TABLE IF NOT EXISTS internal.changes (
    known_from TIMESTAMP NOT NULL, cause VARCHAR NOT NULL, detail VARCHAR NOT NULL, tool_version VARCHAR NOT NULL
);

CREATE OR REPLACE VIEW published AS
SELECT published_at, complete_through, tool_version, schema_version FROM internal.published;

COMMENT ON VIEW published IS 'One row: the state of this copy of the warehouse.';
COMMENT ON COLUMN published.published_at IS 'When this copy was written, UTC.';
COMMENT ON COLUMN published.complete_through IS 'Time of the last event in it, UTC; NULL without events.';
COMMENT ON COLUMN published.tool_version IS 'Version of cta-analytics that wrote it.';
COMMENT ON COLUMN published.schema_version IS 'Version of the public views.';
