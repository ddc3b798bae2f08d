"""Which CTA policy of the contract a link falls under."""

from __future__ import annotations

from fnmatch import fnmatchcase

from cta_analytics.config import CtaPolicy, Match
from cta_analytics.pages.page import PageIdentity
from cta_analytics.urls import Description


def applies(policy: CtaPolicy, page: PageIdentity) -> bool:
    """Whether the policy is about that page."""
    if policy.on and page.kind not in policy.on:
        return False
    if policy.site is not None and page.site is not None and policy.site != page.site:
        return False
    return not any(_path_matches(page.path, pattern) for pattern in policy.except_paths)


def matches(match: Match, link: Description, data_slot: str | None, placement: str | None) -> bool:
    """Whether a link is what the policy is about. `placement` None leaves that condition out."""
    return matches_url(match, link) and matches_place(match, data_slot, placement)


def matches_url(match: Match, link: Description) -> bool:
    """Whether the policy is about such a URL, wherever it stands."""
    if not _is(match.kind, link.kind):
        return False
    landing = link.landing
    host = (landing.host or "").removeprefix("www.")
    page_id = landing.store.page_id if landing.store else None
    return (
        _is(match.host, host, lambda text: text.lower().removeprefix("www."))
        and (match.path is None or any(_path_matches(landing.path, pattern) for pattern in _listed(match.path)))
        and _is(match.store_page, page_id, str.upper)
        and _is(match.asin, landing.asin, str.upper)
    )


def matches_place(match: Match, data_slot: str | None, placement: str | None) -> bool:
    """Whether the policy is about links that stand there. `placement` None leaves that condition out."""
    return (match.slot is None or any(fnmatchcase(data_slot or "", pattern) for pattern in _listed(match.slot))) and (
        placement is None or _is(match.placement, placement)
    )


def _is(wanted: str | list[str] | None, value: str | None, normal: type[str] | object = str) -> bool:
    if wanted is None or wanted == value:
        return True
    return value is not None and any((normal(text) if callable(normal) else text) == value for text in _listed(wanted))


def _listed(value: str | list[str]) -> list[str]:
    return [value] if isinstance(value, str) else value


def _path_matches(path: str, pattern: str) -> bool:
    return path == pattern or fnmatchcase(path, pattern)
