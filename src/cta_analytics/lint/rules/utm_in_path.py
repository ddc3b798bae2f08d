"""UTM012: `utm_source=` in the path."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from cta_analytics.links.link import Link
from cta_analytics.lint.checks import problem
from cta_analytics.lint.example import STORE, anchor, query
from cta_analytics.lint.rule import Context, Example, Hit, Rule
from cta_analytics.urls import Query
from cta_analytics.urls.checks.parameters import out_of_path

_found = problem("UTM012", safety="unsafe")


def _check(link: Link, context: Context) -> Iterator[Hit]:
    for hit in _found(link, context):
        meant = out_of_path(link.description) if link.description.url == link.href else None
        pairs = Query.parse((meant or "").partition("?")[2].partition("#")[0])
        # They are missing where they should be, for this one reason.
        yield replace(hit, keys=frozenset(pairs.keys), repair=meant)


RULE = Rule(
    code="UTM012",
    name="utm-in-path",
    severity="error",
    summary="A UTM parameter stands in the path, because the `?` before it is missing.",
    why=(
        "It is part of an address that may not exist: at best nobody reads the parameters, at worst the visitor gets "
        "an error page."
    ),
    bad=(
        Example(anchor(f"{STORE}/{query('maas', 'ref_', 'tag', 'lmsrc')}".replace(STORE, "https://tea.example"), "a")),
        Example(anchor("https://tea.example/kettles&utm_source=larkmoor?page=2", "a friend")),
    ),
    good=(Example(anchor("https://tea.example/kettles?utm_source=larkmoor&page=2", "a friend")),),
    fix="unsafe",
    link=_check,
    mutes=("UTM001",),
)
