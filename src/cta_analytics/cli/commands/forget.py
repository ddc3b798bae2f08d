"""`cta forget`: delete what is older than a day."""

from __future__ import annotations

import sys
from dataclasses import asdict
from datetime import date
from typing import Annotated

import typer

from cta_analytics import config
from cta_analytics.cli import attribution
from cta_analytics.cli.options import Config, Quiet, Wait, Yes
from cta_analytics.cli.output import TableFormat, emit_rows, say
from cta_analytics.errors import CtaError

COLUMNS = ("before", "first_day", "last_day", "pageviews", "clicks", "impressions", "sessions", "rejected", "lines")


def main(
    before: Annotated[
        str, typer.Option("--before", metavar="DATE", help="The first day that stays, such as 2026-09-01.")
    ],
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Show what would be deleted; delete nothing.")] = False,
    yes: Yes = False,
    format: Annotated[TableFormat, typer.Option("--format", help="How to print what it is about.")] = TableFormat.table,  # noqa: A002
    config_file: Config = None,
    quiet: Quiet = False,
    wait: Wait = 0.0,
) -> None:
    """Delete events, sessions and rejected lines of the days before a date, for good: their lines never count again.

    [privacy] retention_days in cta.toml does the same at each run.
    """
    from cta_analytics.events import forget

    project = config.read(config_file)
    try:
        day = date.fromisoformat(before)
    except ValueError:
        raise CtaError(f'--before "{before}" is no date; write one like 2026-09-01') from None
    found = forget.look(project, day)
    emit_rows([asdict(found)], COLUMNS, format)
    if dry_run:
        say("nothing was deleted (--dry-run)", quiet)
        return
    if not yes:
        if not sys.stdin.isatty():
            raise CtaError("nobody can be asked here whether to delete this; say so with --yes")
        if not typer.confirm(f"Delete everything from before {day} for good?", err=True):
            say("nothing was deleted", quiet)
            return
    forget.forget(project, day, wait)
    attribution.refresh(project, wait)
    say(f"forgot everything from before {day}", quiet)
