"""Findings and reports to print, all invented."""

from __future__ import annotations

from typing import Any

from cta_analytics.lint.finding import Finding, Report, Summary

URL = "https://x.example/?utm_source=lark&utm_medium=content"


def finding(**changed: Any) -> Finding:
    values: dict[str, Any] = {
        "code": "UTM004", "name": "unexpected-utm-value", "severity": "error", "message": 'is "lark"',
        "file": "a.md", "line": 3, "column": 23, "end_line": 3, "end_column": 38, "page": "/a", "href": URL,
        "source": URL, "source_start": 19, "source_end": 34,
    }  # fmt: skip
    return Finding(**(values | changed))


def page_finding(**changed: Any) -> Finding:
    values: dict[str, Any] = {
        "code": "PAG001", "name": "missing-cta", "message": "no CTA here", "line": 1, "column": 1, "end_line": 1,
        "end_column": 1, "href": None, "source": None, "source_start": None, "source_end": None,
    }  # fmt: skip
    return finding(**(values | changed))


def report(*findings: Finding, notes: tuple[str, ...] = (), **changed: int) -> Report:
    kinds = [found.severity for found in findings]
    counts = {
        "pages": 1, "links": 2, "ctas": 1, "errors": kinds.count("error"), "warnings": kinds.count("warning"),
        "infos": kinds.count("info"), "fixable": sum(1 for found in findings if found.fix),
    }  # fmt: skip
    return Report(findings, Summary(**(counts | changed)), notes)
