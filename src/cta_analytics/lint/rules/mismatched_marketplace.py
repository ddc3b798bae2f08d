"""AMZ018: a shop of another country than the contract's."""

from __future__ import annotations

from cta_analytics.links.link import Departure, Link
from cta_analytics.lint.checks import departure, worded
from cta_analytics.lint.example import STORE, anchor, query
from cta_analytics.lint.rule import Example, Rule


def _says(found: Departure, link: Link) -> str:
    return f'leads to the marketplace "{found.actual}"; the contract asks for {worded(found.expected)}'


RULE = Rule(
    code="AMZ018",
    name="mismatched-marketplace",
    severity="error",
    summary="A CTA leads to another marketplace than the contract names.",
    why="A tag counts in its own marketplace only: elsewhere Amazon reports clicks and no sale, and shows no error.",
    bad=(Example(anchor(f"{STORE.replace('amazon.com', 'amazon.de')}?{query()}")),),
    good=(Example(anchor(f"{STORE}?{query()}")),),
    breaks_attribution=True,
    link=departure("AMZ018", _says),
    mutes=("AFF003",),
)
