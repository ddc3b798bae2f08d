"""From a URL's meaning back to how it is written: for each character of a decoded URL, its place in the file's."""

from __future__ import annotations

import re

from cta_analytics.pages import attributes
from cta_analytics.pages.anchor import Syntax

# https://spec.commonmark.org/0.31.2/#backslash-escapes and #entity-and-numeric-character-references
_MARKDOWN = re.compile(
    r"\\(?P<escaped>[!-/:-@\[-`{-~])|&(?:#[0-9]{1,7}|#[xX][0-9A-Fa-f]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});"
)


def offsets(raw: str, syntax: Syntax) -> list[int] | range:
    """For each character of the decoded URL, and for its end, the index in `raw` where it comes from."""
    if syntax == "html":
        return attributes.offsets(raw) if "&" in raw or "\r" in raw else range(len(raw) + 1)
    if syntax == "markdown" and ("\\" in raw or "&" in raw):
        return _of_markdown(raw)
    return range(len(raw) + 1)


def _of_markdown(raw: str) -> list[int]:
    from html import unescape

    starts: list[int] = []
    position = 0
    for found in _MARKDOWN.finditer(raw):
        starts += range(position, found.start())
        value = found["escaped"] or unescape(found[0])
        starts += range(found.start(), found.end()) if value == found[0] else [found.start()] * len(value)
        position = found.end()
    return [*starts, *range(position, len(raw) + 1)]


def place(raw: str, syntax: Syntax, start: int, end: int) -> tuple[int, int]:
    """The part of `raw` that a part of the decoded URL comes from."""
    table = offsets(raw, syntax)
    last = len(table) - 1
    return table[min(max(start, 0), last)], table[min(max(end, 0), last)]
