"""Click rates that lend each other strength: an answer of few visitors is drawn towards answers of its kind."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from cta_analytics.stats.change import Share
from cta_analytics.stats.intervals import LEVEL, Interval

LEAST_OF_A_KIND = 20
"""Answers with visitors from which on a kind of page has a prior of its own."""
APART = 5.0
"""Robust standard deviations from the median beyond which an answer has no say in the prior."""
_LEAST_TRIALS, _LEAST_ANSWERS = 20, 8
_JEFFREYS = 0.5
_STEP = 1e-4


@dataclass(frozen=True)
class Prior:
    """The law of the true rates of a kind of page: a beta law by its mean and its strength, in visitors.

    `spread` is the covariance of (logit of the mean, log of the strength); `answers` had a say in the fit, `median` and
    `deviation` are those of their rates on the arcsine scale, None where there are too few to call one an outlier.
    """

    mean: float
    strength: float
    spread: tuple[tuple[float, float], tuple[float, float]]
    answers: int
    median: float | None = None
    deviation: float = 0.0

    @property
    def alpha(self) -> float:
        """First exponent of the beta law."""
        return self.mean * self.strength

    @property
    def beta(self) -> float:
        """Second exponent of the beta law."""
        return (1 - self.mean) * self.strength

    def stands_apart(self, successes: Any, trials: Any) -> Any:
        """Whether rates (arrays of counts) lie so far from all others that these say nothing about them."""
        import numpy as np

        if self.median is None:
            return np.zeros(len(trials), bool)
        angle, variance = _arcsine(successes, trials)
        return np.abs(angle - self.median) > APART * np.sqrt(self.deviation**2 + variance)


@dataclass(frozen=True)
class Estimate:
    """An answer's rate, raw and shrunk; the posterior is a beta law with the exponents `alpha` and `beta`."""

    raw: float | None
    alpha: float
    beta: float
    prior: Prior
    is_apart: bool

    @property
    def rate(self) -> float:
        """The mean of the posterior: the shrunk rate."""
        return self.alpha / (self.alpha + self.beta)

    @cached_property
    def interval(self) -> Interval:
        """The middle 95 % of the posterior."""
        from scipy.special import betaincinv

        tail = (1 - LEVEL) / 2
        low, high = betaincinv(self.alpha, self.beta, [tail, 1 - tail])
        return Interval(float(low), float(high))


def fit(successes: Any, trials: Any) -> Prior | None:
    """The beta law of the rates behind arrays of counts; None where nobody came.

    Empirical Bayes: the mode of the beta-binomial likelihood of all answers under the flat hyperprior
    (alpha + beta) ^ -5/2 of Gelman et al. (2013, Bayesian Data Analysis, 5.3), taken over the logit of the mean and the
    log of the strength, begun at the moments (Kleinman 1973, JASA 68). Answers that stand far apart are left out.
    """
    import numpy as np

    successes, trials = np.asarray(successes, float), np.asarray(trials, float)
    successes, trials = successes[trials > 0], trials[trials > 0]
    if not len(trials):
        return None
    median, deviation = _middle(successes, trials)
    if median is not None:
        angle, variance = _arcsine(successes, trials)
        typical = np.abs(angle - median) <= APART * np.sqrt(deviation**2 + variance)
        successes, trials = successes[typical], trials[typical]
    counts, times = np.unique(np.stack([successes, trials]), axis=1, return_counts=True)
    place = _mode(counts[0], counts[1], times)
    mean, strength = _named(place)
    steps = np.eye(2) * _STEP
    slopes = [
        _slope(place + step, counts[0], counts[1], times)[1] - _slope(place - step, counts[0], counts[1], times)[1]
        for step in steps
    ]
    curvature = np.array(slopes) / (2 * _STEP)
    spread = np.linalg.pinv((curvature + curvature.T) / 2, hermitian=True)
    # Where the strength ran to its bound the likelihood is flat in it, and says nothing about its error.
    if np.min(np.diag(spread)) < 0 or spread[1, 1] > 4:
        spread = np.diag([1 / max(curvature[0, 0], 1e-9), 0.0])
    (first, both), (_, second) = spread.tolist()
    return Prior(mean, strength, ((first, both), (both, second)), len(trials), median, deviation)


def posterior(prior: Prior, successes: Any, trials: Any) -> tuple[Any, Any]:
    """The exponents of the beta posteriors of arrays of counts.

    Their variance holds also what is not known of the prior, to first order (Kass & Steffey 1989, JASA 84): without it
    the intervals of a site of few answers are too narrow. Answers that stand apart get Jeffreys' prior instead.
    """
    import numpy as np

    successes, trials = np.asarray(successes, float), np.asarray(trials, float)
    size = trials + prior.strength
    mean = (successes + prior.alpha) / size
    by_mean = prior.strength / size * prior.mean * (1 - prior.mean)
    by_strength = prior.strength * (prior.mean * trials - successes) / size**2
    (first, both), (_, second) = prior.spread
    unknown = first * by_mean**2 + 2 * both * by_mean * by_strength + second * by_strength**2
    inner = mean * (1 - mean) / (size + 1)
    total = np.maximum(mean * (1 - mean) / (inner + unknown) - 1, np.minimum(size, 1.0))
    apart = prior.stands_apart(successes, trials)
    return (
        np.where(apart, successes + _JEFFREYS, mean * total),
        np.where(apart, trials - successes + _JEFFREYS, (1 - mean) * total),
    )


def estimates(
    shares: Sequence[Share], kinds: Sequence[Hashable] | None = None, dispersions: Sequence[float] | None = None
) -> list[Estimate]:
    """The answers in their order, raw and shrunk; empty where nobody came to any.

    `kinds` names the kind of page of each. A kind of fewer than 20 answers with visitors shares the prior of all. Of an answer
    with a dispersion above 1 (`stats.dispersion`) so many visitors count as one.
    """
    import numpy as np

    swings = np.ones(len(shares)) if dispersions is None else np.maximum(1.0, dispersions)
    successes = np.array([share.successes for share in shares], float) / swings
    trials = np.array([share.trials for share in shares], float) / swings
    everyone = fit(successes, trials)
    if everyone is None:
        return []
    of_kind: dict[Hashable, list[int]] = {}
    for index, kind in enumerate(kinds or [None] * len(shares)):
        of_kind.setdefault(kind, []).append(index)
    result: list[tuple[int, Estimate]] = []
    for members in of_kind.values():
        here = np.array(members)
        own = fit(successes[here], trials[here]) if (trials[here] > 0).sum() >= LEAST_OF_A_KIND else None
        prior = own or everyone
        alpha, beta = posterior(prior, successes[here], trials[here])
        apart = prior.stands_apart(successes[here], trials[here])
        result += [
            (index, Estimate(shares[index].rate, float(a), float(b), prior, bool(is_apart)))
            for index, a, b, is_apart in zip(members, alpha, beta, apart, strict=True)
        ]
    return [found for _, found in sorted(result, key=lambda pair: pair[0])]


def log_likelihood(alpha: float, beta: float, successes: Any, trials: Any) -> Any:
    """The logs of the beta-binomial probabilities of counts, without the binomial coefficient, which no law changes."""
    from scipy.special import betaln

    return betaln(successes + alpha, trials - successes + beta) - betaln(alpha, beta)


def _named(place: Any) -> tuple[float, float]:
    import numpy as np
    from scipy.special import expit

    return float(expit(place[0])), float(np.exp(place[1]))


def _slope(place: Any, successes: Any, trials: Any, times: Any) -> tuple[float, Any]:
    """Minus the log of the posterior of the prior, and its slope, by (logit of the mean, log of the strength)."""
    import numpy as np
    from scipy.special import psi

    mean, strength = _named(place)
    alpha, beta = mean * strength, (1 - mean) * strength
    value = float(times @ log_likelihood(alpha, beta, successes, trials)) + np.log(mean * (1 - mean)) - place[1] / 2
    all_of = psi(trials + strength) - psi(strength)
    by_alpha = times @ (psi(successes + alpha) - psi(alpha) - all_of)
    by_beta = times @ (psi(trials - successes + beta) - psi(beta) - all_of)
    slope = [alpha * (1 - mean) * (by_alpha - by_beta) + 1 - 2 * mean, alpha * by_alpha + beta * by_beta - 0.5]
    return -value, -np.array(slope)


def _mode(successes: Any, trials: Any, times: Any) -> Any:
    import numpy as np
    from scipy.optimize import minimize

    everyone = float(times @ trials)
    mean = (float(times @ successes) + _JEFFREYS) / (everyone + 1)
    # Moments: beyond chance, the squared distances from the mean grow with 1 / (strength + 1) of what they could be.
    chance = mean * (1 - mean)
    excess = float(times @ ((successes - trials * mean) ** 2 - trials * chance))
    pairs = float(times @ (trials * (trials - 1))) * chance
    likeness = min(0.5, max(1e-4, excess / pairs)) if pairs > 0 else 0.05
    begin = [np.log(mean / (1 - mean)), np.log(1 / likeness - 1)]
    found = minimize(
        _slope,
        begin,
        args=(successes, trials, times),
        jac=True,
        method="L-BFGS-B",
        bounds=[(-20.0, 20.0), (np.log(0.1), np.log(1e6))],
        options={"ftol": 1e-12, "gtol": 1e-7},
    )
    return found.x


def _arcsine(successes: Any, trials: Any) -> tuple[Any, Any]:
    """Anscombe's arcsine of rates, and its variance by chance alone (1948, Biometrika 35)."""
    import numpy as np

    return np.arcsin(np.sqrt((successes + 3 / 8) / (trials + 3 / 4))), 1 / (4 * trials + 2)


def _middle(successes: Any, trials: Any) -> tuple[float | None, float]:
    """Median and robust deviation of the true rates on the arcsine scale, by the answers with some visitors."""
    import numpy as np

    known = trials >= _LEAST_TRIALS
    if known.sum() < _LEAST_ANSWERS:
        return None, 0.0
    angle, variance = _arcsine(successes[known], trials[known])
    median = float(np.median(angle))
    seen = 1.4826 * float(np.median(np.abs(angle - median)))
    return median, float(np.sqrt(max(0.0, seen**2 - float(np.median(variance)))))
