"""LNK009: any other parameter twice."""

from __future__ import annotations

from cta_analytics.lint.checks import concerns_us, problem
from cta_analytics.lint.example import STORE, anchor, query
from cta_analytics.lint.repairs import once
from cta_analytics.lint.rule import Example, Rule

RULE = Rule(
    code="LNK009",
    name="duplicated-parameter",
    severity="warning",
    summary="A parameter stands twice in a link to a network or to the own site.",
    why="Which of two values counts is up to the receiver, and one of them is there by mistake.",
    bad=(Example(anchor(f"{STORE}?{query()}&th=1&th=1")),),
    good=(
        Example(anchor(f"{STORE}?{query()}&th=1")),
        Example(anchor("https://maps.example/?layer=rail&layer=roads", "a map")),
    ),
    fix="safe",
    link=problem("LNK009", concerns_us, once),
)
