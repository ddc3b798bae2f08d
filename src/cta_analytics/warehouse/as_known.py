"""A connection as of an instant: the views of what is known show what was known then."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection


@contextmanager
def as_known_on(connection: DuckDBPyConnection, at: datetime | None) -> Iterator[None]:
    """Show what was known at an instant (UTC, without zone) as long as the block lasts; None: what is known now."""
    if at is None:
        yield
        return
    connection.execute("SET VARIABLE as_known_on = $at", {"at": at})
    try:
        yield
    finally:
        connection.execute("RESET VARIABLE as_known_on")


def published_at(connection: DuckDBPyConnection) -> datetime | None:
    """The instant as known at which a copy shows what it shows now, also when more has become known; None in an empty one."""
    rows = connection.execute("SELECT max(published_at) FROM internal.published").fetchall()
    at: datetime | None = rows[0][0]
    return at
