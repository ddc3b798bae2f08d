"""What `cta run` says of reports that are older than the logs: what to download, and where to put it."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

CHECK = "stale_imports"


def notices(connection: DuckDBPyConnection) -> list[str]:
    """A line for each report that `cta doctor` calls stale."""
    from cta_analytics.metrics import check

    one = next(one for one in check.checks() if one.name == CHECK)
    return [f"stale: {found.subject}: {found.fact}" for found in check.complaints(connection, one)]
