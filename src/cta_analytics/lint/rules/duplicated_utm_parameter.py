"""UTM003: a UTM or own source parameter twice."""

from __future__ import annotations

from cta_analytics.lint.checks import problem
from cta_analytics.lint.example import STORE, anchor, query
from cta_analytics.lint.repairs import once
from cta_analytics.lint.rule import Example, Rule

RULE = Rule(
    code="UTM003",
    name="duplicated-utm-parameter",
    severity="error",
    summary="A UTM parameter, or a source parameter of our own, stands in the URL twice.",
    why=(
        "One tool reads the first value, another the last, a third joins them: the same click is reported under "
        "different names, and the two reports never agree."
    ),
    bad=(
        Example(anchor(f"{STORE}?{query()}&utm_source=larkmoor")),
        Example(anchor(f"{STORE}?{query()}&lmsrc=header")),
    ),
    good=(Example(anchor(f"{STORE}?{query()}")),),
    fix="safe",
    link=problem("UTM003", repair=once),
    mutes=("LNK009",),
)
