"""Frames of polars in DuckDB."""

from __future__ import annotations

import gc
import weakref

import duckdb
import polars as pl
import pytest

from cta_analytics.warehouse import frames
from cta_analytics.warehouse.frames import given


def test_a_frame_has_a_name_as_long_as_the_block_lasts() -> None:
    frame = pl.DataFrame({"n": [1, 2, None], "text": ["a", None, "é" * 20], "nothing": [None, None, None]})
    with duckdb.connect() as connection:
        with given(connection, "them", frame):
            assert connection.execute("SELECT * FROM them ORDER BY n").fetchall() == [
                (1, "a", None),
                (2, None, None),
                (None, "é" * 20, None),
            ]
            assert connection.execute("SELECT count(*) FROM them").fetchall() == [(3,)]
        with pytest.raises(duckdb.CatalogException):
            connection.execute("SELECT * FROM them")


def test_a_frame_is_let_go_of_before_the_transaction_ends(monkeypatch: pytest.MonkeyPatch) -> None:
    made: list[weakref.ref[object]] = []
    original = frames._Stream.__init__

    def watched(self: frames._Stream, frame: pl.DataFrame) -> None:
        made.append(weakref.ref(frame))
        original(self, frame)

    monkeypatch.setattr(frames._Stream, "__init__", watched)
    with duckdb.connect() as connection:
        connection.begin()
        with given(connection, "them", pl.DataFrame({"n": [1, 2, 3]})):
            connection.execute("CREATE TABLE kept AS SELECT * FROM them")
        gc.collect()
        assert [reference() for reference in made] == [None]
        connection.commit()
        assert connection.execute("SELECT sum(n) FROM kept").fetchall() == [(6,)]
