"""Where in a file suppressions stand, and the lines that each of them covers."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from cta_analytics.lint.blocks import Markdown, after
from cta_analytics.pages import reader_of
from cta_analytics.pages.attributes import decode
from cta_analytics.pages.source import Source

_HTML = "<!--"
_CLOSING = {"<!--": "-->", "{/*": "*/}", "{#": "#}", "<%#": "%>", "<%--": "--%>", "{%": "endcomment"}
_DIRECTIVE = re.compile(r"(?P<open><!--|\{/\*|\{#|<%--|<%#|\{%-?\s*comment\s*-?%\})-?\s*cta:\s*(?=ignore\b|\w+\s*\[)")
_ELEMENT = re.compile(
    r"""(?<=[\s"'])data-cta-ignore(?:\s*=\s*(?:"(?P<double>[^"]*)"|'(?P<single>[^']*)'|(?P<bare>[^\s"'>]+)))?"""
)
_RAW = ("script", "style", "textarea", "title", "xmp")


@dataclass(frozen=True, slots=True)
class Written:
    """A suppression as it stands in a file."""

    start: int
    end: int
    text: str
    """What a comment says behind `cta:`, or the value of `data-cta-ignore`."""
    first: int = 0
    """The lines that it covers; of an element, none: the parser tells what is in it."""
    last: int = 0
    is_element: bool = False


def read(source: Source) -> Iterator[Written]:
    """The suppressions in a file, comments first."""
    text = source.text
    reader = reader_of(source.file)
    kind = reader.name if reader else "html"
    markdown = Markdown(source) if kind == "markdown" else None
    lower = text.lower()
    for found in _DIRECTIVE.finditer(text):
        opening = found["open"]
        closing = _CLOSING["{%" if opening.startswith("{%") else opening]
        if (opening != _HTML and kind != "template") or _in_raw(lower, found.start()):
            continue
        close = text.find(closing, found.end())
        if close < 0:
            continue
        end = text.find("%}", close) + 2 if closing == "endcomment" else close + len(closing)
        said = text[found.end() : close].removesuffix("-").strip()
        said = re.sub(r"\s*\{%-?\s*$", "", said) if closing == "endcomment" else said
        if markdown and markdown.is_code(found.start(), text[found.start() : end]):
            continue
        first, last = _covered(source, found.start(), end, markdown)
        yield Written(found.start(), end, said, first, last)
    for found in _ELEMENT.finditer(text):
        if _in_comment(text, found.start()) or _in_raw(lower, found.start()):
            continue
        if kind != "template" and text.rfind("<", 0, found.start()) <= text.rfind(">", 0, found.start()):
            continue
        if markdown and markdown.is_code(found.start(), found[0]):
            continue
        value = found["double"] or found["single"] or found["bare"] or ""
        yield Written(found.start(), found.end(), decode(value).strip(), is_element=True)


def _in_raw(lower: str, at: int) -> bool:
    """Whether a place is in an element whose content is no markup."""
    for name in _RAW:
        opened = lower.rfind(f"<{name}", 0, at)
        if opened >= 0 and lower[opened + len(name) + 1] in " \t\r\n\f>" and f"</{name}" not in lower[opened:at]:
            return lower.find(">", opened, at) >= 0
    return False


def _in_comment(text: str, at: int) -> bool:
    return text.rfind(_HTML, 0, at) > text.rfind("-->", 0, at)


def _covered(source: Source, start: int, end: int, markdown: Markdown | None) -> tuple[int, int]:
    """The lines of the next block where a comment stands alone on its line, else the lines that it stands on."""
    text = source.text
    first, _ = source.position(start)
    last, _ = source.position(end)
    line_start = source.line_starts[first - 1]
    rest = re.compile(r"[ \t]*(?:\r|\n|$)").match(text, end)
    if text[line_start:start].strip() or not rest:
        return first, last
    if markdown and not markdown.is_within_html(last):
        return markdown.after(last)
    begin, stop = after(text, end)
    covered = text[begin:stop].rstrip()
    return (source.position(begin)[0], source.position(begin + len(covered))[0]) if covered else (0, 0)
