"""A link that can sell, as the learning sees it: what it is without the faults of its URL, and what it carries."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from cta_analytics.links.contract import Resolver
from cta_analytics.links.learn.survey import Seen, sells, sound
from cta_analytics.links.link import Link
from cta_analytics.pages.page import PageIdentity
from cta_analytics.urls import Description

_CHROME = frozenset({"nav", "header", "footer"})
# What somebody's own way through Amazon leaves in a URL.
_LEFTOVER = "AMZ007"
_SEARCHED = frozenset({"search", "search_session"})


@dataclass(frozen=True, slots=True)
class Observed:
    """A link that can sell, on its page."""

    link: Link
    found: Description
    """The URL without the faults of its shape."""
    page: PageIdentity
    values: Mapping[str, str]
    """The first value of each key, as the resolver takes them."""

    @property
    def is_chrome(self) -> bool:
        """Whether it stands in what all pages have around their content."""
        return self.link.placement in _CHROME

    @property
    def is_copied(self) -> bool:
        """Whether it came out of a browser: somebody's own visit is left in it, and no tag of anybody's."""
        return self.found.program in {None, "none"} and any(p.code == _LEFTOVER for p in self.found.problems)

    @property
    def is_from_search(self) -> bool:
        """Whether what is left in it is that of a search."""
        table = self.found.table
        roles = {meaning.role for key in self.values if table and (meaning := table.parameter(key))}
        return bool(roles & _SEARCHED) or "/ref=sr_" in self.found.path


def observe(seen: Sequence[Seen], resolver: Resolver) -> list[Observed]:
    """The links that can sell of all pages, described and identified by `resolver`."""
    return [observed for one in seen for link in one.links if sells((observed := observe_one(link, resolver)).found)]


def observe_one(link: Link, resolver: Resolver) -> Observed:
    """One link, described and identified by `resolver`."""
    found = sound(link, resolver)
    page = resolver.identify(link.page)
    values: dict[str, str] = {}
    for key, value in (*found.params, *(found.landing.params if found.landing is not found else ())):
        values.setdefault(key, value)
    told = replace(link, answer=page.answer, description=resolver.describe(link.href, link.page))
    return Observed(told, found, page, values)
