"""A link on a page, resolved: what it is, where it stands, what it should be."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from cta_analytics.pages.anchor import Syntax
from cta_analytics.urls import Description

Expected = str | tuple[str, ...] | None


@dataclass(frozen=True, slots=True)
class Departure:
    """One thing in which a link differs from the contract, under the code of the lint rule that reports it.

    `key` is the parameter, or `marketplace` or `store_page`; `expected` is a value, or several of which one would do,
    or None where the thing should not be there; `actual` is None where it is absent.
    """

    code: str
    key: str
    expected: Expected
    actual: str | None

    def as_json(self) -> dict[str, Any]:
        """The departure as `cta scan` prints it."""
        expected = list(self.expected) if isinstance(self.expected, tuple) else self.expected
        return {"code": self.code, "key": self.key, "expected": expected, "actual": self.actual}


# Not `frozen`: that would triple the cost of making one, and nothing is made so often.
@dataclass(slots=True, unsafe_hash=True)
class Link:
    """A link on a page. Two links with one URL are two links."""

    page: str
    answer: str | None
    position: int
    """Its number on the page, from 1."""
    href: str
    """The URL as the page means it: escapes of the file's language decoded once."""
    raw: str
    """The URL as it stands in the file."""
    syntax: Syntax
    url: str
    """The absolute URL that a browser goes to; a path where the site's base URL is not known."""
    description: Description
    text: str
    heading: str | None
    kind: str
    placement: str
    slot: str
    data_slot: str | None
    """`data-cta-slot`."""
    ordinal: int
    """Its number among the page's links with the same URL without fragment, from 1."""
    rel: str | None
    target: str | None
    touches_previous: bool
    """Nothing, not even a blank, stands between it and the link before."""
    cta: str | None
    """The name of the CTA policy that it falls under."""
    departures: tuple[Departure, ...]
    file: str
    line: int
    column: int
    end_line: int
    end_column: int
    href_line: int
    href_column: int
    href_start: int
    """Byte offset of the URL in the file."""
    href_end: int
    disclosure: str | None = None
    """What discloses near it that it earns money, as it stands there."""
    site: str = ""
    """That of its page."""
    referrer_policy: str | None = None
    """`referrerpolicy`, as it stands there."""
    ignored: tuple[str, ...] = ()
    """The `data-cta-ignore` of itself and of the elements around it."""

    def as_json(self) -> dict[str, Any]:
        """The link as `cta scan --format json` prints it (docs/scan.md)."""
        return {
            "page": self.page,
            "answer": self.answer,
            "position": self.position,
            "href": self.href,
            "url": self.url,
            "text": self.text,
            "heading": self.heading,
            "kind": self.kind,
            "placement": self.placement,
            "slot": self.slot,
            "ordinal": self.ordinal,
            "rel": self.rel,
            "target": self.target,
            "file": self.file,
            "line": self.line,
            "column": self.column,
            "end_line": self.end_line,
            "end_column": self.end_column,
            "href_start": self.href_start,
            "href_end": self.href_end,
            "cta": self.cta,
            "departures": [departure.as_json() for departure in self.departures],
            "disclosure": self.disclosure,
        }
