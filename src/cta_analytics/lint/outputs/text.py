"""For people: grouped by file, the offending part of each URL underlined."""

from __future__ import annotations

import re
from itertools import groupby

from cta_analytics.lint.finding import Finding, Report, Summary
from cta_analytics.lint.output import Output

_COLOURS = {"error": "31", "warning": "33", "info": "36"}
_BOLD, _DIM = "1", "2"
_UNSAFE = re.compile(r"[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
# So much of a URL is shown: with the indentation it fits a terminal of usual width.
_WIDTH = 100
_BEFORE = 24
_INDENT = " " * 6


def write(report: Report, colour: bool) -> str:
    """The findings by file and a line that sums them up."""
    lines: list[str] = []
    for file, findings in groupby(report.findings, key=lambda finding: finding.file):
        lines.append(_painted(_safe(file), _BOLD, colour))
        for finding in findings:
            lines += _finding(finding, colour)
        lines.append("")
    return "\n".join([*lines, _summary(report.summary), ""])


def _finding(finding: Finding, colour: bool) -> list[str]:
    where = f"{finding.line}:{finding.column}"
    severity = _painted(finding.severity, _COLOURS[finding.severity], colour)
    name = _painted(f"{finding.code} {finding.name}", _BOLD, colour)
    times = f" (on {finding.count} pages)" if finding.count > 1 else ""
    lines = [f"  {where}  {severity}  {name}  {_safe(finding.message)}{times}"]
    if finding.source and (finding.source_start is None or finding.source_end is None):
        lines.append(f"{_INDENT}{_painted(_window(finding.source, 0, 0)[0], _DIM, colour)}")
    elif finding.source and finding.source_start is not None and finding.source_end is not None:
        shown, start, length = _window(finding.source, finding.source_start, finding.source_end)
        mark = _painted("^" * length, _COLOURS[finding.severity], colour)
        lines += [f"{_INDENT}{_painted(shown, _DIM, colour)}", f"{_INDENT}{' ' * start}{mark}"]
    return lines


def _window(source: str, start: int, end: int) -> tuple[str, int, int]:
    """A part of the URL around the offending one, where that begins in it, and how long it is there."""
    left = 0 if len(source) <= _WIDTH else max(0, min(start - _BEFORE, len(source) - _WIDTH))
    right = min(len(source), left + _WIDTH)
    before, part, after = source[left:start], source[start : min(end, right)], source[min(end, right) : right]
    opening = "…" if left else ""
    shown = opening + _safe(before) + _safe(part) + _safe(after) + ("…" if right < len(source) else "")
    return shown, len(opening) + _width(_safe(before)), max(1, _width(_safe(part)))


def _width(text: str) -> int:
    if text.isascii():
        return len(text)
    from rich.cells import cell_len

    return cell_len(text)


def _summary(summary: Summary) -> str:
    found = summary.errors + summary.warnings + summary.infos
    looked = f"{_count(summary.pages, 'page')}, {_count(summary.links, 'link')}, {_count(summary.ctas, 'CTA')}"
    if not found:
        return f"No findings in {looked}."
    kinds = f"{_count(summary.errors, 'error')}, {_count(summary.warnings, 'warning')}, {summary.infos} info"
    return f"{kinds} in {looked}."


def _count(number: int, name: str) -> str:
    return f"{number} {name}{'' if number == 1 else 's'}"


def _safe(text: str) -> str:
    return _UNSAFE.sub(
        lambda found: f"\\x{ord(found[0]):02x}" if found[0] < "\u0100" else f"\\u{ord(found[0]):04x}", text
    )


def _painted(text: str, code: str, colour: bool) -> str:
    return f"\x1b[{code}m{text}\x1b[0m" if colour and text else text


OUTPUT = Output(name="text", summary="for people, with the offending part underlined", write=write)
