"""LNK006: a value that was percent-encoded twice."""

from __future__ import annotations

from cta_analytics.lint.checks import concerns_us, problem
from cta_analytics.lint.example import STORE, anchor, query
from cta_analytics.lint.repairs import reshaped
from cta_analytics.lint.rule import Example, Rule

RULE = Rule(
    code="LNK006",
    name="double-encoded-value",
    severity="warning",
    summary="`%25` and two hex digits: what was percent-encoded once was encoded again.",
    why=(
        "One decoding is all that anybody does: reports show `spring%20sale` beside `spring sale`, and a path that was "
        "encoded twice leads nowhere."
    ),
    bad=(Example(anchor(f"{STORE}?{query()}&keep=spring%2520sale")),),
    good=(
        Example(anchor(f"{STORE}?{query()}&keep=spring%20sale")),
        Example(anchor(f"{STORE}?{query()}&keep=25%25")),
    ),
    fix="unsafe",
    link=problem("LNK006", concerns_us, reshaped("LNK006"), "unsafe"),
)
