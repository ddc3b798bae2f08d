"""`cta report`: the report of a week or of any span, as one HTML file or for other programs."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from cta_analytics.cli.options import Config
from cta_analytics.cli.output import say
from cta_analytics.errors import CtaError
from cta_analytics.reports import EXPORTS

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

    from cta_analytics.config import Project
    from cta_analytics.metrics.period import Period

FORMATS = ("html", *EXPORTS)


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
    known_on: Annotated[
        str | None,
        typer.Option(
            "--as-known-on",
            metavar="DATE",
            help="Make it from what was known at the end of that day, or at a time such as 2026-11-09T06:00Z.",
            show_default=False,
        ),
    ] = None,
    formats: Annotated[
        list[str] | None,
        typer.Option(
            "--format",
            metavar="FORMAT",
            help=f"What to write: {', '.join(FORMATS)}; may be repeated. Default is html.",
            show_default=False,
        ),
    ] = None,
    config: Config = None,
) -> None:
    """Write the report of a week, or of any span of days, and print the path of what was written.

    It is one HTML file, or the same facts as tables: csv and parquet write a folder with a file for each. What is made as
    known on a date stands in a folder of its own; what cannot be shown as it was is said in one line.
    """
    from cta_analytics import config as contract
    from cta_analytics.reports import html, past, written
    from cta_analytics.reports.facts import read
    from cta_analytics.reports.record import record
    from cta_analytics.warehouse import connection
    from cta_analytics.warehouse.as_known import as_known_on, published_at

    wanted = list(dict.fromkeys(formats or ["html"]))
    for name in wanted:
        if name not in FORMATS:
            raise CtaError(f'--format "{name}" is unknown; known are {", ".join(FORMATS)}')
    project = contract.read(config)
    folder = out or project.resolve(project.contract.report.out)
    at = past.instant(known_on, project.contract.zone) if known_on else None
    if at:
        folder = folder / f"as-known-{at:%Y%m%dT%H%M%SZ}"
    with connection.reader(project) as reader:
        if at:
            past.check(reader, at)
        with as_known_on(reader, at):
            span = period(reader, project, week, first, last)
            facts = read(reader, project, span)
        lost = past.lost(reader, at, facts.contract_sha256) if at else None
        known_at = at or published_at(reader)
    if lost:
        say(lost)
    files: list[Path] = []
    for name in wanted:
        export = EXPORTS[name] if name != "html" else None
        made = export.files(facts) if export else {f"{span.name}.html": html.render(facts, facts.zone).encode()}
        written.write(folder, made)
        first_name = next(iter(made))
        files.append(folder / (Path(first_name).parent if export and export.is_folder else first_name))
    for file in files:
        sys.stdout.write(f"{file}\n")
    try:
        with connection.writer(project) as writer:
            for file in files:
                record(writer, project, span, file, known_at)
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
