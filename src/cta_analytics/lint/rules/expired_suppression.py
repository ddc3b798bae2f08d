"""CFG002: a suppression past its date, or soon to be."""

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
        if one.is_expired:
            yield Hit(
                f"expired: its last day was {one.until}; mend what it covers, or give a later day", at=spot_of(one)
            )
        elif one.is_ending:
            yield Hit(f"expires soon: its last day is {one.until}", at=spot_of(one), severity="info")


RULE = Rule(
    code="CFG002",
    name="expired-suppression",
    severity="error",
    summary="A suppression is past its date; from 30 days before, that is announced as info.",
    why=(
        "Somebody promised to mend it by then, and until it is mended its clicks are counted wrongly or not at all. "
        "The date is compared with that of the last commit, not with the clock: what passed yesterday passes today."
    ),
    bad=(
        Example(f"<!-- cta: ignore[UTM004] mended in May until=2027-05-31 -->\n{_FAULTY}", committed_on="2027-05-30"),
        Example(f"<!-- cta: ignore[AMZ007] mended in May until=2027-05-31 -->\n{cta()}", committed_on="2027-06-01"),
    ),
    good=(
        Example(f"<!-- cta: ignore[UTM004] mended in May until=2027-05-31 -->\n{_FAULTY}", committed_on="2027-03-01"),
        Example(f"<!-- cta: ignore[UTM004] mended in May until=2027-05-31 -->\n{_FAULTY}"),
    ),
    run=_check,
)
