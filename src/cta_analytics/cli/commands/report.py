"""`cta report`: the report of a week or of any span, as one HTML file."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from cta_analytics.cli.options import Config
from cta_analytics.cli.output import say
from cta_analytics.errors import CtaError

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

    from cta_analytics.config import Project
    from cta_analytics.metrics.period import Period


def main(
    week: Annotated[
        str | None,
        typer.Option(
            "--week", metavar="WEEK", help="ISO week, such as 2026-W45; default is the last complete one in the data."
        ),
    ] = None,
    first: Annotated[
        str | None, typer.Option("--from", metavar="DAY", help="First day of another period, with --to.")
    ] = None,
    last: Annotated[
        str | None, typer.Option("--to", metavar="DAY", help="Last day of another period, with --from.")
    ] = None,
    out: Annotated[
        Path | None,
        typer.Option("--out", metavar="FOLDER", help="Where to write it; default is [report] out of cta.toml."),
    ] = None,
    config: Config = None,
) -> None:
    """Write the report of a week, or of any span of days, as one HTML file, and print its path."""
    from cta_analytics import config as contract
    from cta_analytics.reports import html
    from cta_analytics.reports.record import record
    from cta_analytics.warehouse import connection

    project = contract.read(config)
    with connection.reader(project) as reader:
        span = period(reader, project, week, first, last)
        file = html.write(reader, project, span, out=out)
    sys.stdout.write(f"{file}\n")
    try:
        with connection.writer(project) as writer:
            record(writer, project, span, file)
    except CtaError as error:
        # Another command may be writing, or the folder be somebody else's: the report stands all the same.
        say(f"not noted in report_runs: {error}")


def period(
    reader: DuckDBPyConnection,
    project: Project,
    week: str | None = None,
    first: str | None = None,
    last: str | None = None,
) -> Period:
    """The period that the options name, by default the last ISO week that is complete in the data.

    Raises: CtaError where the options contradict each other or name no period, or where there is no event yet.
    """
    from cta_analytics.metrics import calendar
    from cta_analytics.metrics import period as periods

    if week and (first or last):
        raise CtaError("--week and --from, --to exclude each other; give one of them")
    if bool(first) != bool(last):
        raise CtaError(f"{'--from' if first else '--to'} stands alone; a period takes --from and --to")
    if week:
        return periods.of_week(week)
    if first and last:
        return periods.of_days(first, last)
    found = calendar.last_week(reader, project.contract.zone)
    if found is None:
        raise CtaError("no event in the warehouse yet; take logs in with `cta ingest LOG`, or name a week with --week")
    return found
