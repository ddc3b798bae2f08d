"""CFG001: a suppression that suppresses nothing."""

from __future__ import annotations

from collections.abc import Iterator

from cta_analytics.lint.checks import spot_of
from cta_analytics.lint.example import cta
from cta_analytics.lint.outcome import Outcome
from cta_analytics.lint.rule import Context, Example, Hit, Rule


def _check(outcome: Outcome, context: Context) -> Iterator[Hit]:
    for one in outcome.suppressions:
        if one.idle:
            says = f"there is nothing of {', '.join(one.idle)} to suppress here; remove it"
            yield Hit(says, at=spot_of(one.suppression), unneeded=one.idle)


RULE = Rule(
    code="CFG001",
    name="unused-suppression",
    severity="warning",
    summary="A suppression suppresses nothing of a rule that it names.",
    why="The fault is gone and its excuse is not: the next fault of that kind in the same place will pass in silence.",
    bad=(
        Example(f"<!-- cta: ignore[AMZ007] the shop asked for it -->\n{cta()}"),
        Example(cta().replace("<p>", '<p data-cta-ignore="UTM004 the shop asked for it">')),
        Example(cta(), contract='[[lint.suppress]]\npaths = ["/answers/*"]\nrules = ["UTM008"]\nreason = "old"\n'),
    ),
    good=(
        Example(f"<!-- cta: ignore[UTM004] the shop asked for it -->\n{cta(utm_source='lark')}"),
        Example(cta(utm_source="lark").replace("<p>", '<p data-cta-ignore="UTM004 the shop asked for it">')),
    ),
    fix="safe",
    run=_check,
)
