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

    from cta_analytics.config import Contract

SCHEMA_VERSION = max(int(name[:4]) for name in queries.names("migrations"))
"""The number of the last of `queries/migrations`, each of which leads from the version before it to its own.

One is written whenever a table changes in a way that `CREATE TABLE IF NOT EXISTS` does not bring about.
"""


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

    Raises: CtaError where a newer version of the tool wrote it, or an older one whose tables are to be migrated first.
    """
    found = known_version(connection, file)
    if found is not None and found < SCHEMA_VERSION:
        raise CtaError(
            f"{file}: written by an older cta-analytics (schema {found}; this is {__version__}, schema {SCHEMA_VERSION}); "
            "run `cta upgrade`"
        )
    return found


def known_version(connection: DuckDBPyConnection, file: Path) -> int | None:
    """The schema version of the database in `file`, of this or an older version of the tool.

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


def settings(contract: Contract) -> dict[str, str]:
    """The values of the contract that the public views depend on."""
    return {"sales_from": contract.report.sales_from, "assisted_model": contract.report.assisted_model}


def prepare(connection: DuckDBPyConnection, file: Path, settings: Mapping[str, str] | None = None) -> bool:
    """Create what is missing in the database, whole or not at all; whether anything was.

    `settings` are values of the contract that the public views depend on.

    Raises: CtaError where a newer version of the tool wrote it, or an older one whose tables are to be migrated first.
    """
    texts = [queries.read("schema", name).sql for name in queries.names("schema")]
    wanted = _wanted(texts, settings or {})
    if check(connection, file) is not None:
        rows = connection.execute("SELECT key, value FROM internal.meta").fetchall()
        if wanted.items() <= dict(rows).items():
            return False
    connection.begin()
    _define(connection, texts, wanted)
    connection.commit()
    connection.execute("CHECKPOINT")
    return True


def migrate(connection: DuckDBPyConnection, since: int, settings: Mapping[str, str]) -> list[str]:
    """Bring the tables of schema version `since` up to date, in the transaction of the caller; the names of the steps."""
    steps = [name for name in queries.names("migrations") if int(name[:4]) > since]
    for step in steps:
        queries.run(connection, "migrations", step)
    texts = [queries.read("schema", name).sql for name in queries.names("schema")]
    _define(connection, texts, _wanted(texts, settings))
    return steps


def is_current(connection: DuckDBPyConnection) -> bool:
    """Whether the tables and views of a database are those of this version of the tool."""
    texts = [queries.read("schema", name).sql for name in queries.names("schema")]
    rows = connection.execute("SELECT value FROM internal.meta WHERE key = 'schema_sha256'").fetchall()
    return rows == [(_wanted(texts, {})["schema_sha256"],)]


def _wanted(texts: list[str], settings: Mapping[str, str]) -> dict[str, str]:
    return {
        "schema_version": str(SCHEMA_VERSION),
        "schema_sha256": hashlib.sha256("\n".join(texts).encode()).hexdigest(),
        "tool_version": __version__,
        **settings,
    }


def _define(connection: DuckDBPyConnection, texts: list[str], values: Mapping[str, str]) -> None:
    for text in texts:
        connection.execute(text)
    for key, value in values.items():
        connection.execute("INSERT OR REPLACE INTO internal.meta VALUES ($key, $value)", {"key": key, "value": value})
