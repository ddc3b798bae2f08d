"""Annotations on GitHub: workflow commands, which a runner takes from the output of a step.

The escaping is that of `@actions/core`; the limit is GitHub's: ten annotations of each level a step.
"""

from __future__ import annotations

from cta_analytics.lint.finding import Finding, Report
from cta_analytics.lint.output import Output, Setting
from cta_analytics.lint.wording import counted, message, printable, ranked, summed

_LEVELS = {"error": "error", "warning": "warning", "info": "notice"}
_MOST = 10


def write(report: Report, setting: Setting) -> str:
    """The ten findings of each level that matter most, a line for the others, and one that sums the run up."""
    of_level: dict[str, list[Finding]] = {level: [] for level in _LEVELS.values()}
    for finding in ranked(report.findings):
        of_level[_LEVELS[finding.severity]].append(finding)
    if any(len(findings) > _MOST for findings in of_level.values()):
        # The line about the others is a notice itself.
        rooms = {level: _MOST - (level == "notice") for level in of_level}
    else:
        rooms = dict.fromkeys(of_level, _MOST)
    lines = [_annotation(level, one, setting) for level, all_ in of_level.items() for one in all_[: rooms[level]]]
    others = sum(max(0, len(findings) - rooms[level]) for level, findings in of_level.items())
    if others:
        text = f"{counted(others, 'further finding')}: GitHub shows {_MOST} annotations of a level, the worst have them"
        lines.append(f"::notice title=cta lint::{_data(text)}")
    return "\n".join([*lines, summed(report.summary), ""])


def _annotation(level: str, finding: Finding, setting: Setting) -> str:
    properties: dict[str, str | int] = {"file": setting.in_repository(finding.file), "line": finding.line}
    properties["endLine"] = finding.end_line
    # GitHub takes columns only where both ends are on one line.
    if finding.line == finding.end_line and finding.end_column > finding.column:
        properties |= {"col": finding.column, "endColumn": finding.end_column}
    properties["title"] = f"{finding.code} {finding.name}"
    given = ",".join(f"{name}={_property(str(value))}" for name, value in properties.items())
    return f"::{level} {given}::{_data(message(finding))}"


def _data(text: str) -> str:
    return printable(text).replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")


OUTPUT = Output(name="github", summary="annotations of GitHub Actions", write=write)
