"""The quarter so far against the one before: what may be read every week, and still holds."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from cta_analytics.metrics.figures import AnswerSince
from cta_analytics.metrics.period import Period
from cta_analytics.stats import discovery, sequence, shrinkage
from cta_analytics.stats.change import Share
from cta_analytics.stats.intervals import Interval
from cta_analytics.stats.verdict import Verdict, word

QUARTER_WEEKS = 13
Key = tuple[str, str, str]


@dataclass(frozen=True, slots=True)
class Watched:
    """An answer over the quarter so far and the quarter before.

    `rate` (of now), `difference` (now minus before) and `p_value` hold at all weekly looks together.
    """

    now: Share
    before: Share
    rate: Interval
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


def watched(rows: Sequence[AnswerSince], factors: Mapping[Key, float] | None = None) -> dict[Key, Watched]:
    """The answers that were read in both quarters, by `Answer.key`.

    `factors` says by how much the rates of an answer swing more than by chance (`compare.factors`); 1 where it does not say.
    False discoveries are controlled over all of them, however their figures hang together: Benjamini & Hochberg on one
    over the e-values (Wang & Ramdas 2022, JRSS B 84).
    """
    import numpy as np

    both = [row for row in rows if row.now.trials and row.before.trials]
    if not both:
        return {}
    now = np.array([row.now.successes for row in both]), np.array([row.now.trials for row in both])
    then = np.array([row.before.successes for row in both]), np.array([row.before.trials for row in both])
    swings = np.array([(factors or {}).get(row.key, 1.0) for row in both])
    known = before_law(*then, swings)
    low, high = sequence.of_difference(now, known, dispersion=swings)
    rate_low, rate_high = sequence.of_rate(*now, dispersion=swings)
    p_values = sequence.p_value(now, known, swings).tolist()
    return {
        row.key: Watched(
            row.now, row.before, Interval(*rate), Interval(*difference), p, adjusted, word(adjusted, rose=is_up)
        )
        for row, rate, difference, p, adjusted, is_up in zip(
            both,
            zip(rate_low.tolist(), rate_high.tolist(), strict=True),
            zip(low.tolist(), high.tolist(), strict=True),
            p_values,
            discovery.adjusted(p_values),
            (now[0] * then[1] > then[0] * now[1]).tolist(),
            strict=True,
        )
    }


def before_law(successes: Any, trials: Any, dispersion: Any) -> tuple[Any, Any]:
    """What is known of each rate before the quarter: arrays of the exponents of its posterior. Nothing of the quarter enters."""
    effective = successes / dispersion, trials / dispersion
    prior = shrinkage.fit(*effective)
    if prior is None:
        raise ValueError("nobody came before the quarter")
    return shrinkage.posterior(prior, *effective)
