"""`--statistics`: how many findings each rule has."""

from __future__ import annotations

import json
from collections import Counter

from cta_analytics.lint.finding import Report

COLUMNS = ("findings", "places", "fixable", "code", "name", "severity")


def rows(report: Report) -> list[dict[str, str | int]]:
    """One row a rule and severity, the most frequent first. `places` counts what was folded into one finding."""
    findings: Counter[tuple[str, str, str]] = Counter()
    places: Counter[tuple[str, str, str]] = Counter()
    fixable: Counter[tuple[str, str, str]] = Counter()
    for one in report.findings:
        key = (one.code, one.name, one.severity)
        findings[key] += 1
        places[key] += one.count
        fixable[key] += one.count if one.fix else 0
    order = sorted(findings, key=lambda key: (-places[key], key))
    return [
        dict(zip(COLUMNS, (findings[key], places[key], fixable[key], *key), strict=True))
        for key in order
    ]  # fmt: skip


def as_json(report: Report) -> str:
    """The rows as a JSON array."""
    return json.dumps(rows(report), indent=2) + "\n"


def as_text(report: Report) -> str:
    """The rows as a table for people; one line where there is nothing."""
    found = rows(report)
    if not found:
        return "No findings.\n"
    table = [list(COLUMNS), *([str(row[column]) for column in COLUMNS] for row in found)]
    widths = [max(len(line[index]) for line in table) for index in range(len(COLUMNS))]
    lines = (
        "  ".join(
            cell.rjust(width) if index < 3 else cell.ljust(width)
            for index, (cell, width) in enumerate(zip(line, widths, strict=True))
        )
        for line in table
    )
    return "".join(f"{line.rstrip()}\n" for line in lines)
