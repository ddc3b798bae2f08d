"""Where each answer stands among the others: its shrunk rate, its place, and what is missing to know more."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from cta_analytics.metrics.figures import Answer, AnswerKind
from cta_analytics.stats import needed, ranking, shrinkage
from cta_analytics.stats.shrinkage import Estimate

HALF_MORE = 1.5
"""The rise that a rewritten page is hoped to bring; a smaller one takes many more visitors to see."""


@dataclass(frozen=True, slots=True)
class Standing:
    """An answer's click rate beside those of its kind; `raw` is None where nobody came, and so is `place`.

    `place` counts from 1 among the answers that were read, `among_best` is the chance to be among the best ten.
    `needs_to_differ`: about so many visitor-days more until it can be told from the usual rate of its kind, 0 where it can
    already, None where it is so alike that no number would do. `needs_to_change`: about so many visitor-days in each of
    two periods until a rise by half would be seen in four cases of five.
    """

    raw: float | None
    estimate: Estimate
    place: int | None
    among_best: float
    needs_to_differ: int | None
    needs_to_change: int

    @property
    def usual(self) -> float:
        """The mean rate of the answers of its kind."""
        return self.estimate.prior.mean

    @property
    def is_told(self) -> bool:
        """Whether the interval leaves the usual rate out: this answer is better, or worse, than its kind."""
        return not self.estimate.interval.low <= self.usual <= self.estimate.interval.high


def standings(
    answers: Sequence[Answer], kinds: Iterable[AnswerKind], factors: Mapping[tuple[str, str, str], float]
) -> dict[tuple[str, str, str], Standing]:
    """The standing of each answer by its key; empty where nobody read any.

    `factors` says by how much the rates of an answer swing more than by chance (`compare.factors`); 1 where it does not say.
    """
    kind_of = {row.key: row.kind for row in kinds}
    found = shrinkage.estimates(
        [line.share for line in answers],
        [kind_of.get(line.key) for line in answers],
        [factors.get(line.key, 1.0) for line in answers],
    )
    read = [(line.key, one) for line, one in zip(answers, found, strict=bool(found)) if one.raw is not None]
    exponents = [one.alpha for _, one in read], [one.beta for _, one in read]
    places = dict(zip((key for key, _ in read), ranking.ranks(*exponents).tolist(), strict=True))
    chances = dict(zip((key for key, _ in read), ranking.among_best(*exponents).tolist(), strict=True))
    return {
        line.key: _standing(line, one, places.get(line.key), chances.get(line.key, 0.0))
        for line, one in zip(answers, found, strict=bool(found))
    }


def _standing(answer: Answer, found: Estimate, place: int | None, among_best: float) -> Standing:
    interval, usual = found.interval, found.prior.mean
    is_told = not interval.low <= usual <= interval.high
    # The visitors that the prior stands for know nothing of this answer, so they are not among those it had.
    missing = needed.more(needed.to_differ(found.rate, usual), answer.visitor_days)
    if missing is not None:
        missing = 0 if is_told else max(missing, 1)
    return Standing(
        raw=found.raw,
        estimate=found,
        place=place,
        among_best=among_best,
        needs_to_differ=missing,
        needs_to_change=needed.more(needed.to_change(min(found.rate, 1 / HALF_MORE), HALF_MORE), 0) or 0,
    )
