"""The href that would be right: what a check can hand to the fixer, where the right answer is certain."""

from __future__ import annotations

import re
from collections.abc import Sequence

from cta_analytics.links.link import Departure, Expected, Link
from cta_analytics.lint.checks import OfProblem, with_query
from cta_analytics.lint.rule import Context, Hit
from cta_analytics.urls import Param, Problem, Query

_SHORT = frozenset({"short", "amazon_short"})


def reshaped(code: str) -> OfProblem:
    """Takes the faults of shape of one code out of the URL."""

    def repair(link: Link, found: Problem, context: Context) -> str | None:
        if link.description.url != link.href:
            return None
        right = context.resolver.repaired(link.description, code)
        if right is None:
            return None
        # A key that then stands twice, and did not, would ask which of two values is meant.
        given = Query.parse(right.partition("#")[0].partition("?")[2])
        return right if _repeats(given) <= _repeats(link.description.query) else None

    return repair


def _repeats(query: Query) -> int:
    return len(query.params) - len(query.keys)


def without_key(link: Link, found: Problem, context: Context) -> str | None:
    """Takes the parameter away that the problem is about."""
    return with_query(link, link.description.query.without({found.key})) if found.key else None


def once(link: Link, found: Problem, context: Context) -> str | None:
    """Leaves one of a parameter's occurrences, where they are equal or the contract says which value is right."""
    query = link.description.query
    first, *others = query.params_of(found.key or "")
    if not others:
        return None
    if any(param.value != first.value for param in others):
        value = certain(expected_of(link, first.key, context), None)
        if value is None:
            return None
        query = query.set(first.key, value)
    for param in reversed(query.params_of(first.key)[1:]):
        query = query.replaced(param, None)
    return with_query(link, query)


def as_expected(link: Link, found: Departure, context: Context) -> str | None:
    """Writes what the contract asks for."""
    return with_value(link, found.key, certain(found.expected, found.actual), context)


def as_contract(link: Link, found: Problem, context: Context) -> str | None:
    """Writes what the contract asks for, where it asks for something."""
    return with_value(link, found.key or "", certain(expected_of(link, found.key, context), None), context)


def with_value(link: Link, key: str, value: str | None, context: Context) -> str | None:
    """The href with a parameter set; None where it would not arrive, or comes from somewhere else than this URL."""
    found = link.description
    if value is None or found.kind in _SHORT:
        return None
    if found.is_wrapper:
        redirect = context.resolver.redirect(found)
        if redirect is None or not redirect.keeps_query or (key not in found.query and key in found.landing.query):
            return None
    return with_query(link, found.query.set(key, value))


def expected_of(link: Link, key: str | None, context: Context) -> Expected:
    """What the contract asks of a parameter of the link; None where it asks nothing."""
    if link.cta is None:
        return None
    return next((rule.expected for rule in context.resolver.rules_of(link) if rule.key == key), None)


def certain(expected: Expected, actual: str | None) -> str | None:
    """The one value that is right: the only one, or of several the only one near the value that stands there."""
    if expected is None:
        return None
    if isinstance(expected, str):
        # Between slashes it is a pattern.
        return None if expected.startswith("/") and expected.endswith("/") else expected
    if len(expected) == 1:
        return expected[0]
    if not actual:
        return None
    from difflib import get_close_matches

    same = [value for value in expected if plain(value) == plain(actual)]
    near = same or get_close_matches(actual, expected, n=2, cutoff=0.85)
    return near[0] if len(near) == 1 else None


def plain(value: str) -> str:
    """A value without what people vary when they write the same: case, and marks between words (not digits)."""
    return re.sub(r"(?<!\d)[\W_]+|[\W_]+(?!\d)", "", value.casefold())


def untagged(link: Link, params: Sequence[Param], what: str) -> Hit:
    """A hit about source parameters that should not be there, with the href without them. `what` the link is."""
    keys = list(dict.fromkeys(param.key for param in params))
    shown = ", ".join(f'"{key}"' for key in keys[:4]) + (f" and {len(keys) - 4} more" if len(keys) > 4 else "")
    query = link.description.query
    right = with_query(link, query.without(frozenset(keys)))
    return Hit(
        f"{what} carries {shown}",
        link,
        start=query.offset + params[0].start,
        end=query.offset + params[0].end,
        keys=frozenset(keys),
        repair=right,
    )
