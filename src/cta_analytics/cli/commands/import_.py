"""`cta import`: Amazon's and others' reports into the warehouse."""

from __future__ import annotations

import sys
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from cta_analytics import config
from cta_analytics.cli import COULD_NOT_RUN, LINE_END
from cta_analytics.cli.options import Config, Quiet, Wait
from cta_analytics.cli.output import TableFormat, emit_rows, escape, print_json, say

COLUMNS = (
    "file", "source", "account", "report", "level", "covers_from", "covers_to", "row_count", "as_of", "as_of_from",
    "status",
)  # fmt: skip
_SOURCES = "Reports, or folders of reports; default is [imports] files of cta.toml."
_AS_OF = "When the reports were downloaded; default is a time in the file or in its name, else its mtime."


class ImportFormat(StrEnum):
    """How the list of imports is printed."""

    table = "table"
    json = "json"


def main(
    files: Annotated[list[Path] | None, typer.Argument(metavar="[FILE]…", help=_SOURCES, show_default=False)] = None,
    as_of: Annotated[str | None, typer.Option("--as-of", metavar="TIME", help=_AS_OF, show_default=False)] = None,
    account: Annotated[
        str | None, typer.Option("--account", metavar="NAME", help="The account in cta.toml that they are of.")
    ] = None,
    format: Annotated[ImportFormat, typer.Option("--format", help="How to print what came in.")] = ImportFormat.table,  # noqa: A002
    config_file: Config = None,
    quiet: Quiet = False,
    wait: Wait = 0.0,
) -> None:
    """Take in reports of Amazon and others, each whole or not at all; the header tells what kind a report is."""
    from cta_analytics.conversions import as_of as times
    from cta_analytics.conversions import imports

    project = config.read(config_file)
    told = times.read(as_of, project.contract.zone) if as_of else None
    outcome = imports.run(project, files or imports.configured(project), told_as_of=told, account=account, wait=wait)
    rows = [each.as_row() for each in outcome.imported]
    if format is ImportFormat.json:
        print_json(rows)
    elif rows:
        emit_rows(rows, COLUMNS, TableFormat.table)
    for note in (*outcome.notes, *(untied.remedy for untied in outcome.untied)):
        say(note, quiet)
    for failure in outcome.failures:
        print(f"cta: {escape(failure.message, keep=LINE_END)}", file=sys.stderr)  # noqa: T201
    if outcome.failures:
        raise typer.Exit(COULD_NOT_RUN)
