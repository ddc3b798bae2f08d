"""`cta ingest`: logs into the warehouse."""

from __future__ import annotations

import sys
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated, Any

import typer

from cta_analytics import config
from cta_analytics.cli import COULD_NOT_RUN, attribution
from cta_analytics.cli.options import Config, Quiet, Wait
from cta_analytics.cli.output import TableFormat, emit_rows, escape, print_json, progress, say

if TYPE_CHECKING:
    from cta_analytics.config import Project
    from cta_analytics.events.batches import Batch

_LOGS = "Logs, folders of logs, globs, or - for standard input; default is [logs] files of cta.toml."
_FORMAT = (
    "The log's format where it should not be told from its lines: a name (docs/formats.md), or the format string of "
    "Apache or nginx as its configuration has it; `cta ingest --dry-run` shows what is told."
)


_FEW = 10
"""So many files without a new line are shown each; a folder of hundreds is told in a line."""


class IngestFormat(StrEnum):
    """How the batches are printed."""

    table = "table"
    json = "json"


def main(
    logs: Annotated[list[str] | None, typer.Argument(metavar="[LOG]…", help=_LOGS, show_default=False)] = None,
    log_format: Annotated[str, typer.Option("--log-format", metavar="FORMAT", help=_FORMAT)] = "auto",
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Show the format and the first lines as they are read; store nothing.")
    ] = False,
    format: Annotated[IngestFormat, typer.Option("--format", help="How to print what came in.")] = IngestFormat.table,  # noqa: A002
    config_file: Config = None,
    quiet: Quiet = False,
    wait: Wait = 0.0,
) -> None:
    """Take in logs: each line once, whatever the file is called, and every line accounted for."""
    from cta_analytics.events import ingest

    project = config.read(config_file)
    if dry_run:
        _preview(project, logs, log_format, format)
        return
    with progress("reading logs", len(ingest.find(project, logs)[0]), quiet) as step:
        done = ingest.ingest(project, logs, log_format=log_format, wait=wait, step=step)
    attribution.refresh(project, wait)
    _print(done.batches, format)
    for note in done.notes:
        say(note, quiet)
    _end(done.failures)


def _print(batches: tuple[Batch, ...], format: IngestFormat) -> None:  # noqa: A002
    from cta_analytics.events.batches import JSON

    rows = [batch.as_json() for batch in batches]
    if format is IngestFormat.json:
        print_json(rows)
    elif rows:
        same = [batch for batch in batches if batch.batch_id is None]
        if len(same) > _FEW:
            rows = [row for row in rows if row["batch_id"] is not None]
        if rows:
            emit_rows(rows, JSON, TableFormat.table)
        if len(same) > _FEW:
            lines = sum(batch.lines for batch in same)
            print(f"{len(same):,} files brought nothing new ({lines:,} lines)")  # noqa: T201
        reasons: dict[str, int] = {}
        for batch in batches:
            for reason, count in batch.other_reasons.items():
                reasons[reason] = reasons.get(reason, 0) + count
        if reasons:
            parts = (f"{count:,} {reason}" for reason, count in sorted(reasons.items(), key=lambda item: -item[1]))
            print(f"other: {', '.join(parts)}")  # noqa: T201


def _preview(project: Project, logs: list[str] | None, log_format: str, format: IngestFormat) -> None:  # noqa: A002
    from cta_analytics.events import ingest, preview

    sources, failures = ingest.find(project, logs)
    previews = []
    for source in sources:
        found = preview.preview(source, project, log_format)
        if isinstance(found, str):
            failures.append(found)
        else:
            previews.append(found)
    if format is IngestFormat.json:
        print_json([found.as_json() for found in previews])
    else:
        for found in previews:
            print(escape(f"{found.file}: {found.log_format} ({found.title})"))  # noqa: T201
            # Not every format has a host, an id of the request, a referrer.
            columns = [name for name in found.rows[0] if any(row[name] for row in found.rows)] if found.rows else []
            emit_rows([_shown(row) for row in found.rows], columns, TableFormat.table)
    _end(tuple(failures))


def _shown(row: dict[str, Any]) -> dict[str, Any]:
    return {
        name: f"{value[:59]}…" if isinstance(value, str) and len(value) > 60 else value for name, value in row.items()
    }


def _end(failures: tuple[str, ...]) -> None:
    for failure in failures:
        print(f"cta: {escape(failure)}", file=sys.stderr)  # noqa: T201
    if failures:
        raise typer.Exit(COULD_NOT_RUN)
