"""CFG005: a suppression that cannot be understood."""

from __future__ import annotations

from collections.abc import Iterator

from cta_analytics.lint.checks import spot_of
from cta_analytics.lint.example import cta
from cta_analytics.lint.outcome import Outcome
from cta_analytics.lint.rule import Context, Example, Hit, Rule


def _check(outcome: Outcome, context: Context) -> Iterator[Hit]:
    for judged in outcome.suppressions:
        for fault in judged.suppression.faults:
            yield Hit(fault, at=spot_of(judged.suppression))


RULE = Rule(
    code="CFG005",
    name="malformed-suppression",
    severity="error",
    summary="A suppression names an unknown rule, no rule at all, or an end that is no date.",
    why="Its author believes that something is excused, or will be until a day, and it is not.",
    bad=(
        Example(f"<!-- cta: ignore[AMZ700] the shop asked for it -->\n{cta()}"),
        Example(f"<!-- cta: ignore the shop asked for it -->\n{cta()}"),
    ),
    good=(Example(f"<!-- cta: ignore[UTM004] the shop asked for it -->\n{cta(utm_source='lark')}"),),
    run=_check,
)
