"""The tables and views of the warehouse: made, brought up to date, or refused when they are newer."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from typing import TYPE_CHECKING

from cta_analytics import __version__
from cta_analytics.errors import CtaError
from cta_analytics.warehouse import queries

if TYPE_CHECKING:
    from pathlib import Path

    from duckdb import DuckDBPyConnection

SCHEMA_VERSION = 1
"""Raised whenever a table or a public view changes in a way that older copies of the tool cannot read."""


def version(connection: DuckDBPyConnection) -> int | None:
    """The schema version of a database, or None where it is no warehouse."""
    known = connection.execute(
        "SELECT count(*) FROM duckdb_tables() WHERE database_name = current_database() "
        "AND schema_name = 'internal' AND table_name = 'meta'"
    ).fetchall()
    if not known[0][0]:
        return None
    rows = connection.execute("SELECT value FROM internal.meta WHERE key = 'schema_version'").fetchall()
    return int(rows[0][0]) if rows else None


def check(connection: DuckDBPyConnection, file: Path) -> int | None:
    """The schema version of the database in `file`.

    Raises: CtaError where a newer version of the tool wrote it.
    """
    found = version(connection)
    if found is not None and found > SCHEMA_VERSION:
        writer = connection.execute("SELECT value FROM internal.meta WHERE key = 'tool_version'").fetchall()
        raise CtaError(
            f"{file}: written by a newer cta-analytics ({writer[0][0] if writer else 'unknown'}, schema {found}; this is "
            f"{__version__}, schema {SCHEMA_VERSION}); update it with `pip install -U cta-analytics`"
        )
    return found


def prepare(connection: DuckDBPyConnection, file: Path, settings: Mapping[str, str] | None = None) -> bool:
    """Create what is missing in the database, whole or not at all; whether anything was.

    `settings` are values of the contract that the public views depend on.

    Raises: CtaError where a newer version of the tool wrote it.
    """
    texts = [queries.read("schema", name).sql for name in queries.names("schema")]
    wanted = {
        "schema_version": str(SCHEMA_VERSION),
        "schema_sha256": hashlib.sha256("\n".join(texts).encode()).hexdigest(),
        "tool_version": __version__,
        **(settings or {}),
    }
    if check(connection, file) is not None:
        rows = connection.execute("SELECT key, value FROM internal.meta").fetchall()
        if wanted.items() <= dict(rows).items():
            return False
    connection.begin()
    for text in texts:
        connection.execute(text)
    for key, value in wanted.items():
        connection.execute("INSERT OR REPLACE INTO internal.meta VALUES ($key, $value)", {"key": key, "value": value})
    connection.commit()
    connection.execute("CHECKPOINT")
    return True
