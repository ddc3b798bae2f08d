"""HTML and XHTML pages."""

from __future__ import annotations

from cta_analytics.pages import structure
from cta_analytics.pages.anchor import Document
from cta_analytics.pages.attributes import start_tag
from cta_analytics.pages.reader import PageReader
from cta_analytics.pages.source import Source
from cta_analytics.pages.structure import Marked


def read(source: Source) -> Document:
    """The links of an HTML page."""
    text = source.text
    offsets: list[int] = []

    def number(offset: int) -> int:
        offsets.append(offset)
        return len(offsets) - 1

    def locate(mark: int) -> Marked | None:
        offset = offsets[mark]
        attributes, end = start_tag(text, offset)
        tag = "form" if text[offset + 1] in "fF" else "a"
        return structure.marked(tag, offset, end, attributes)

    return structure.read(structure.mark(text, number), locate)


READER = PageReader(name="html", suffixes=(".html", ".htm", ".xhtml"), declares_encoding=True, read=read)
