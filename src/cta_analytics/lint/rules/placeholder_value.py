"""UTM015: a value that was never filled in."""

from __future__ import annotations

from cta_analytics.lint.checks import problem
from cta_analytics.lint.example import cta
from cta_analytics.lint.repairs import as_contract
from cta_analytics.lint.rule import Example, Rule

RULE = Rule(
    code="UTM015",
    name="placeholder-value",
    severity="error",
    summary="A value is a placeholder: `SLUG`, `TODO`, `undefined`, `{slug}`.",
    why="All pages made from the template share one name: in the reports they are one page that does not exist.",
    bad=(Example(cta(utm_content="SLUG")), Example(cta(utm_content="%7Bslug%7D")), Example(cta(lmsrc="undefined"))),
    good=(Example(cta()),),
    fix="contract",
    link=problem("UTM015", repair=as_contract),
    mutes=("UTM004", "UTM005", "UTM008"),
)
