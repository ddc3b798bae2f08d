"""Links as they would be with other URLs: described and resolved anew, nothing read again."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace

from cta_analytics.links.contract import Resolver, Stand, Target
from cta_analytics.links.link import Link
from cta_analytics.links.slot import without_fragment
from cta_analytics.lint.finding import Place
from cta_analytics.lint.fix import place_of


def with_href(link: Link, href: str, resolver: Resolver) -> Link:
    """The link with another URL."""
    site = next((site for site in resolver.sites if site.label == link.site), None)
    return _resolved(replace(link, href=href), resolver.target(href, link.page, site), resolver)


def moved(links: Sequence[Link], hrefs: Mapping[Place, str], resolver: Resolver) -> list[Link]:
    """The links of a page with other URLs at some places. Which is which of equal URLs is counted anew."""
    found = [with_href(link, hrefs[place_of(link)], resolver) if place_of(link) in hrefs else link for link in links]
    seen: Counter[str] = Counter()
    for index, link in enumerate(found):
        url = without_fragment(link.url)
        seen[url] += 1
        if link.ordinal != seen[url]:
            target = resolver.target_of(link.description)
            found[index] = _resolved(replace(link, ordinal=seen[url]), target, resolver)
    return found


def _resolved(link: Link, target: Target, resolver: Resolver) -> Link:
    stand = Stand(link.placement, link.data_slot, link.ordinal)
    page = resolver.identify(link.page, link.site if len(resolver.sites) > 1 else None)
    resolution = resolver.resolve_target(target, page, stand)
    return replace(
        link,
        url=target.url,
        description=target.description,
        kind=target.description.kind,
        slot=resolution.slot,
        cta=resolution.cta,
        departures=resolution.departures,
    )
