"""What a scan is in a few numbers: gathered page by page, so that the links themselves need not be kept."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from cta_analytics.links.contract import Resolver
from cta_analytics.links.inventory import Page
from cta_analytics.links.link import Link
from cta_analytics.pages.page import site_path


@dataclass(slots=True)
class Tally:
    """Pages and links, counted."""

    pages: list[tuple[str, str]] = field(default_factory=list)
    """Path and kind of each page."""
    links: int = 0
    ctas: Counter[str] = field(default_factory=Counter)
    """Links by CTA policy."""
    departing: int = 0
    """CTAs that depart from the contract."""
    with_cta: set[str] = field(default_factory=set)
    """Paths of pages that have a CTA."""
    linked: set[str] = field(default_factory=set)
    """Paths of pages of the own site that other pages link to."""

    def add(self, pages: Iterable[Page], links: Sequence[Link], resolver: Resolver) -> Tally:
        """Counts pages and links, and gives itself."""
        self.pages += [(page.path, page.kind) for page in pages]
        self.links += len(links)
        for link in links:
            if link.cta:
                self.ctas[link.cta] += 1
                self.with_cta.add(link.page)
                self.departing += bool(link.departures)
            if resolver.is_internal(link.description):
                path = site_path(link.description.path)
                if path != link.page:
                    self.linked.add(path)
        return self

    def merge(self, other: Tally) -> None:
        """Adds what another one has counted."""
        self.pages += other.pages
        self.links += other.links
        self.ctas.update(other.ctas)
        self.departing += other.departing
        self.with_cta |= other.with_cta
        self.linked |= other.linked
