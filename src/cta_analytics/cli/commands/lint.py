"""`cta lint`: departures from the contract."""

from __future__ import annotations

from dataclasses import replace
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from cta_analytics import config
from cta_analytics.cli import lint_outputs, output
from cta_analytics.cli.fixing import Fixing
from cta_analytics.cli.options import Config, Quiet
from cta_analytics.errors import CtaError
from cta_analytics.links.files import select as pages_at
from cta_analytics.lint import OUTPUTS
from cta_analytics.lint.choice import Choice
from cta_analytics.lint.collected import report as report_of
from cta_analytics.lint.finding import Report
from cta_analytics.lint.run import collect


class Level(StrEnum):
    """How much a finding weighs."""

    error = "error"
    warning = "warning"
    info = "info"


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
    severity: Annotated[
        Level, typer.Option("--severity", metavar="LEVEL", help="Only findings of this severity or a higher one.")
    ] = Level.info,
    changed: Annotated[
        str | None,
        typer.Option("--changed", metavar="[BASE]", help="Only what changed since the branch left BASE, a git commit."),
    ] = None,
    baseline: Annotated[
        Path | None, typer.Option("--baseline", metavar="FILE", help="Known findings, which are not told again.")
    ] = None,
    baseline_update: Annotated[
        bool, typer.Option("--baseline-update", help="Write the baseline: what is gone is dropped.")
    ] = False,
    allow_growth: Annotated[
        bool, typer.Option("--allow-growth", help="With --baseline-update: take new findings in as well.")
    ] = False,
    allow_empty: Annotated[
        bool, typer.Option("--allow-empty", help="A site without any link or CTA is no finding.")
    ] = False,
    fold: Annotated[
        bool, typer.Option("--fold/--no-fold", help="Tell the same fault from a shared component once.")
    ] = True,
    statistics: Annotated[
        bool, typer.Option("--statistics", help="Print how many findings each rule has (text or json).")
    ] = False,
    fix: Annotated[bool, typer.Option("--fix", help="Write the safe fixes, then print what remains.")] = False,
    diff: Annotated[
        bool, typer.Option("--diff", help="Print a patch of what --fix would write; write nothing.")
    ] = False,
    unsafe_fixes: Annotated[
        bool, typer.Option("--unsafe-fixes", help="With --fix or --diff: also fixes that may change what a link means.")
    ] = False,
    with_warehouse: Annotated[
        bool,
        typer.Option("--with-warehouse", help="Say what each finding costs, by the warehouse, and sort by that."),
    ] = False,
    config_file: Config = None,
    quiet: Quiet = False,
) -> None:
    """Find links that depart from the contract, or that cannot work.

    Exit codes: 0 clean, 1 an error (or more warnings than allowed, or a fix that is not written), 2 could not run.
    """
    if explain is not None:
        from cta_analytics.lint.documentation import explained

        print(explained(explain))  # noqa: T201
        return
    targets = lint_outputs.destinations(format, outputs or [])
    if statistics and format not in {"text", "json"}:
        raise CtaError(f"--statistics prints text or json, not {format}")
    if diff and format != "text":
        raise CtaError("--diff prints a patch and nothing else; leave --format out, or take --diff away")
    if baseline_update and (fix or diff):
        raise CtaError("--baseline-update takes in what is there now; fix first, then run it without --fix and --diff")
    project = config.read(config_file)
    settings = project.contract.lint
    choice = Choice(
        tuple(_split(select) or settings.select),
        tuple(_split(ignore) + settings.ignore),
        settings.severity,
        preview=settings.preview,
        at_least=severity.value,
        allow_empty=allow_empty,
        fold=fold,
    )
    # What few runs ask for is loaded for those alone: a single page is linted in the time that a commit can wait.
    if changed is not None:
        from cta_analytics.lint.changed import since

        choice = replace(choice, changed=since(project.root, changed or settings.base))
    known = None
    if baseline or settings.baseline or baseline_update:
        from cta_analytics.cli.known import baseline_file

        known = baseline_file(baseline, project)
        choice = replace(choice, baseline=known.read(project, missing_ok=baseline_update))
    if project.file is None:
        output.say("no cta.toml found: only what a URL says by itself is checked", quiet)
    price = None
    if with_warehouse:
        from cta_analytics.cli.priced import pricer

        price = pricer(project, quiet)
    fixing = Fixing(fix, diff, unsafe_fixes, quiet)

    def linted() -> Report:
        nonlocal choice
        given = paths or []
        with output.progress("checking pages", lambda: len(pages_at(project, given).files), quiet, forks=True) as step:
            collected = collect(project, given, choice, step, fixing.safeties)
        if price:
            collected = replace(collected, findings=price(collected.findings))
        if known and baseline_update:
            written, says = known.update(project, collected, allow_growth)
            choice = replace(choice, baseline=written)
            output.say(says, quiet)
        return report_of(collected, choice)

    report, is_unfixed = fixing.done(linted)
    for note in report.notes:
        output.say(note, quiet)
    # A patch and a table of counts take the place of the format on stdout.
    shown = [target for target in targets if target[1] or not (statistics or diff)]
    lint_outputs.emit(report, project, shown)
    if statistics and not diff:
        from cta_analytics.lint.statistics import as_json, as_text

        print(as_json(report) if format == "json" else as_text(report), end="")  # noqa: T201
    if report.fixed and (statistics or format != "text"):
        output.say(report.fixed.words, quiet)
    summary = report.summary
    if is_unfixed or summary.errors or (max_warnings is not None and summary.warnings > max_warnings):
        raise typer.Exit(1)


def _split(given: list[str] | None) -> list[str]:
    return [name.strip() for part in given or [] for name in part.split(",") if name.strip()]
