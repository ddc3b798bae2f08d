"""UTM007: a utm key that nobody reads."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from cta_analytics.links.link import Link
from cta_analytics.lint.checks import asked_of, concerns_us, problem, with_query
from cta_analytics.lint.example import cta
from cta_analytics.lint.rule import Context, Example, Hit, Option, Rule
from cta_analytics.urls import Problem
from cta_analytics.urls.checks.parameters import nearest_utm


def _is_unknown(link: Link, found: Problem, context: Context) -> bool:
    if found.key in context.options["known"] or found.key in asked_of(link, context):
        return False
    # Others may well read keys of their own; a misspelled one is nobody's.
    return concerns_us(link, found, context) or _meant(link, found.key or "") is not None


def _meant(link: Link, key: str) -> str | None:
    meant = nearest_utm(key)
    return meant if meant not in link.description.query else None


_found = problem("UTM007", _is_unknown, safety="unsafe")


def _check(link: Link, context: Context) -> Iterator[Hit]:
    for hit in _found(link, context):
        (key,) = hit.keys
        meant = _meant(link, key)
        if meant is None:
            yield hit
            continue
        query = link.description.query
        param = query.params_of(key)[0]
        # The key that is meant is missing because of this one, and is no finding of its own.
        right = with_query(link, query.replaced(param, f"{meant}{param.raw[len(param.raw_key) :]}"))
        yield replace(hit, keys=frozenset({key, meant}), repair=right)


RULE = Rule(
    code="UTM007",
    name="unknown-utm-parameter",
    severity="warning",
    summary="A `utm_*` key that nobody reads, such as `utm_souce`.",
    why="Google Analytics and the others read nine keys by their exact names: under any other the value is lost.",
    bad=(
        Example(cta("utm_source", utm_souce="larkmoor")),
        Example(cta("utm_content", **{"utm-content": "quiet-kettle"})),
    ),
    good=(
        Example(cta(utm_term="kettle")),
        Example(cta(utm_position="top"), contract='[lint.options.UTM007]\nknown = ["utm_position"]\n'),
    ),
    fix="unsafe",
    link=_check,
    mutes=("UTM001",),
    options=(Option("known", [], "Further `utm_*` keys that somebody reads"),),
)
