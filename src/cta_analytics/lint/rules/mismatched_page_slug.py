"""UTM008: a parameter that should name its page names another one."""

from __future__ import annotations

from cta_analytics.links.link import Departure, Link
from cta_analytics.lint.checks import departure, worded
from cta_analytics.lint.example import cta
from cta_analytics.lint.repairs import as_expected
from cta_analytics.lint.rule import Example, Rule


def _says(found: Departure, link: Link) -> str:
    return f'"{found.key}" is "{found.actual}", which is not this page; the contract asks for {worded(found.expected)}'


RULE = Rule(
    code="UTM008",
    name="mismatched-page-slug",
    severity="error",
    summary="A parameter that the contract binds to the page's slug names another page.",
    why=(
        "The link was copied from another page and its clicks are credited to that one: a page that sells looks idle, "
        "and one that does not looks good. No total shows it."
    ),
    bad=(Example(cta(utm_content="copper-kettle")),),
    good=(Example(cta(utm_content="quiet-kettle")),),
    fix="contract",
    link=departure("UTM008", _says, as_expected),
    mutes=("UTM004", "UTM005"),
)
