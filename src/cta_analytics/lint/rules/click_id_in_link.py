"""LNK010: the id of somebody's click in a link that everybody gets."""

from __future__ import annotations

from cta_analytics.lint.checks import problem
from cta_analytics.lint.example import STORE, anchor, query
from cta_analytics.lint.repairs import without_key
from cta_analytics.lint.rule import Example, Rule

RULE = Rule(
    code="LNK010",
    name="click-id-in-link",
    severity="warning",
    summary="The URL carries the id of one single click: `gclid`, `fbclid`, `msclkid` and the like.",
    why=(
        "The link was copied out of a browser after a click on an advertisement. Everybody who follows it counts as "
        "that click: the receiver credits the visit, and what it buys, to the advertisement."
    ),
    bad=(
        Example(anchor(f"{STORE}?{query()}&fbclid=IwAR0x2J9")),
        Example(anchor("https://tea.example/?gclid=EAIaIQobCh&page=2", "a friend")),
    ),
    good=(Example(anchor(f"{STORE}?{query()}")), Example(anchor("https://tea.example/?page=2", "a friend"))),
    fix="safe",
    link=problem("LNK010", repair=without_key),
)
