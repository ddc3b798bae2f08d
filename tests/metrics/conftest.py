"""An empty warehouse to fill."""

from __future__ import annotations

from collections.abc import Iterator

import duckdb
import pytest
from tests.warehouse_rows import Rows


@pytest.fixture
def rows() -> Iterator[Rows]:
    """A warehouse in memory without a row."""
    with duckdb.connect() as connection:
        yield Rows(connection)
