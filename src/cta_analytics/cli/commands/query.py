"""`cta query`: answers from the published database."""

from __future__ import annotations

import sys
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from cta_analytics import config
from cta_analytics.cli.options import Config
from cta_analytics.cli.output import TableFormat, emit_rows
from cta_analytics.errors import CtaError

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection


class ResultFormat(StrEnum):
    """How an answer is printed; parquet goes to a file or a pipe."""

    table = "table"
    json = "json"
    csv = "csv"
    parquet = "parquet"


def main(
    name: Annotated[str | None, typer.Argument(help="A question; without one, the questions are listed.")] = None,
    values: Annotated[
        list[str] | None, typer.Argument(metavar="[PARAMETER=VALUE]…", help="Its parameters, such as week=2026-W45.")
    ] = None,
    sql: Annotated[
        str | None, typer.Option("--sql", metavar="SQL", help="Your own SELECT; - reads it from stdin.")
    ] = None,
    show: Annotated[bool, typer.Option("--show", help="Print the question's SQL instead of running it.")] = False,
    format: Annotated[ResultFormat, typer.Option("--format", help="How rows are printed.")] = ResultFormat.table,  # noqa: A002
    out: Annotated[Path | None, typer.Option("--out", metavar="FILE", help="Write there instead of to stdout.")] = None,
    config_file: Config = None,
) -> None:
    """Answer a question from the published database, read-only."""
    from cta_analytics.metrics import question as questions

    if sql is not None and name is not None:
        raise CtaError("query takes a question or --sql, not both; leave one out")
    if sql is None and name is None:
        listed = [{"question": q.name, "asks": q.title} for q in map(questions.read, questions.names())]
        parameters = {q: ", ".join(p.name for p in questions.read(q).parameters) for q in questions.names()}
        rows = [row | {"parameters": parameters[row["question"]]} for row in listed]
        _write(["question", "asks", "parameters"], [tuple(row.values()) for row in rows], format, out)
        return
    if name is not None and show:
        sys.stdout.write(f"{questions.read(name).sql.rstrip()}\n")
        return

    from cta_analytics.warehouse import connection

    question = questions.read(name) if name is not None else None
    given = _pairs(values or [])
    text = (sys.stdin.read() if sql == "-" else sql) or ""
    project = config.read(config_file)
    with connection.reader(project) as database:
        if question is None:
            columns, rows_found = _run(database, text)
        else:
            wanted = questions.values(question, given, _defaults(database, project))
            columns, rows_found = questions.ask(database, question, wanted)
    _write(columns, rows_found, format, out)


def _pairs(values: list[str]) -> dict[str, str]:
    for value in values:
        if "=" not in value:
            raise CtaError(f'"{value}" is no parameter; write PARAMETER=VALUE, such as week=2026-W45')
    return dict(value.split("=", 1) for value in values)


def _defaults(database: DuckDBPyConnection, project: config.Project) -> dict[str, str]:
    from cta_analytics.metrics import calendar

    week = calendar.last_week(database, project.contract.zone)
    return {"week": week.name} if week else {}


def _run(database: DuckDBPyConnection, sql: str) -> tuple[list[str], list[tuple[Any, ...]]]:
    import duckdb

    try:
        result = database.execute(sql)
        return [column[0] for column in result.description or []], result.fetchall()
    except (duckdb.PermissionException, duckdb.InvalidInputException) as error:
        raise CtaError(f"--sql: {_first_line(error)}; --sql only reads the published views") from None
    except duckdb.Error as error:
        raise CtaError(f"--sql: {_first_line(error)}") from None


def _first_line(error: Exception) -> str:
    # DuckDB puts the place on the following lines; the remedy it gives ("Did you mean …") stands on its own line.
    lines = [line.strip() for line in str(error).splitlines() if line.strip()]
    hints = [line for line in lines[1:] if line.startswith(("Did you mean", "Candidate bindings"))]
    return "; ".join(lines[:1] + hints[:1])


def _write(columns: list[str], rows: list[tuple[Any, ...]], format: ResultFormat, out: Path | None) -> None:  # noqa: A002
    if format is ResultFormat.parquet:
        _write_parquet(columns, rows, out)
        return
    records = [dict(zip(columns, row, strict=True)) for row in rows]
    if len(set(columns)) < len(columns):
        raise CtaError(f"two columns of the result are named alike ({', '.join(columns)}); rename one with AS")
    if out is None:
        emit_rows(records, columns, TableFormat(format.value))
        return
    from contextlib import redirect_stdout

    try:
        with out.open("w", encoding="utf-8", newline="") as file, redirect_stdout(file):
            emit_rows(records, columns, TableFormat(format.value))
    except OSError as error:
        raise CtaError(f"{out}: cannot be written ({error.strerror}); name another file with --out") from None


def _write_parquet(columns: list[str], rows: list[tuple[Any, ...]], out: Path | None) -> None:
    if out is None and sys.stdout.isatty():
        raise CtaError("parquet is no text; name a file with --out, or send stdout into one")
    import polars as pl

    frame = pl.DataFrame(rows, schema=columns, orient="row", infer_schema_length=None)
    try:
        frame.write_parquet(out if out is not None else sys.stdout.buffer)
    except OSError as error:
        raise CtaError(f"{out}: cannot be written ({error.strerror or error}); name another file with --out") from None
