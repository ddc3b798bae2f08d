"""The weekly run: pages, logs and reports in, one report out; an input that fails does not stop the rest."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from cta_analytics.cli import COULD_NOT_RUN, FINDINGS, LINE_END, attribution
from cta_analytics.cli.output import escape, progress, say
from cta_analytics.errors import CtaError

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

    from cta_analytics.config import Project

_LAST_GOOD = {
    "pages": "SELECT max(last_scanned_at)::DATE FROM pages",
    "logs": "SELECT complete_through::DATE FROM published",
    "imports": "SELECT max(covers_to) FROM imports",
}


@dataclass(frozen=True, slots=True)
class Failure:
    """An input that could not be taken in: which of the three, the file, and why, with the remedy."""

    step: str
    file: str
    message: str


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a weekly run came to. `audits` counts the rows that each audit with findings returned."""

    report: Path | None
    failures: tuple[Failure, ...]
    audits: dict[str, int]


def run(project: Project, *, wait: float = 0.0, quiet: bool = False) -> Outcome:
    """Scan, ingest, import, audit and report as `cta.toml` says.

    Raises: CtaError where the warehouse cannot be written, or where there is nothing to report on.
    """
    from cta_analytics.events import forget
    from cta_analytics.warehouse.connection import writer

    # What concerns the warehouse itself (another writer, a newer version) ends the run before any input is blamed.
    with writer(project, wait) as connection:
        forgotten = forget.retain(connection, project)
    if forgotten and forgotten.lines:
        say(f"forgot {forgotten.lines:,} lines from before {forgotten.before} ([privacy] retention_days)", quiet)
    failures: list[Failure] = []
    contract = project.contract
    steps = {
        "pages": (contract.sources, _scan),
        "logs": (contract.logs.files, _ingest),
        "imports": (contract.imports.files, _import),
    }
    for name, (configured, step) in steps.items():
        if not configured:
            say(f"{name}: none named in cta.toml", quiet)
            continue
        try:
            messages, line = step(project, wait, quiet)
        except CtaError as error:
            messages, line = [str(error)], ""
        failures += [Failure(name, *_place(message)) for message in messages]
        if line:
            say(f"{name}: {line}", quiet)
    attribution.refresh(project, wait)
    return _report(project, failures, wait, quiet)


def finish(outcome: Outcome) -> None:
    """Print what a run came to: failures and audits on stderr, the report's path on stdout.

    Raises: typer.Exit with 2 where an input failed, with 1 where an audit found rows.
    """
    for failure in outcome.failures:
        print(f"cta: {escape(failure.message, keep=LINE_END)}", file=sys.stderr)  # noqa: T201
    for name, rows in outcome.audits.items():
        say(f"audit {name} found {rows:,} rows; see queries/audits/{name}.sql")
    if outcome.report:
        sys.stdout.write(f"{outcome.report}\n")
    if outcome.failures:
        raise typer.Exit(COULD_NOT_RUN)
    if outcome.audits:
        raise typer.Exit(FINDINGS)


def _place(message: str) -> tuple[str, str]:
    """The file that a one-line error begins with, and the whole line."""
    return message.partition(": ")[0], message


def _scan(project: Project, wait: float, quiet: bool) -> tuple[list[str], str]:
    from cta_analytics.links import extract
    from cta_analytics.links.files import select
    from cta_analytics.warehouse import inventory as stored
    from cta_analytics.warehouse.connection import writer

    with progress("reading pages", len(select(project, []).files), quiet) as step:
        inventory = extract.scan(project, [], step)
    with writer(project, wait) as connection:
        stored.write(connection, inventory, project.contract)
        stored.date_revisions(connection, project)
    for note in inventory.notes:
        say(note, quiet)
    ctas = sum(1 for link in inventory.links if link.cta)
    return [], f"{len(inventory.pages):,} pages, {len(inventory.links):,} links, {ctas:,} of them CTAs"


def _ingest(project: Project, wait: float, quiet: bool) -> tuple[list[str], str]:
    from cta_analytics.events import ingest

    total = len(ingest.find(project, None)[0])
    with progress("reading logs", total, quiet) as step:
        done = ingest.ingest(project, wait=wait, step=step)
    lines, known = sum(batch.lines for batch in done.batches), sum(batch.already_seen for batch in done.batches)
    views, clicks = sum(batch.pageviews for batch in done.batches), sum(batch.clicks for batch in done.batches)
    rejected = sum(batch.rejected for batch in done.batches)
    for note in done.notes:
        say(note, quiet)
    account = f"{views:,} page views, {clicks:,} clicks, {rejected:,} lines rejected"
    return list(done.failures), f"{lines:,} lines, {known:,} of them already seen; {account}"


def _import(project: Project, wait: float, quiet: bool) -> tuple[list[str], str]:
    from cta_analytics.conversions import imports

    done = imports.run(project, imports.configured(project), wait=wait)
    for note in (*done.notes, *(untied.remedy for untied in done.untied)):
        say(note, quiet)
    new = sum(1 for each in done.imported if each.status != "unchanged")
    return [failure.message for failure in done.failures], f"{len(done.imported):,} reports, {new:,} of them new"


def _report(project: Project, failures: list[Failure], wait: float, quiet: bool) -> Outcome:
    from cta_analytics.cli import stale
    from cta_analytics.metrics import calendar
    from cta_analytics.reports import html
    from cta_analytics.reports.record import record
    from cta_analytics.warehouse import connection, queries

    with connection.reader(project) as reader:
        audits = {
            name: len(reader.execute(queries.read("audits", name).sql).fetchall()) for name in queries.names("audits")
        }
        broken = {name: rows for name, rows in audits.items() if rows}
        week = calendar.last_week(reader, project.contract.zone)
        if week is None:
            if not failures:
                raise CtaError("no page view or click in the warehouse yet; name your logs in [logs] files of cta.toml")
            return Outcome(None, tuple(failures), broken)
        problems = [
            html.Problem(failure.file, failure.message.partition("\n")[0], _last_good(reader, failure.step))
            for failure in failures
        ]
        report = html.write(reader, project, week, problems=problems)
        for line in stale.notices(reader):
            say(line, quiet)
    with connection.writer(project, wait) as writer:
        record(writer, project, week, report)
    return Outcome(report, tuple(failures), broken)


def _last_good(reader: DuckDBPyConnection, step: str) -> date | None:
    row = reader.execute(_LAST_GOOD[step]).fetchone()
    return row[0] if row else None
