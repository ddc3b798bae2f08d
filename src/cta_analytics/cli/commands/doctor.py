"""`cta doctor`: is the tracking healthy?"""

from __future__ import annotations

import sys
from itertools import groupby
from typing import TYPE_CHECKING, Annotated

import typer

from cta_analytics import config
from cta_analytics.cli import FINDINGS, output, terminal
from cta_analytics.cli.options import Config
from cta_analytics.cli.output import TableFormat, emit_rows

if TYPE_CHECKING:
    from collections.abc import Sequence

    from cta_analytics.metrics.check import Complaint

COLUMNS = ("check", "subject", "fact", "remedy")


def main(
    format: Annotated[TableFormat, typer.Option("--format", help="How to print what was found.")] = TableFormat.table,  # noqa: A002
    config_file: Config = None,
) -> None:
    """Look for what is wrong with the tracking: silent answers, missing days, lost beacons, unknown tags, stale imports.

    Exit codes: 0 healthy, 1 something needs attention, 2 could not run.
    """
    from cta_analytics.metrics import check
    from cta_analytics.metrics.check import Complaint
    from cta_analytics.warehouse.condition import CHECKS, faults
    from cta_analytics.warehouse.connection import reader

    project = config.read(config_file)
    found = [Complaint(one.check, one.asks, one.file, one.fact, one.remedy) for one in faults(project)]
    asked = check.checks()
    with reader(project) as connection:
        for one in asked:
            found += check.complaints(connection, one)
    if format is TableFormat.table:
        _print(found)
    else:
        emit_rows([one.as_json() for one in found], COLUMNS, format)
    count = len(asked) + len(CHECKS)
    complaining = len({one.check for one in found})
    output.say(
        f"{complaining} of {count} checks found something" if found else f"healthy: {count} checks found nothing"
    )
    if found:
        raise typer.Exit(FINDINGS)


def _print(found: Sequence[Complaint]) -> None:
    """The complaints by check: the question, what it is about, and what to do."""
    bold, plain = ("\x1b[1m", "\x1b[0m") if terminal.has_colour(sys.stdout) else ("", "")
    for name, those in groupby(found, key=lambda one: one.check):
        complaints = list(those)
        print(f"{bold}{name}{plain}: {complaints[0].asks}")  # noqa: T201
        for one in complaints:
            print(f"  {output.escape(one.subject)}: {output.escape(one.fact)}")  # noqa: T201
        print(f"  To do: {output.escape(complaints[0].remedy)}.\n")  # noqa: T201
