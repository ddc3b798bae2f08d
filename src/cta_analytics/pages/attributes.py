"""The attributes of a start tag as a browser reads them, with the place of each value in the text."""

from __future__ import annotations

import re
from dataclasses import dataclass

# https://html.spec.whatwg.org/#tag-open-state to #after-attribute-value-(quoted)-state
_NAME = re.compile(r"</?[A-Za-z][^\t\n\f\r />]*")
_ATTRIBUTE = re.compile(
    r"[\t\n\f\r /]*"
    r"(?P<name>=?[^\t\n\f\r />=]+|=)"
    r"[\t\n\f\r ]*"
    r"""(?:=[\t\n\f\r ]*(?:"(?P<double>[^"]*)"|'(?P<single>[^']*)'|(?P<bare>[^\t\n\f\r >"'][^\t\n\f\r >]*|(?=>))))?"""
)
_SPACE = "\t\n\f\r "
# A character reference, or a line end that a browser reads as LF.
_REFERENCE = re.compile(r"&(?:#(?:[0-9]+|[xX][0-9A-Fa-f]+);?|[A-Za-z][A-Za-z0-9]*;?)|\r\n?")


@dataclass(frozen=True, slots=True)
class Attribute:
    """A value as it stands in the text: `text[start:end]`, quotes not included."""

    start: int
    end: int
    raw: str

    @property
    def value(self) -> str:
        """The value with its character references decoded."""
        return decode(self.raw)

    def trimmed(self) -> Attribute:
        """The same without white space around it: what a URL attribute means."""
        left = len(self.raw) - len(self.raw.lstrip(_SPACE))
        raw = self.raw.strip(_SPACE)
        return Attribute(self.start + left, self.start + left + len(raw), raw)


def start_tag(text: str, offset: int) -> tuple[dict[str, Attribute], int]:
    """The attributes of the tag at `offset` by lower-case name, and where the tag ends.

    Of two attributes with one name the first counts, as in browsers.
    """
    found = _NAME.match(text, offset)
    position = found.end() if found else offset
    attributes: dict[str, Attribute] = {}
    while True:
        found = _ATTRIBUTE.match(text, position)
        if not found:
            break
        kind = found.lastgroup or "name"
        name = found["name"].lower()
        position = found.end()
        if name not in attributes:
            start, end = found.span(kind) if kind != "name" else (position, position)
            attributes[name] = Attribute(start, end, text[start:end])
    end = text.find(">", position)
    return attributes, end + 1 if end >= 0 else len(text)


def decode(raw: str) -> str:
    """An attribute's value with its character references decoded, by the rules for attributes."""
    if "&" not in raw and "\r" not in raw:
        return raw
    if "\r" not in raw and raw.count("&") == raw.count("&amp;"):
        return raw.replace("&amp;", "&")
    return _REFERENCE.sub(lambda found: _decoded(found, raw), raw)


def _decoded(found: re.Match[str], raw: str) -> str:
    from html import unescape
    from html.entities import html5

    reference = found[0]
    if reference[0] == "\r":
        return "\n"
    if reference[1] == "#":
        return unescape(reference)
    if reference.endswith(";") and reference[1:] in html5:
        return html5[reference[1:]]
    # `&copy=1` and `&copyright` stay as they are in an attribute, `&copy&x=1` does not: the longest name without a
    # semicolon counts, unless `=` or a letter or digit follows it.
    # https://html.spec.whatwg.org/#named-character-reference-state
    after = raw[found.end() : found.end() + 1]
    name = reference[1:]
    if name in html5 and after != "=" and not (after.isascii() and after.isalnum()):
        return html5[name]
    return reference


def offsets(raw: str) -> list[int]:
    """For each character of the decoded value, and for its end, the index in `raw` where it comes from."""
    starts: list[int] = []
    position = 0
    for found in _REFERENCE.finditer(raw):
        starts += range(position, found.start())
        value = _decoded(found, raw)
        starts += range(found.start(), found.end()) if value == found[0] else [found.start()] * len(value)
        position = found.end()
    return [*starts, *range(position, len(raw) + 1)]
