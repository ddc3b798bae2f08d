"""UTM001: a parameter that the contract asks for is absent."""

from __future__ import annotations

from cta_analytics.links.link import Departure, Link
from cta_analytics.lint.checks import departure, worded
from cta_analytics.lint.example import cta
from cta_analytics.lint.repairs import as_expected
from cta_analytics.lint.rule import Example, Rule


def _says(found: Departure, link: Link) -> str:
    return f'"{found.key}" is missing; the contract asks for {worded(found.expected)}'


RULE = Rule(
    code="UTM001",
    name="missing-utm-parameter",
    severity="error",
    summary="A parameter that the contract asks for is absent.",
    why=(
        "The parameter is what tells a click of this page and place from all others. Where it is missing, the click is "
        "counted and cannot be told apart, and no report shows that it was ours."
    ),
    bad=(Example(cta("utm_content")), Example(cta("lmsrc"))),
    good=(Example(cta()),),
    fix="contract",
    link=departure("UTM001", _says, as_expected),
    mutes=("AMZ004",),
)
