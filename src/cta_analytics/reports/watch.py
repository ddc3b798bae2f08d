"""The quarter so far against the one before: what may be read every week, and still holds."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from cta_analytics.metrics.figures import AnswerSince
from cta_analytics.metrics.period import Period
from cta_analytics.stats import discovery, sequence, shrinkage
from cta_analytics.stats.change import Share
from cta_analytics.stats.intervals import Interval
from cta_analytics.stats.sequence import JEFFREYS, Mixture
from cta_analytics.stats.shrinkage import LEAST_OF_A_KIND
from cta_analytics.stats.verdict import Verdict, word

QUARTER_WEEKS = 13
MOVES = 0.5
"""The standard deviation of the mixed rates is at least this share of their mean: as much as a rewritten page may gain."""


@dataclass(frozen=True, slots=True)
class Watched:
    """An answer over the quarter so far and the quarter before; `difference` and `p_value` hold at all weekly looks together."""

    now: Share
    before: Share
    difference: Interval
    p_value: float
    adjusted_p: float
    verdict: Verdict


def quarter(period: Period) -> Period:
    """From the first day of the quarter in which `period` ends, up to its last day.

    A quarter is thirteen ISO weeks from week 1, 14, 27 or 40 on; the last one takes a 53rd week in. It begins on a fixed
    day, since a beginning that is chosen by the figures would have been a look already.
    """
    year, week, _ = period.last.isocalendar()
    first = min((week - 1) // QUARTER_WEEKS, 3) * QUARTER_WEEKS + 1
    return Period(date.fromisocalendar(year, first, 1), period.last)


def before(since: date) -> date:
    """The first day of the thirteen weeks before a quarter."""
    return since - timedelta(weeks=QUARTER_WEEKS)


def watched(rows: Sequence[AnswerSince]) -> dict[tuple[str, str, str], Watched]:
    """The answers that were read in both quarters, by `Answer.key`.

    False discoveries are controlled over all of them, however their figures hang together: Benjamini & Hochberg on one
    over the e-values (Wang & Ramdas 2022, JRSS B 84).
    """
    import numpy as np

    both = [row for row in rows if row.now.trials and row.before.trials]
    if not both:
        return {}
    now = np.array([row.now.successes for row in both]), np.array([row.now.trials for row in both])
    then = np.array([row.before.successes for row in both]), np.array([row.before.trials for row in both])
    mixture = _mixture(*then)
    low, high = sequence.of_difference(now, then, mixture=mixture)
    p_values = sequence.p_value(now, then, mixture).tolist()
    return {
        row.key: Watched(row.now, row.before, Interval(*ends), p, adjusted, word(adjusted, rose=is_up))
        for row, *ends, p, adjusted, is_up in zip(
            both,
            low.tolist(),
            high.tolist(),
            p_values,
            discovery.adjusted(p_values),
            (now[0] * then[1] > then[0] * now[1]).tolist(),
            strict=True,
        )
    }


def _mixture(successes: object, trials: object) -> Mixture:
    """The law of the rates of the quarter before, which was over at the first look; Jeffreys' for few answers."""
    prior = shrinkage.fit(successes, trials)
    if prior is None or prior.answers < LEAST_OF_A_KIND:
        return JEFFREYS
    # Where all answers are alike the law is all but a point, and a rate that moved away from it would go unnoticed.
    strength = min(prior.strength, (1 - prior.mean) / (prior.mean * MOVES**2))
    return Mixture(prior.mean * strength, (1 - prior.mean) * strength)
