"""`cta lint`: departures from the contract."""

from __future__ import annotations

from typing import Annotated

import typer

from cta_analytics import config
from cta_analytics.cli import lint_outputs, output
from cta_analytics.cli.options import Config, Quiet
from cta_analytics.lint import OUTPUTS
from cta_analytics.lint.run import Choice, lint


def main(
    paths: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="[PATH]...",
            help="Pages, folders, globs or a sitemap.xml; default are the [[sources]] of cta.toml.",
        ),
    ] = None,
    format: Annotated[  # noqa: A002
        str, typer.Option("--format", metavar="FORMAT", help=f"What to print: {', '.join(OUTPUTS)}.")
    ] = "text",
    outputs: Annotated[
        list[str] | None,
        typer.Option("--output", metavar="FORMAT=FILE", help="Write a format to a file besides; may be repeated."),
    ] = None,
    select: Annotated[
        list[str] | None, typer.Option("--select", metavar="RULE", help="Only these rules: codes, UTM, or names.")
    ] = None,
    ignore: Annotated[list[str] | None, typer.Option("--ignore", metavar="RULE", help="Not these rules.")] = None,
    max_warnings: Annotated[
        int | None, typer.Option("--max-warnings", metavar="N", min=0, help="More warnings than this exit 1.")
    ] = None,
    explain: Annotated[
        str | None, typer.Option("--explain", metavar="RULE", help="Print what a rule finds, why, and examples.")
    ] = None,
    config_file: Config = None,
    quiet: Quiet = False,
) -> None:
    """Find links that depart from the contract, or that cannot work.

    Exit codes: 0 clean, 1 an error (or more warnings than allowed), 2 could not run.
    """
    if explain is not None:
        from cta_analytics.lint.documentation import explained

        print(explained(explain))  # noqa: T201
        return
    targets = lint_outputs.destinations(format, outputs or [])
    project = config.read(config_file)
    settings = project.contract.lint
    choice = Choice(
        tuple(_split(select) or settings.select), tuple(_split(ignore) + settings.ignore), settings.severity
    )
    if project.file is None:
        output.say("no cta.toml found: only what a URL says by itself is checked", quiet)
    report = lint(project, paths or [], choice)
    for note in report.notes:
        output.say(note, quiet)
    lint_outputs.emit(report, project, targets)
    summary = report.summary
    if summary.errors or (max_warnings is not None and summary.warnings > max_warnings):
        raise typer.Exit(1)


def _split(given: list[str] | None) -> list[str]:
    return [name.strip() for part in given or [] for name in part.split(",") if name.strip()]
