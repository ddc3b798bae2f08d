"""A comment on a pull request: Markdown as GitHub and GitLab render it, within the length that GitHub takes.

Whatever comes from pages and contracts is written in character references, which no renderer takes for markup, and
what would call on people or issues (`@somebody`, `#12`) is broken by an invisible word joiner.
"""

from __future__ import annotations

import re
import string
from collections.abc import Sequence

from cta_analytics.lint.finding import Finding, Report
from cta_analytics.lint.output import Output, Setting, quoted
from cta_analytics.lint.wording import counted, message, printable, ranked, summed

_MOST_CHARACTERS = 65_536
_OPEN = 10
"""So many findings are seen at once, the others are folded away."""
_MOST_OF_URL = 120
_SPARE = 200
"""Characters for what stands around the tables."""
# Harmless between letters, and left as they are so that the source stays readable; all others mean something somewhere.
_HARMLESS = set(" \"'(),-/;?%") | set(string.ascii_letters + string.digits)
_CALLS = re.compile(r"([@#!~$%&:^*]|\bGH-)(?=\w)", re.IGNORECASE)
_JOINER = "\u2060"
_HEAD = ("| line | severity | rule | what is wrong |", "| ---: | --- | --- | --- |")


def write(report: Report, setting: Setting) -> str:
    """A headline and a table for each file with what matters most; the rest is folded away, or counted."""
    findings = ranked(report.findings)
    text = f"**cta lint:** {summed(report.summary)}\n"
    tables, shown = _tables(findings[:_OPEN], setting, _MOST_CHARACTERS - len(text) - _SPARE)
    text += tables
    if shown == _OPEN and len(findings) > _OPEN:
        tables, more = _tables(findings[_OPEN:], setting, _MOST_CHARACTERS - len(text) - _SPARE)
        shown += more
        if more:
            text += f"\n<details><summary>{counted(more, 'more finding')}</summary>\n{tables}\n</details>\n"
    left = len(findings) - shown
    return text + (f"\n{counted(left, 'further finding')} found no room here.\n" if left else "")


def _tables(findings: Sequence[Finding], setting: Setting, room: int) -> tuple[str, int]:
    """A table for each file, and how many of the findings fit in."""
    of_file: dict[str, list[str]] = {}
    urls: dict[str, str | None] = {}
    shown = 0
    for finding in findings:
        path = setting.in_repository(finding.file)
        row = _row(finding, quoted(path), finding.href if urls.get(finding.file) != finding.href else None)
        urls[finding.file] = finding.href
        head = "" if finding.file in of_file else "\n".join(("", f"[{_prose(path)}]({quoted(path)})", "", *_HEAD, ""))
        room -= len(head) + len(row)
        if room < 0:
            break
        of_file.setdefault(finding.file, [head]).append(row)
        shown += 1
    return "".join(part for parts in of_file.values() for part in parts), shown


def _row(finding: Finding, file: str, url: str | None) -> str:
    """One row; a URL that the row above it has is not said again."""
    place = f"[{finding.line}]({file}#L{finding.line})"
    says = _prose(message(finding))
    if finding.price:
        says += f"<br>{_prose(finding.price.words)}"
    if url is not None:
        says += f"<br><code>{_escaped(_short(printable(url)))}</code>"
    return f"| {place} | {finding.severity} | {finding.code} {finding.name} | {says} |\n"


def _short(url: str) -> str:
    return url if len(url) <= _MOST_OF_URL else f"{url[:_MOST_OF_URL]}…"


def _prose(text: str) -> str:
    """The text as text between words: nothing in it calls on anybody. In `<code>` nothing does anyhow."""
    return _escaped(_CALLS.sub(rf"\1{_JOINER}", printable(text)))


def _escaped(text: str) -> str:
    """The text as text: no HTML, no markup, no end of a cell."""
    return "".join(char if char in _HARMLESS or not char.isascii() else f"&#{ord(char)};" for char in text)


OUTPUT = Output(name="markdown", summary="a comment on a pull request", write=write)
