"""What most rules are made of: a problem of the URL by itself, or a departure from the contract."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from fnmatch import fnmatchcase
from functools import lru_cache

from cta_analytics.links.link import Departure, Link
from cta_analytics.lint.finding import Safety
from cta_analytics.lint.rule import Context, Hit, LinkCheck, Spot
from cta_analytics.lint.suppress import Suppression
from cta_analytics.urls import Description, Param, Problem, Query

OfProblem = Callable[[Link, Problem, Context], str | None]
"""The href without a problem; None where the right answer is not certain."""
OfDeparture = Callable[[Link, Departure, Context], str | None]
"""The href that does not depart from the contract; None likewise."""


def problem(
    code: str,
    keep: Callable[[Link, Problem, Context], bool] | None = None,
    repair: OfProblem | None = None,
    safety: Safety = "safe",
) -> LinkCheck:
    """A check that reports the problems of one code which `urls.describe` has with a link's URL."""

    def check(link: Link, context: Context) -> Iterable[Hit]:
        # Nearly all links have no problem, and nothing is called more often.
        return hits(link, context) if link.description.problems else ()

    def hits(link: Link, context: Context) -> Iterator[Hit]:
        for found in link.description.problems:
            if found.code == code and (keep is None or keep(link, found, context)):
                keys = frozenset({found.key}) if found.key else frozenset[str]()
                right = repair(link, found, context) if repair else None
                yield Hit(found.message, link, start=found.start, end=found.end, keys=keys, repair=right, safety=safety)

    return check


def concerns_us(link: Link, found: Problem, context: Context) -> bool:
    """Whether the link is a CTA, leads to a network, or stays on the site: what others make of their URLs is theirs."""
    inside = context.resolver.is_internal(link.description)
    return link.cta is not None or link.description.network is not None or inside


def asked_of(link: Link, context: Context) -> frozenset[str]:
    """The parameters that the contract asks of a link: what it asks for cannot be wrong to have."""
    return frozenset(rule.key for rule in context.resolver.rules_of(link)) if link.cta else frozenset()


def source_params(link: Link, context: Context) -> list[Param]:
    """The parameters that say where a visit comes from, `utm_*` and our own, without those that the contract asks for."""
    found = link.description
    if not found.params:
        return []
    own = context.resolver.own_keys
    params = [param for param in found.query.params if param.key.startswith("utm_") or param.key in own]
    if not params:
        return []
    asked = asked_of(link, context)
    return [param for param in params if param.key not in asked]


def leads_to(found: Description, hosts: Sequence[str]) -> bool:
    """Whether a URL leads to one of these hosts: globs, `www.` aside."""
    return found.host is not None and _is_one_of(found.host, tuple(hosts))


# A site links to few hosts, again and again.
@lru_cache(maxsize=4096)
def _is_one_of(host: str, patterns: tuple[str, ...]) -> bool:
    bare = host.removeprefix("www.")
    return any(fnmatchcase(bare, pattern.lower().removeprefix("www.")) for pattern in patterns)


def departure(code: str, says: Callable[[Departure, Link], str], repair: OfDeparture | None = None) -> LinkCheck:
    """A check that reports the departures of one code which the resolver found; `says` words them."""

    def check(link: Link, context: Context) -> Iterable[Hit]:
        return hits(link, context) if link.departures else ()

    def hits(link: Link, context: Context) -> Iterator[Hit]:
        for found in link.departures:
            if found.code == code:
                start, end = span_of(link, found.key)
                right = repair(link, found, context) if repair else None
                yield Hit(says(found, link), link, start=start, end=end, keys=frozenset({found.key}), repair=right)

    return check


def first_of(*checks: LinkCheck) -> LinkCheck:
    """The hits of the first check that has any: the contract's word before that of the URL alone."""

    def check(link: Link, context: Context) -> Iterable[Hit]:
        for one in checks:
            found = one(link, context)
            hits = list(found) if found else ()
            if hits:
                return hits
        return ()

    return check


def with_query(link: Link, query: Query) -> str | None:
    """The link's href with another query, all else byte for byte; None where the href was read as another URL."""
    found = link.description
    if found.url != link.href:
        return None
    start, end = found.query.offset, found.query.offset + len(found.query.raw)
    if found.query.raw:
        # Without a query its `?` goes, too.
        return link.href[: start if query.raw else start - 1] + query.raw + link.href[end:]
    path, hash_sign, fragment = link.href.partition("#")
    return f"{path.removesuffix('?')}?{query.raw}{hash_sign}{fragment}" if query.raw else link.href


def span_of(link: Link, key: str) -> tuple[int, int] | tuple[None, None]:
    """Where in the href a parameter stands, or what a departure's `marketplace` or `store_page` is about."""
    found = link.description
    if found.url != link.href:
        # What the URL was meant to be, not what stands there: no part of it is the place.
        return None, None
    if key == "marketplace":
        return _span_of_text(link.href, found.host)
    if key == "store_page":
        return _span_of_text(link.href, found.store.page_id if found.store else None)
    param = next(iter(found.query.params_of(key)), None)
    if param is None:
        return None, None
    return found.query.offset + param.start, found.query.offset + param.end


def _span_of_text(href: str, text: str | None) -> tuple[int, int] | tuple[None, None]:
    start = href.lower().find(text.lower()) if text else -1
    return (start, start + len(text or "")) if start >= 0 else (None, None)


def worded(expected: str | tuple[str, ...] | None) -> str:
    """What the contract expects, for a message."""
    if expected is None:
        return "nothing"
    if isinstance(expected, str):
        return f"what matches {expected}" if expected.startswith("/") and expected.endswith("/") else f'"{expected}"'
    if not expected:
        return "a value"
    shown = ", ".join(f'"{value}"' for value in expected[:3])
    return f"one of {shown}{f' and {len(expected) - 3} more' if len(expected) > 3 else ''}"


def spot_of(suppression: Suppression) -> Spot:
    """Where a suppression stands."""
    found = suppression
    return Spot(found.file, found.page, found.line, found.column, found.end_line, found.end_column)
