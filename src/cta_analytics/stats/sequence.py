"""Confidence sequences: intervals that hold at all looks together, however often somebody looks and whenever he stops.

All functions take arrays of counts, one element an answer, and give arrays. `dispersion` above 1 (`stats.dispersion`) makes so
many visitors count as one.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from math import log
from typing import Any

from cta_analytics.stats.intervals import LEVEL

# Halvings of a bracket of at most 2; what is left is 1e-12.
_HALVINGS = 41
# Next to no rate, and next to no strength.
_EDGE = 1e-9
MOVES = 0.5
"""Standard deviation of a move as a share of the rate: about what a rewritten page may gain or lose."""


@dataclass(frozen=True, slots=True)
class Mixture:
    """The beta law over which a likelihood is mixed: any that was fixed before the first look is valid.

    The nearer it is to the true rate, the narrower the sequence: that of the answer's kind is a good one.
    """

    alpha: float = 0.5
    beta: float = 0.5


JEFFREYS = Mixture()


def of_rate(
    successes: Any, trials: Any, level: float = LEVEL, mixture: Mixture = JEFFREYS, dispersion: Any = 1.0
) -> tuple[Any, Any]:
    """Low and high ends of the confidence sequences of rates, after all visitors so far; 0 and 1 while nobody came.

    They hold the rates whose likelihood is more than 1 - level of the mixed one. By Ville's inequality the true rate is
    ever outside with a probability of at most 1 - level (Robbins 1970, Annals of Mathematical Statistics 41; Howard, Ramdas,
    McAuliffe & Sekhon 2021, Annals of Statistics 49).
    """
    import numpy as np

    successes, trials = np.asarray(successes, float) / dispersion, np.asarray(trials, float) / dispersion
    bound = _mixed(successes, trials, mixture.alpha, mixture.beta) + log(1 - level)
    best = _best(successes, trials)

    def is_within(rate: Any) -> Any:
        return _log_likelihood(rate, successes, trials) > bound

    return _edge(is_within, best, np.zeros_like(best)), _edge(is_within, best, np.ones_like(best))


def of_difference(
    now: tuple[Any, Any], known: tuple[Any, Any], level: float = LEVEL, dispersion: Any = 1.0
) -> tuple[Any, Any]:
    """Low and high ends of the confidence sequences of the rate now minus the rate before, at every look.

    `now` is (successes, trials) since a fixed day; `known` the exponents of the beta law that says what is known of the rate
    before that day (`stats.shrinkage.posterior`). A sequence holds the differences that `p_value` would not reject.
    """
    import numpy as np

    successes, trials, alpha, beta = _arrays(*now, *known, dispersion)
    mean, strength = alpha / (alpha + beta), alpha + beta
    bound = _moved(successes, trials, mean, strength) + log(1 - level)

    def is_within(difference: Any) -> Any:
        # The law before, moved by the difference, worth as many visitors as it was.
        there = np.clip(mean + difference, _EDGE, 1 - _EDGE)
        return _mixed(successes, trials, there * strength, (1 - there) * strength) > bound

    best = np.divide(successes, trials, out=mean.copy(), where=trials > 0) - mean
    return _edge(is_within, best, -mean), _edge(is_within, best, 1 - mean)


def p_value(now: tuple[Any, Any], known: tuple[Any, Any], dispersion: Any = 1.0) -> Any:
    """P-values of a rate that stayed what it was, arguments as of `of_difference`; they may be read at every look.

    One over the Bayes factor of a law of rates that moved (by half of the mean, as a standard deviation) against the law before,
    at most 1. Over answers whose rates follow the law before, the factor exceeds 20 with a probability of at most one in
    twenty ever (Ville's inequality; Hendriksen, de Heide & Grünwald 2021, Bayesian Analysis 16): it holds on average over
    answers, not for each rate that could be. One over it is what `stats.discovery` needs (Ignatiadis, Wang & Ramdas 2024,
    Asymptotic and compound e-values).
    """
    import numpy as np

    successes, trials, alpha, beta = _arrays(*now, *known, dispersion)
    moved = _moved(successes, trials, alpha / (alpha + beta), alpha + beta)
    return np.exp(np.minimum(0.0, _mixed(successes, trials, alpha, beta) - moved))


def _arrays(successes: Any, trials: Any, alpha: Any, beta: Any, dispersion: Any) -> tuple[Any, Any, Any, Any]:
    import numpy as np

    successes, trials = np.asarray(successes, float) / dispersion, np.asarray(trials, float) / dispersion
    alpha, beta, successes, trials = np.broadcast_arrays(
        np.asarray(alpha, float), np.asarray(beta, float), successes, trials
    )
    return successes, trials, alpha, beta


def _moved(successes: Any, trials: Any, mean: Any, strength: Any) -> Any:
    """The logs of the likelihoods if rates had moved: the law before, wider by the variance of a usual move."""
    import numpy as np

    chance = mean * (1 - mean)
    size = np.maximum(chance / (chance / (strength + 1) + (MOVES * mean) ** 2) - 1, _EDGE)
    return _mixed(successes, trials, mean * size, (1 - mean) * size)


def _mixed(successes: Any, trials: Any, alpha: Any, beta: Any) -> Any:
    """The logs of the likelihoods mixed over the beta law."""
    from scipy.special import betaln

    return betaln(successes + alpha, trials - successes + beta) - betaln(alpha, beta)


def _log_likelihood(rate: Any, successes: Any, trials: Any) -> Any:
    from scipy.special import xlog1py, xlogy

    return xlogy(successes, rate) + xlog1py(trials - successes, -rate)


def _best(successes: Any, trials: Any) -> Any:
    import numpy as np

    return np.divide(successes, trials, out=np.full_like(trials, 0.5), where=trials > 0)


def _edge(is_within: Callable[[Any], Any], inside: Any, outside: Any) -> Any:
    """Where between a value inside and the outermost possible one the region ends; the latter where it does not."""
    import numpy as np

    reaches = is_within(outside)
    near, far = inside, outside
    for _ in range(_HALVINGS):
        middle = (near + far) / 2
        held = is_within(middle)
        near, far = np.where(held, middle, near), np.where(held, far, middle)
    return np.where(reaches, outside, far)
