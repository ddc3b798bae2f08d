"""Where in a file suppressions stand, and the lines that each of them covers."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass

from cta_analytics.lint.blocks import Markdown, after
from cta_analytics.pages import reader_of
from cta_analytics.pages.attributes import decode
from cta_analytics.pages.source import Source

_HTML = "<!--"
_CLOSING = {"<!--": "-->", "{/*": "*/}", "{#": "#}", "<%#": "%>", "<%--": "--%>", "{%": "endcomment"}
DIRECTIVE = re.compile(r"(?P<open><!--|\{/\*|\{#|<%--|<%#|\{%-?\s*comment\s*-?%\})-?\s*cta:\s*(?=ignore\b|\w+\s*\[)")
_ELEMENT = re.compile(
    r"""(?<=[\s"'])data-cta-ignore(?:\s*=\s*(?:"(?P<double>[^"]*)"|'(?P<single>[^']*)'|(?P<bare>[^\s"'>]+)))?"""
)
# What is in these is no markup.
_RAW = re.compile(r"<!--|<(script|style|textarea|title|xmp)(?=[\t\n\f\r >])")


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
    # A component of a template may be called `Title`.
    unread = _Unread(text if kind == "template" else text.lower())
    absent: set[str] = set()
    for found in DIRECTIVE.finditer(text):
        opening = found["open"]
        closing = _CLOSING["{%" if opening.startswith("{%") else opening]
        if closing in absent or (opening != _HTML and kind != "template") or unread.is_raw(found.start()):
            continue
        close = text.find(closing, found.end())
        if close < 0:
            # Nor is there one behind any later place.
            absent.add(closing)
            continue
        end = text.find("%}", close) + 2 if closing == "endcomment" else close + len(closing)
        said = text[found.end() : close].removesuffix("-").strip()
        said = re.sub(r"\s*\{%-?\s*$", "", said) if closing == "endcomment" else said
        if markdown and markdown.is_code(found.start(), text[found.start() : end]):
            continue
        first, last = _covered(source, found.start(), end, markdown)
        yield Written(found.start(), end, said, first, last)
    for found in _ELEMENT.finditer(text):
        if unread.is_comment(found.start()) or unread.is_raw(found.start()):
            continue
        if kind != "template" and text.rfind("<", 0, found.start()) <= text.rfind(">", 0, found.start()):
            continue
        if markdown and markdown.is_code(found.start(), found[0]):
            continue
        value = found["double"] or found["single"] or found["bare"] or ""
        yield Written(found.start(), found.end(), decode(value).strip(), is_element=True)


class _Unread:
    """The parts of a text that a parser of HTML takes for comments, or for text without markup."""

    def __init__(self, text: str) -> None:
        self._starts: list[int] = []
        self._parts: list[tuple[int, bool]] = []
        """Where each ends, and whether it is a comment."""
        found = _RAW.search(text)
        while found:
            closing = f"</{found[1]}" if found[1] else "-->"
            close = text.find(closing, found.end())
            end = close if close >= 0 else len(text)
            self._starts.append(found.start())
            self._parts.append((end, found[1] is None))
            found = _RAW.search(text, end)

    def is_comment(self, at: int) -> bool:
        return self._part(at) is True

    def is_raw(self, at: int) -> bool:
        return self._part(at) is False

    def _part(self, at: int) -> bool | None:
        index = bisect_right(self._starts, at) - 1
        if index < 0 or at >= self._parts[index][0]:
            return None
        return self._parts[index][1]


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
