"""`cta rejects`: what was not understood, and another try at it."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Annotated

import typer

from cta_analytics import config
from cta_analytics.cli import attribution
from cta_analytics.cli.options import Config, Quiet, Wait
from cta_analytics.cli.output import TableFormat, emit_rows, escape, say
from cta_analytics.errors import CtaError

if TYPE_CHECKING:
    from cta_analytics.config import Project

COLUMNS = ("batch_id", "file", "line_number", "reason", "line")
RETRIED = ("batch_id", "file", "read_from", "taken_in", "rejected")
SHOWN = 100
"""Characters of a line in a table; the other formats give all that is kept."""


_LOGS = "With --retry: where logs stand that are no longer where they were; files, folders or globs."


def main(
    logs: Annotated[list[str] | None, typer.Argument(metavar="[LOG]…", help=_LOGS, show_default=False)] = None,
    retry: Annotated[
        bool,
        typer.Option(
            "--retry", help="Try them again, after a format was put right: from the log, else as they were kept."
        ),
    ] = False,
    log_format: Annotated[
        str,
        typer.Option(
            "--log-format", metavar="NAME", help="With --retry: their format, where it is not that of their log."
        ),
    ] = "auto",
    batch: Annotated[
        int | None, typer.Option("--batch", metavar="ID", help="Only those of this batch.", show_default=False)
    ] = None,
    limit: Annotated[int, typer.Option("--limit", min=1, help="Show at most so many lines.")] = 100,
    format: Annotated[TableFormat, typer.Option("--format", help="How to print the lines.")] = TableFormat.table,  # noqa: A002
    config_file: Config = None,
    quiet: Quiet = False,
    wait: Wait = 0.0,
) -> None:
    """Show the log lines that were not understood, with the reason; addresses in them are masked.

    With --retry, take in those that are understood now. Where a log no longer stands, its lines are read as they were kept, and
    their events have no visitor.
    """
    from cta_analytics.events import batches
    from cta_analytics.warehouse.connection import reader

    project = config.read(config_file)
    if retry:
        _retry(project, logs, batch, log_format, format, quiet, wait)
        return
    if logs or log_format != "auto":
        raise CtaError("logs and --log-format say how to try again; add --retry")
    with reader(project) as connection:
        rows, total = batches.rejects(connection, batch, limit)
    if format is TableFormat.table:
        rows = [row | {"line": escape(row["line"])[:SHOWN]} for row in rows]
    emit_rows(rows, COLUMNS, format)
    if total > len(rows):
        say(f"{total:,} lines were rejected, {len(rows):,} are shown; --limit shows more", quiet)


def _retry(
    project: Project,
    logs: list[str] | None,
    batch: int | None,
    log_format: str,
    format: TableFormat,  # noqa: A002
    quiet: bool,
    wait: float,
) -> None:
    from cta_analytics.events.retry import retry

    done = retry(project, logs, batch_id=batch, log_format=log_format, wait=wait)
    attribution.refresh(project, wait)
    emit_rows([asdict(each) for each in done], RETRIED, format)
    taken_in, rejected = sum(each.taken_in for each in done), sum(each.rejected for each in done)
    say(f"{taken_in:,} lines taken in, {rejected:,} still not understood", quiet)
