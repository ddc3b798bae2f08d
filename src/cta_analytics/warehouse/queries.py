"""The SQL of the project: one question a file under `queries/`, its leading comment is its documentation."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

from cta_analytics.bundled import bundled
from cta_analytics.errors import CtaError

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection


@dataclass(frozen=True, slots=True)
class Query:
    """One SQL file: its name, its text and the comment that it begins with."""

    name: str
    sql: str
    doc: str


def names(folder: str) -> list[str]:
    """The names of the SQL files of `queries/<folder>`, sorted."""
    return sorted(file.stem for file in (bundled("queries") / folder).glob("*.sql"))


@cache
def read(folder: str, name: str) -> Query:
    """The query `queries/<folder>/<name>.sql`.

    Raises: CtaError where there is none of that name.
    """
    file = bundled("queries") / folder / f"{name}.sql"
    if name not in names(folder):
        raise CtaError(f'"{name}" is none of queries/{folder}; known are {", ".join(names(folder))}')
    sql = file.read_text(encoding="utf-8")
    comment: list[str] = []
    for line in sql.splitlines():
        if not line.startswith("--"):
            break
        comment.append(line.removeprefix("--").removeprefix(" "))
    return Query(name, sql, "\n".join(comment).strip())


def run(connection: DuckDBPyConnection, folder: str, name: str, **values: Any) -> list[tuple[Any, ...]]:
    """Run the statements of a query, each with those of the values that it names; the rows of the last one.

    Rows are fetched to their end: DuckDB does nothing else on a connection before.
    """
    rows: list[tuple[Any, ...]] = []
    for statement in connection.extract_statements(read(folder, name).sql):
        wanted = {key: value for key, value in values.items() if key in statement.named_parameters}
        rows = connection.execute(statement, wanted).fetchall()
    return rows
