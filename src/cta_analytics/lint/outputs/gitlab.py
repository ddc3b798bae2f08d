"""GitLab's Code Quality report: the widget of a merge request and the marks in its diff.

The fields are those of https://docs.gitlab.com/ci/testing/code_quality/#code-quality-report-format.
"""

from __future__ import annotations

import json
from typing import Any

from cta_analytics.lint.finding import Finding, Report
from cta_analytics.lint.fingerprint import fingerprints
from cta_analytics.lint.output import Output, Setting
from cta_analytics.lint.wording import message, printable

# GitLab knows blocker, critical, major, minor and info.
_SEVERITIES = {"error": "major", "warning": "minor", "info": "info"}


def write(report: Report, setting: Setting) -> str:
    """One JSON array with one object a finding."""
    made = zip(report.findings, fingerprints(report.findings), strict=True)
    entries = [_entry(finding, fingerprint, setting) for finding, fingerprint in made]
    return json.dumps(entries, indent=2, ensure_ascii=False) + "\n"


def _entry(finding: Finding, fingerprint: str, setting: Setting) -> dict[str, Any]:
    return {
        "description": f"{finding.code} {finding.name}: {message(finding)}",
        "check_name": finding.code,
        "fingerprint": fingerprint,
        "severity": _SEVERITIES[finding.severity],
        "location": {
            "path": printable(setting.in_repository(finding.file)),
            "lines": {"begin": finding.line, "end": finding.end_line},
        },
    }


OUTPUT = Output(name="gitlab", summary="GitLab Code Quality", write=write)
