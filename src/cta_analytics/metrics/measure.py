"""The reader of `queries/metrics`: a named metric over a period, as records."""

from __future__ import annotations

import re
from dataclasses import fields
from typing import TYPE_CHECKING, Any, TypeVar

from cta_analytics.warehouse import queries

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

    from cta_analytics.metrics.period import Period

FOLDER = "metrics"
T = TypeVar("T")


def names() -> list[str]:
    """The metrics that there are, sorted."""
    return queries.names(FOLDER)


def rows(
    connection: DuckDBPyConnection, name: str, of: type[T], period: Period | None = None, **values: Any
) -> list[T]:
    """The rows of the metric `name` as records `of`; parameters that its SQL does not name are left out.

    `answer`, a slug, is all answers where it is not given.

    Raises: CtaError where no metric has that name; TypeError where its columns are not the fields of the record.
    """
    query = queries.read(FOLDER, name)
    values.setdefault("answer", None)
    if period:
        values |= {"period_from": period.first, "period_to": period.last}
    code = re.sub(r"--[^\n]*", "", query.sql)
    result = connection.execute(
        query.sql, {key: value for key, value in values.items() if re.search(rf"\${key}\b", code)}
    )
    columns = [column[0] for column in result.description or []]
    # A column may be named like a word of Python: `class` is the field `class_`.
    wanted = [field.name.rstrip("_") for field in fields(of)]  # type: ignore[arg-type]  # every record is a dataclass
    if columns != wanted:
        raise TypeError(f"queries/metrics/{name}.sql gives {columns}, {of.__name__} takes {wanted}")
    return [of(*row) for row in result.fetchall()]
