"""`cta bots`: who is a person and who is not."""

from __future__ import annotations

import sys
from dataclasses import asdict
from typing import TYPE_CHECKING, Annotated

import typer

from cta_analytics import config
from cta_analytics.cli import attribution
from cta_analytics.cli.options import Config, Quiet, Wait, Yes
from cta_analytics.cli.output import TableFormat, emit_rows, say
from cta_analytics.errors import CtaError

if TYPE_CHECKING:
    from cta_analytics.config import Project
    from cta_analytics.events.rejudge import Rejudged

COLUMNS = ("class", "reason", "user_agents", "pageviews", "clicks", "list_version", "example")
WEEKS = ("iso_week", "pageviews_before", "pageviews_after", "clicks_before", "clicks_after")
SHOWN = 60
"""Characters of a user agent in a table; the other formats give all of it."""


def main(
    class_: Annotated[
        str | None, typer.Option("--class", metavar="CLASS", help="Only user agents of this class.", show_default=False)
    ] = None,
    rejudge: Annotated[
        bool, typer.Option("--rejudge", help="Judge user agents anew by the lists of this version, backwards too.")
    ] = False,
    yes: Yes = False,
    format: Annotated[TableFormat, typer.Option("--format", help="How to print the rows.")] = TableFormat.table,  # noqa: A002
    config_file: Config = None,
    quiet: Quiet = False,
    wait: Wait = 0.0,
) -> None:
    """List the user agents by class, with what they did.

    With --rejudge, show for each past week what metrics would count by the lists of this version, and apply them with --yes.
    """
    from cta_analytics.events import bots
    from cta_analytics.events import rejudge as judgement

    project = config.read(config_file)
    if rejudge:
        _rejudge(project, yes, format, quiet, wait)
        return
    if class_ is not None and class_ not in bots.CLASSES:
        raise CtaError(f'--class "{class_}" is none; known are {", ".join(bots.CLASSES)}')
    rows = judgement.by_class(project, class_)
    if format is TableFormat.table:
        rows = [row | {"example": (row["example"] or "")[:SHOWN]} for row in rows]
    emit_rows(rows, COLUMNS, format)


def _rejudge(project: Project, yes: bool, format: TableFormat, quiet: bool, wait: float) -> None:  # noqa: A002
    from cta_analytics.events import rejudge as judgement

    found = judgement.rejudge(project, apply=False, wait=wait)
    emit_rows([asdict(week) for week in found.weeks], WEEKS, format)
    say(_sentence(found), quiet)
    if found.before == (found.after,) and not found.user_agents and not found.weeks:
        return
    if not yes and not sys.stdin.isatty():
        say("nothing was changed; --yes applies it", quiet)
        return
    if not yes and not typer.confirm("Apply this to all that came in before?", err=True):
        say("nothing was changed", quiet)
        return
    judgement.rejudge(project, apply=True, wait=wait)
    attribution.refresh(project, wait)
    say("applied", quiet)


def _sentence(found: Rejudged) -> str:
    lists = " and ".join(found.before) or "nothing"
    change = f"from {lists} to {found.after}" if found.before != (found.after,) else f"still {found.after}"
    weeks = f"figures change in {len(found.weeks):,} weeks" if found.weeks else "no figure changes"
    return f"{found.user_agents:,} user agents are of another class; lists: {change}; {weeks}"
