"""HTML and XHTML pages."""

from __future__ import annotations

import re

from cta_analytics.pages import scripted, structure
from cta_analytics.pages.anchor import Document, Span
from cta_analytics.pages.attributes import decode, start_tag
from cta_analytics.pages.reader import PageReader
from cta_analytics.pages.source import Source
from cta_analytics.pages.structure import Marked

# A link as nearly all are written, for which one look does: each attribute in double quotes or without value.
_BLANKS, _NAMED = r"[\t\n\f\r ]", r'[A-Za-z][A-Za-z0-9_:-]*(?:="[^"]*")?'
_PLAIN_LINK = re.compile(
    rf'<[aA](?:{_BLANKS}+(?!(?i:href)[\t\n\f\r =/>]){_NAMED})*{_BLANKS}+href="(?P<url>[^"]*)"'
    rf"(?:{_BLANKS}+{_NAMED})*{_BLANKS}*>"
)


def read(source: Source) -> Document:
    """The links of an HTML page."""
    text = source.text
    offsets: list[int] = []

    def number(offset: int) -> int:
        offsets.append(offset)
        return len(offsets) - 1

    def locate(mark: int) -> Marked | None:
        offset = offsets[mark]
        plain = _PLAIN_LINK.match(text, offset)
        if plain:
            raw = plain["url"]
            if raw == raw.strip():
                start, end = plain.span("url")
                return Marked(Span(offset, plain.end(), start, end), decode(raw), raw, "html")
        attributes, end = start_tag(text, offset)
        tag = "form" if text[offset + 1 : offset + 5].lower() == "form" else "a"
        found = structure.marked(tag, offset, end, attributes)
        return scripted.marked(offset, end, attributes) if found is None and with_scripts else found

    with_scripts = scripted.possible(text)
    if with_scripts:
        return structure.read(structure.mark(text, number, scripted.MARKED), locate, scripted=scripted.TAGS)
    return structure.read(structure.mark(text, number), locate)


READER = PageReader(name="html", suffixes=(".html", ".htm", ".xhtml"), declares_encoding=True, read=read)
