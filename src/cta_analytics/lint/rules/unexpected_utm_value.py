"""UTM004: a value that is not the contract's."""

from __future__ import annotations

from cta_analytics.links.link import Departure, Link
from cta_analytics.lint.checks import departure, worded
from cta_analytics.lint.example import cta
from cta_analytics.lint.repairs import as_expected
from cta_analytics.lint.rule import Example, Rule


def _says(found: Departure, link: Link) -> str:
    return f'"{found.key}" is "{found.actual}"; the contract asks for {worded(found.expected)}'


RULE = Rule(
    code="UTM004",
    name="unexpected-utm-value",
    severity="error",
    summary="A parameter has another value than the contract's value, list or pattern.",
    why=(
        "Reports group by exact values: a click with another value lands in a group of its own, and the figures of the "
        "group that it belongs to are too low."
    ),
    bad=(Example(cta(utm_source="lark-moor")), Example(cta(lmsrc="sidebar"))),
    good=(Example(cta()),),
    fix="contract",
    link=departure("UTM004", _says, as_expected),
    mutes=("UTM005",),
)
