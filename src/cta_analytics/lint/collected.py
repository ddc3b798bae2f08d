"""What a run has found, before what is known, folded or too light is left out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from cta_analytics.lint.choice import Choice
from cta_analytics.lint.finding import Change, Finding, Report, Severity, Summary
from cta_analytics.lint.fold import folded
from cta_analytics.lint.price import Price
from cta_analytics.lint.sources import Sources

_RANKS: dict[Severity, int] = {"info": 0, "warning": 1, "error": 2}


@dataclass(frozen=True, slots=True)
class Collected:
    """The findings in the order of files, lines and columns, without those that are suppressed."""

    findings: Sequence[Finding]
    files: frozenset[str]
    """The files that were reported on, as findings name them."""
    codes: frozenset[str]
    """The rules that ran and whose findings a baseline may hold."""
    pages: int
    links: int
    ctas: int
    suppressed: int
    notes: tuple[str, ...]
    changes: tuple[Change, ...] = ()
    """What fixing would change, where it was asked for."""
    sources: Sources | None = None
    """The files that they are changes of."""


def by_price(findings: Sequence[Finding]) -> list[Finding]:
    """The dearest first: by sales, where all amounts are in one currency, then by clicks, then by severity.

    What costs nothing keeps its order, and what has no price comes last.
    """
    comparable = len({one.price.currency for one in findings if one.price and one.price.currency}) == 1

    def cost(finding: Finding) -> tuple[bool, int, int, int]:
        price = finding.price or Price(0)
        sales = price.sales_minor or 0
        return finding.price is None, -sales if comparable else 0, -price.clicks, -_RANKS[finding.severity]

    return sorted(findings, key=cost)


def report(collected: Collected, choice: Choice) -> Report:
    """The findings that are wanted, and their summary."""
    findings: list[Finding] = list(collected.findings)
    baselined = 0
    if choice.baseline is not None:
        findings, baselined = choice.baseline.split(findings, collected.codes)
    findings = [one for one in findings if _RANKS[one.severity] >= _RANKS[choice.at_least]]
    reported = {one.place for one in findings}
    if choice.fold:
        findings = folded(findings)
    if any(one.price for one in findings):
        findings = by_price(findings)
    counts = {level: sum(1 for one in findings if one.severity == level) for level in _RANKS}
    summary = Summary(
        pages=collected.pages,
        links=collected.links,
        ctas=collected.ctas,
        errors=counts["error"],
        warnings=counts["warning"],
        infos=counts["info"],
        fixable=sum(one.count for one in findings if one.fix),
        suppressed=collected.suppressed,
        baselined=baselined,
    )
    changes = tuple(change for change in collected.changes if change.place in reported)
    return Report(tuple(findings), summary, collected.notes, changes, collected.sources)
