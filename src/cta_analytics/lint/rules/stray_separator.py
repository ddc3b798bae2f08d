"""LNK008: a `?` or `&` that separates nothing."""

from __future__ import annotations

from cta_analytics.lint.checks import concerns_us, problem
from cta_analytics.lint.example import PRODUCT, STORE, anchor, query
from cta_analytics.lint.repairs import reshaped
from cta_analytics.lint.rule import Example, Rule

RULE = Rule(
    code="LNK008",
    name="stray-separator",
    severity="info",
    summary="A `?` or `&` separates nothing: at the end of the URL, or beside another.",
    why=(
        "It works, and it makes a second spelling of one target: logs and reports that compare whole URLs count two. "
        "Often a parameter is missing where it stands."
    ),
    bad=(
        Example(anchor(f"{STORE}?{query()}&")),
        Example(anchor(f"{PRODUCT}?&th=1&&psc=1", "the kettle")),
        Example(anchor(f"{PRODUCT}?", "the kettle")),
    ),
    good=(Example(anchor(f"{STORE}?{query()}")), Example(anchor("https://tea.example/?", "a friend"))),
    fix="safe",
    link=problem("LNK008", concerns_us, reshaped("LNK008")),
)
