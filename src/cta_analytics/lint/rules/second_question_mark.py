"""LNK005: a `?` that was meant as `&`."""

from __future__ import annotations

from cta_analytics.lint.checks import problem
from cta_analytics.lint.example import STORE, anchor, query
from cta_analytics.lint.repairs import reshaped
from cta_analytics.lint.rule import Example, Rule

RULE = Rule(
    code="LNK005",
    name="second-question-mark",
    severity="error",
    summary="A second `?` stands in the query, where a `&` was meant.",
    why=(
        "Only the first `?` begins a query. What follows the second is read as part of the value before it: one value "
        "is wrong and a parameter is lost."
    ),
    bad=(Example(anchor(f"{STORE}?{query('utm_content')}?utm_content=quiet-kettle")),),
    good=(Example(anchor(f"{STORE}?{query()}")),),
    fix="unsafe",
    link=problem("LNK005", repair=reshaped("LNK005"), safety="unsafe"),
)
