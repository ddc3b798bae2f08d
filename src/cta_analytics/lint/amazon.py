"""The href as it should be: what the repairs of the Amazon rules are made of."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import replace

from cta_analytics.links.link import Link
from cta_analytics.lint.checks import with_query
from cta_analytics.lint.finding import Safety
from cta_analytics.lint.rule import Context, Hit, LinkCheck
from cta_analytics.urls.query import Param, Query
from cta_analytics.urls.tags import REF, TAG

Repair = Callable[[Link, Hit, Context], str | None]
"""The link's whole href as it should be, or None where the right answer is not certain."""


def repaired(check: LinkCheck, repair: Repair, safety: Safety = "safe") -> LinkCheck:
    """The check, which is made of problems and departures, with the href that would be right in its hits."""

    def repairing(link: Link, context: Context) -> Iterable[Hit]:
        # Nearly every link has neither, and nothing is called more often.
        if not link.description.problems and not link.departures:
            return ()
        return [replace(hit, repair=repair(link, hit, context), safety=safety) for hit in check(link, context)]

    return repairing


def is_changeable(link: Link) -> bool:
    """Whether a change of the href changes what the link says: an expression and a redirect say it elsewhere."""
    return link.kind != "computed" and not link.description.is_wrapper


def expected(link: Link, key: str) -> str | None:
    """The one value that the contract allows for a parameter (or `store_page`); None where none or several are."""
    value = next((found.expected for found in link.departures if found.key == key), None)
    if not isinstance(value, str) or not value or (value.startswith("/") and value.endswith("/")):
        # A text between slashes is a pattern.
        return None
    return value


def with_values(link: Link, values: Mapping[str, str]) -> str | None:
    """The href with these parameters set, all else byte for byte."""
    if not is_changeable(link):
        return None
    query = link.description.query
    for key, value in values.items():
        query = query.set(key, value)
    return with_query(link, query)


def without_params(link: Link, gone: Collection[Param]) -> str | None:
    """The href without some of its parameters."""
    return with_query(link, _without(link.description.query, gone)) if is_changeable(link) else None


def without_repeats(link: Link, keys: Collection[str]) -> str | None:
    """The href with each of the keys once; None where one of them has two values, of which one must be chosen."""
    query = link.description.query
    if any(len(set(query.all(key))) > 1 for key in keys):
        return None
    return without_params(link, [param for key in keys for param in query.params_of(key)[1:]])


def contracted(key: str) -> Repair:
    """A repair that sets a parameter to what the contract fixes."""

    def repair(link: Link, hit: Hit, context: Context) -> str | None:
        value = expected(link, key)
        return with_values(link, {key: value}) if value is not None else None

    return repair


def _without(query: Query, gone: Collection[Param]) -> Query:
    starts = {param.start for param in gone}
    kept = [piece.raw for piece in query.pieces if not (piece.raw and piece.start in starts)]
    return Query.parse("&".join(kept), query.offset)


def absent_companions(query: Query) -> dict[str, str]:
    """What belongs to an Attribution tag and is not there, or has no value."""
    return {key: value for key, value in (("ref_", REF), ("tag", TAG)) if not query.get(key)}
