"""What the outputs say in the same words, and text from pages and contracts made safe to print."""

from __future__ import annotations

import re
from collections.abc import Sequence

from cta_analytics.lint.finding import Finding, Summary

# C0, DEL, C1, bidi controls, lone surrogates, and the two that XML forbids besides.
_UNSAFE = re.compile(r"[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufffe\uffff]")
_RANKS = {"error": 0, "warning": 1, "info": 2}


def printable(text: str) -> str:
    """The text on one line, with control characters and what no encoding can carry spelled out (`\\x1b`, `\\ud800`)."""
    return _UNSAFE.sub(
        lambda found: f"\\x{ord(found[0]):02x}" if found[0] < "\u0100" else f"\\u{ord(found[0]):04x}", text
    )


def message(finding: Finding) -> str:
    """What is wrong, and on how many pages where equal findings were folded into this one."""
    times = f" (on {finding.count:,} pages)" if finding.count > 1 else ""
    return printable(finding.message) + times


def counted(number: int, name: str) -> str:
    """`1 page`, `2 pages`."""
    return f"{number:,} {name}{'' if number == 1 else 's'}"


def found(summary: Summary) -> str:
    """`2 errors, 1 warning, 0 info`, or `No findings`."""
    if not summary.errors + summary.warnings + summary.infos:
        return "No findings"
    return f"{counted(summary.errors, 'error')}, {counted(summary.warnings, 'warning')}, {summary.infos:,} info"


def looked(summary: Summary) -> str:
    """`12 pages, 40 links, 12 CTAs`."""
    return f"{counted(summary.pages, 'page')}, {counted(summary.links, 'link')}, {counted(summary.ctas, 'CTA')}"


def summed(summary: Summary) -> str:
    """The line that sums a run up, with what was found and is not shown."""
    hidden = [f"{summary.suppressed:,} suppressed"] if summary.suppressed else []
    hidden += [f"{summary.baselined:,} in the baseline"] if summary.baselined else []
    aside = f" ({', '.join(hidden)})" if hidden else ""
    return f"{found(summary)} in {looked(summary)}{aside}."


def rank(finding: Finding) -> tuple[int, int]:
    """What matters most sorts first: by severity, then by the number of pages that it is on.

    Priced findings stand in the order of their price already, which says more than that number.
    """
    return _RANKS[finding.severity], 0 if finding.price else -finding.count


def ranked(findings: Sequence[Finding]) -> list[Finding]:
    """The findings by what matters most; equal ones as the pages are read."""
    return sorted(findings, key=rank)
