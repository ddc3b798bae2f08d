"""The public views: the API for analysts."""

from __future__ import annotations

from collections.abc import Iterator

import duckdb
import pytest

from cta_analytics.warehouse import queries, schema


@pytest.fixture(scope="module")
def connection() -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect() as opened:
        for name in queries.names("schema"):
            opened.execute(queries.read("schema", name).sql)
        yield opened


def test_every_public_view_and_column_is_explained(connection: duckdb.DuckDBPyConnection) -> None:
    views = connection.execute(
        "SELECT view_name, comment FROM duckdb_views() WHERE schema_name = 'main' AND NOT internal ORDER BY view_name"
    ).fetchall()
    assert len(views) >= 13
    assert [name for name, comment in views if not comment] == []
    columns = connection.execute(
        "SELECT table_name, column_name, comment FROM duckdb_columns() WHERE schema_name = 'main' AND NOT internal"
    ).fetchall()
    assert [f"{view}.{column}" for view, column, comment in columns if not comment] == []


def test_only_views_are_public(connection: duckdb.DuckDBPyConnection) -> None:
    assert connection.execute("SELECT table_name FROM duckdb_tables() WHERE schema_name = 'main'").fetchall() == []


def test_the_schema_may_be_run_again(connection: duckdb.DuckDBPyConnection) -> None:
    for name in queries.names("schema"):
        connection.execute(queries.read("schema", name).sql)


@pytest.mark.parametrize("folder", ["schema", "models", "audits", "migrations"])
def test_every_sql_file_says_what_it_is(folder: str) -> None:
    names = queries.names(folder)
    assert names
    assert [name for name in names if len(queries.read(folder, name).doc) < 20] == []


def test_every_audit_runs_and_finds_nothing_in_an_empty_warehouse(connection: duckdb.DuckDBPyConnection) -> None:
    assert {
        name: connection.execute(queries.read("audits", name).sql).fetchall() for name in queries.names("audits")
    } == {name: [] for name in queries.names("audits")}


def test_a_database_without_meta_is_no_warehouse() -> None:
    with duckdb.connect() as other:
        assert schema.version(other) is None


def test_a_query_of_several_statements_gets_the_values_that_each_names(connection: duckdb.DuckDBPyConnection) -> None:
    rows = queries.run(
        connection, "models", "batch_begins", batch=7, source=8
    )  # fmt: skip
    assert rows == [(1, 1)]
    queries.run(connection, "models", "nothing_seen")
    assert queries.run(connection, "models", "span", batch=1) == [(None, None, None, None, False, False)]
