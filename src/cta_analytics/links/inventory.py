"""The pages and links of a scan."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from cta_analytics.links.link import Link
from cta_analytics.links.stated import Stated


@dataclass(frozen=True, slots=True)
class Page:
    """A page as scanned."""

    site: str
    lang: str | None
    path: str
    kind: str
    answer: str | None
    slug: str | None
    title: str | None
    file: str
    url: str
    """The absolute URL, or the path where the site's base URL is not known."""
    stated: tuple[Stated, ...] = ()
    """Its addresses with a query in a canonical link or a sitemap."""

    def as_json(self) -> dict[str, Any]:
        """The page as `cta scan --format json` prints it (docs/scan.md)."""
        names = ("site", "lang", "path", "kind", "answer", "title", "file", "url")
        return {name: getattr(self, name) for name in names}


@dataclass(frozen=True, slots=True)
class Inventory:
    """What a scan found: pages sorted by file within each path given, links in the order of their page."""

    pages: tuple[Page, ...]
    links: tuple[Link, ...]
    whole: bool = False
    """Whether whole `[[sources]]` were read, so that what is not here is not on the site."""
    notes: tuple[str, ...] = ()
    """What was asked for and is not there, a line each."""

    def as_json(self) -> dict[str, Any]:
        """What `cta scan --format json` prints (docs/scan.md)."""
        return {"pages": [page.as_json() for page in self.pages], "links": [link.as_json() for link in self.links]}
