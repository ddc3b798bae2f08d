"""For people: grouped by file, the offending part of each URL underlined."""

from __future__ import annotations

import re
from collections import Counter

from cta_analytics.lint.finding import Finding, Report
from cta_analytics.lint.output import Output, Setting, quoted
from cta_analytics.lint.wording import message, printable, summed

_COLOURS = {"error": "31", "warning": "33", "info": "36"}
_BOLD, _DIM, _FIX = "1", "2", "32"
_COLUMNS = 80
_BEFORE = 24
_INDENT = " " * 6
_WIDTH = _COLUMNS - len(_INDENT) - len("……")
# GitHub's runners obey `::add-mask::` at the start of a line and `##[command]` anywhere.
_ORDER = re.compile(r"\A\s*:(?=:)|#(?=#\[)")


def write(report: Report, setting: Setting) -> str:
    """The findings by file and a line that sums them up."""
    lines: list[str] = []
    of_file: dict[str, list[Finding]] = {}
    for finding in report.findings:
        of_file.setdefault(finding.file, []).append(finding)
    for file, findings in of_file.items():
        name = _painted(_quiet(printable(file)), _BOLD, setting)
        lines.append(_linked(name, file, None, setting))
        before: Finding | None = None
        for finding in findings:
            lines += _finding(finding, before, setting)
            before = finding
        lines.append("")
    return "\n".join([*lines, *_fixing(report), summed(report.summary), ""])


def _finding(finding: Finding, before: Finding | None, setting: Setting) -> list[str]:
    where = _linked(f"{finding.line}:{finding.column}", finding.file, finding.line, setting)
    severity = _painted(finding.severity, _COLOURS[finding.severity], setting)
    name = _painted(f"{finding.code} {finding.name}", _BOLD, setting)
    lines = [f"  {where}  {severity}  {name}", *(f"{_INDENT}{_quiet(part)}" for part in _wrapped(message(finding)))]
    if finding.price:
        lines += [f"{_INDENT}{_painted(part, _BOLD, setting)}" for part in _wrapped(finding.price.words)]
    return lines + _url(finding, before, setting) + _fix(finding, setting)


def _wrapped(text: str) -> list[str]:
    width = _COLUMNS - len(_INDENT)
    if len(text) <= width:
        return [text]
    from textwrap import wrap

    return wrap(text, width, break_long_words=False, break_on_hyphens=False)


def _url(finding: Finding, before: Finding | None, setting: Setting) -> list[str]:
    """The URL with its offending part underlined; as a whole it is not shown twice in a row."""
    if not finding.source:
        return []
    if finding.source_start is None or finding.source_end is None:
        if before and (before.source, before.line, before.column) == (finding.source, finding.line, finding.column):
            return []
        return [f"{_INDENT}{_painted(_window(finding.source, 0, 0)[0], _DIM, setting)}"]
    shown, start, length = _window(finding.source, finding.source_start, finding.source_end)
    mark = _painted("^" * length, _COLOURS[finding.severity], setting)
    return [f"{_INDENT}{_painted(shown, _DIM, setting)}", f"{_INDENT}{' ' * start}{mark}"]


def _fix(finding: Finding, setting: Setting) -> list[str]:
    """What would repair it."""
    if finding.fix is None or not finding.fix.shown:
        return []
    kind = "fix:" if finding.fix.safety == "safe" else "unsafe fix:"
    return [f"{_INDENT}{_painted(kind, _FIX, setting)} {_window(finding.fix.shown, 0, 0)[0]}"]


def _window(source: str, start: int, end: int) -> tuple[str, int, int]:
    """A part of the URL around the offending one, where that begins in it, and how long it is there."""
    left = 0 if len(source) <= _WIDTH else max(0, min(start - _BEFORE, len(source) - _WIDTH))
    right = min(len(source), left + _WIDTH)
    cells = list(source[left:right])
    orders = _orders(source)
    if orders or printable(source) != source:
        cells = [_coded(source[n]) if n in orders else printable(source[n]) for n in range(left, right)]
    before, part = "".join(cells[: start - left]), "".join(cells[start - left : end - left])
    opening, closing = "…" if left else "", "…" if right < len(source) else ""
    shown = opening + "".join(cells) + closing
    return shown, len(opening) + _width(before), max(1, _width(part))


def _orders(text: str) -> set[int]:
    """Where a build server would begin to take the text for an order."""
    return {found.end() - 1 for found in _ORDER.finditer(text)}


def _quiet(text: str) -> str:
    """The text, which nobody takes for an order."""
    orders = _orders(text)
    return "".join(_coded(char) if n in orders else char for n, char in enumerate(text)) if orders else text


def _coded(char: str) -> str:
    return f"\\x{ord(char):02x}"


def _width(text: str) -> int:
    if text.isascii():
        return len(text)
    from rich.cells import cell_len

    return cell_len(text)


def _painted(text: str, code: str, setting: Setting) -> str:
    return f"\x1b[{code}m{text}\x1b[0m" if setting.colour and text else text


def _fixing(report: Report) -> list[str]:
    """What was fixed, and what could be."""
    lines = [report.fixed.words] if report.fixed else []
    counts = Counter(finding.fix.safety for finding in report.findings if finding.fix for _ in range(finding.count))
    safe, unsafe = counts["safe"], counts["unsafe"]
    if safe:
        lines.append(f"{safe:,} fixable with --fix{f', {unsafe:,} more with --unsafe-fixes' if unsafe else ''}.")
    elif unsafe:
        lines.append(f"{unsafe:,} fixable with --fix --unsafe-fixes.")
    return lines


def _linked(text: str, file: str, line: int | None, setting: Setting) -> str:
    """The text as an OSC 8 link (https://gist.github.com/egmontkob/eb114294efbcd5adb1944c9f3cb5feda)."""
    if setting.links == "none":
        return text
    host = setting.root.removeprefix("file://").partition("/")[0]
    url = f"file://{host}{quoted(file)}" if file.startswith("/") else f"{setting.root}/{quoted(file)}"
    if line is not None and setting.links == "line":
        url += f"#{line}"
    return f"\x1b]8;;{url}\x1b\\{text}\x1b]8;;\x1b\\"


OUTPUT = Output(name="text", summary="for people, with the offending part underlined", write=write)
