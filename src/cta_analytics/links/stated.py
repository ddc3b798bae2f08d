"""The addresses of a page that files state outside of links: its canonical link, its entry in a sitemap."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from cta_analytics.pages.anchor import Document, Syntax
from cta_analytics.pages.attributes import start_tag
from cta_analytics.pages.source import Source

_LINK_TAG = re.compile(r"<[lL][iI][nN][kK](?=[\t\n\f\r /])")


@dataclass(frozen=True, slots=True)
class Stated:
    """An address as it stands in a file; its fields are named like those of a `Link`."""

    kind: Literal["canonical", "sitemap"]
    href: str
    raw: str
    """As it stands in the file; empty where the place is not known, which is then the file's start."""
    syntax: Syntax
    file: str
    line: int = 1
    column: int = 1
    end_line: int = 1
    end_column: int = 1
    href_line: int = 1
    href_column: int = 1
    href_start: int = 0
    href_end: int = 0


def canonical(document: Document, source: Source) -> tuple[Stated, ...]:
    """The canonical address of a page, where it has a query: no other can be wrong, and few have one."""
    href = document.canonical
    if href is None or "?" not in href:
        return ()
    for tag in _LINK_TAG.finditer(source.text):
        attributes, end = start_tag(source.text, tag.start())
        rel, found = attributes.get("rel"), attributes.get("href")
        if rel and found and "canonical" in rel.value.lower().split() and found.trimmed().value == href:
            url = found.trimmed()
            return (located("canonical", href, "html", source, (tag.start(), end), (url.start, url.end)),)
    return (Stated("canonical", href, "", "plain", source.file),)


def located(
    kind: Literal["canonical", "sitemap"],
    href: str,
    syntax: Syntax,
    source: Source,
    whole: tuple[int, int],
    url: tuple[int, int],
) -> Stated:
    """An address with its place: `whole` and `url` are offsets of its element and of its URL in the source."""
    line, column, href_line, href_column, end_line, end_column = source.positions(whole[0], url[0], whole[1])
    return Stated(
        kind,
        href,
        source.text[url[0] : url[1]],
        syntax,
        source.file,
        line,
        column,
        end_line,
        end_column,
        href_line,
        href_column,
        source.byte_offset(url[0]),
        source.byte_offset(url[1]),
    )


_LOC = re.compile(
    r"<(?:[\w-]+:)?loc\s*>\s*(?P<cdata><!\[CDATA\[)?\s*(?P<url>[^<>]*?)\s*(?:\]\]>)?\s*</(?:[\w-]+:)?loc\s*>"
)


def listed(source: Source) -> Iterator[Stated]:
    """The addresses of a sitemap that have a query."""
    from cta_analytics.pages.attributes import decode

    for found in _LOC.finditer(source.text):
        if "?" in found["url"]:
            syntax: Syntax = "plain" if found["cdata"] else "html"
            href = found["url"] if found["cdata"] else decode(found["url"])
            yield located("sitemap", href, syntax, source, found.span(), found.span("url"))
