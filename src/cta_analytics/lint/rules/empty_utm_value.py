"""UTM002: a parameter without a value."""

from __future__ import annotations

from cta_analytics.links.link import Departure, Link
from cta_analytics.lint.checks import departure, first_of, problem, worded
from cta_analytics.lint.example import cta
from cta_analytics.lint.repairs import as_expected, without_key
from cta_analytics.lint.rule import Example, Rule


def _says(found: Departure, link: Link) -> str:
    return f'"{found.key}" has no value; the contract asks for {worded(found.expected)}'


RULE = Rule(
    code="UTM002",
    name="empty-utm-value",
    severity="error",
    summary="A UTM parameter, or a source parameter of our own, stands there without a value.",
    why="Reports drop an empty value or show it as `(not set)`: the click is counted and belongs to nothing.",
    bad=(Example(cta(utm_source="")), Example(cta(utm_term="%20"))),
    good=(Example(cta()),),
    fix="contract",
    link=first_of(
        departure("UTM002", _says, as_expected),
        # What the contract does not ask for says nothing without a value, and may go.
        problem("UTM002", repair=without_key),
    ),
)
