"""Frames of polars as relations of DuckDB, by the Arrow interface that both have (no pyarrow in between)."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection
    from polars import DataFrame


class _Stream:
    """What DuckDB asks for: it takes a polars frame for one that needs pyarrow, and this for what it is."""

    def __init__(self, frame: DataFrame) -> None:
        self._frame: DataFrame | None = frame

    def __arrow_c_stream__(self, requested_schema: object = None) -> object:
        if self._frame is None:
            raise ValueError("the frame was given for the length of a block that has ended")
        return self._frame.__arrow_c_stream__(requested_schema)

    def close(self) -> None:
        """Let go of the frame: until the transaction ends DuckDB keeps what was registered, and all of a log would stay in memory."""
        self._frame = None


@contextmanager
def given(connection: DuckDBPyConnection, name: str, frame: DataFrame) -> Iterator[None]:
    """The frame under a name in SQL, without a copy, as long as the block lasts."""
    import polars as pl
    from polars import selectors

    # A column of nothing but NULL has a type of its own in Arrow, which DuckDB does not read.
    stream = _Stream(frame.with_columns(selectors.by_dtype(pl.Null).cast(pl.String)))
    connection.register(name, stream)
    try:
        yield
        # After an error the transaction is void, and with it the name.
        connection.unregister(name)
    finally:
        stream.close()
