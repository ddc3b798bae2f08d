"""LNK012: a key in the wrong case."""

from __future__ import annotations

from cta_analytics.lint.checks import problem
from cta_analytics.lint.example import STORE, anchor, query
from cta_analytics.lint.repairs import reshaped
from cta_analytics.lint.rule import Example, Rule

RULE = Rule(
    code="LNK012",
    name="miscased-parameter",
    severity="error",
    summary="A known parameter is written in another case: `UTM_Source`, `Tag`.",
    why="Keys are case-sensitive: nobody reads this one, and the click counts as one without it.",
    bad=(Example(anchor(f"{STORE}?{query('utm_source')}&UTM_Source=larkmoor")),),
    good=(Example(anchor(f"{STORE}?{query()}")),),
    fix="safe",
    link=problem("LNK012", repair=reshaped("LNK012")),
)
