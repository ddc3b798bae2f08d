"""CFG004: a suppression that does not say why."""

from __future__ import annotations

from collections.abc import Iterator

from cta_analytics.lint.checks import spot_of
from cta_analytics.lint.example import cta
from cta_analytics.lint.outcome import Outcome
from cta_analytics.lint.rule import Context, Example, Hit, Rule

_FAULTY = cta(utm_source="lark")


def _check(outcome: Outcome, context: Context) -> Iterator[Hit]:
    for judged in outcome.suppressions:
        one = judged.suppression
        if one.codes and not one.reason:
            yield Hit(
                f"{', '.join(one.codes)} is suppressed without a reason; say why, and until when", at=spot_of(one)
            )


RULE = Rule(
    code="CFG004",
    name="suppression-without-reason",
    severity="warning",
    summary="A suppression gives no reason.",
    why="In a year nobody knows whether it may go, so it stays, and with it a link whose sales nobody can attribute.",
    bad=(
        Example(f"<!-- cta: ignore[UTM004] -->\n{_FAULTY}"),
        Example(_FAULTY, contract='[[lint.suppress]]\npaths = ["/answers/*"]\nrules = ["UTM004"]\n'),
    ),
    good=(
        Example(f"<!-- cta: ignore[UTM004] a partner's link, they need this value -->\n{_FAULTY}"),
        Example(_FAULTY, contract='[[lint.suppress]]\npaths = ["/answers/*"]\nrules = ["UTM004"]\nreason = "old"\n'),
    ),
    run=_check,
)
