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
# Nobody came: so little is counted instead that it says nothing, and nothing is divided by zero.
_NOBODY = 1e-9


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
    bound = _mixed(successes, trials, mixture) + log(1 - level)
    best = _best(successes, trials)

    def is_within(rate: Any) -> Any:
        return _log_likelihood(rate, successes, trials) > bound

    return _edge(is_within, best, np.zeros_like(best)), _edge(is_within, best, np.ones_like(best))


def of_difference(
    now: tuple[Any, Any],
    before: tuple[Any, Any],
    level: float = LEVEL,
    mixture: Mixture = JEFFREYS,
    dispersion: Any = 1.0,
) -> tuple[Any, Any]:
    """Low and high ends of the confidence sequences of the rate now minus the rate before.

    `now` and `before` are (successes, trials), and either may grow between two looks. A sequence holds the differences at
    which the likeliest pair of rates has more than 1 - level of the mixed likelihood: the mixture over the largest
    likelihood under the hypothesis is an e-process (Wasserman, Ramdas & Balakrishnan 2020, PNAS 117, sections 6 and 7).
    """
    import numpy as np

    counts = [np.asarray(each, float) / dispersion for each in (*now, *before)]
    bound = _mixed(counts[0], counts[1], mixture) + _mixed(counts[2], counts[3], mixture) + log(1 - level)
    best = _best(counts[0], counts[1]) - _best(counts[2], counts[3])

    def is_within(difference: Any) -> Any:
        return profile(difference, *counts) > bound

    return _edge(is_within, best, -np.ones_like(best)), _edge(is_within, best, np.ones_like(best))


def p_value(now: tuple[Any, Any], before: tuple[Any, Any], mixture: Mixture = JEFFREYS, dispersion: Any = 1.0) -> Any:
    """P-values of equal rates that may be read at every look: below 1 - level where `of_difference` leaves 0 out.

    One over the e-value, at most 1 (Ramdas, Grünwald, Vovk & Shafer 2023, Statistical Science 38).
    """
    import numpy as np

    counts = [np.asarray(each, float) / dispersion for each in (*now, *before)]
    mixed = _mixed(counts[0], counts[1], mixture) + _mixed(counts[2], counts[3], mixture)
    successes, trials = counts[0] + counts[2], counts[1] + counts[3]
    same = _log_likelihood(_best(successes, trials), successes, trials)
    return np.exp(np.minimum(0.0, same - mixed))


def profile(difference: Any, x_now: Any, n_now: Any, x_before: Any, n_before: Any) -> Any:
    """The largest log likelihoods of two rates that differ by `difference`."""
    rate_now, rate_before = likeliest(difference, x_now, n_now, x_before, n_before)
    return _log_likelihood(rate_now, x_now, n_now) + _log_likelihood(rate_before, x_before, n_before)


def likeliest(difference: Any, x_now: Any, n_now: Any, x_before: Any, n_before: Any) -> tuple[Any, Any]:
    """The likeliest rates now and before that differ by `difference`.

    The root of the likelihood equation, a cubic with three real roots (Farrington & Manning 1990, Statistics in
    Medicine 9, appendix).
    """
    import numpy as np

    size_now, size_before = np.maximum(n_now, _NOBODY), np.maximum(n_before, _NOBODY)
    ratio, rate_now, rate_before = size_before / size_now, x_now / size_now, x_before / size_before
    cubic = 1 + ratio
    square = -(1 + ratio + rate_now + ratio * rate_before + difference * (ratio + 2)) / cubic
    linear = (difference**2 + difference * (2 * rate_now + ratio + 1) + rate_now + ratio * rate_before) / cubic
    constant = -rate_now * difference * (1 + difference) / cubic
    middle = square**3 / 27 - square * linear / 6 + constant / 2
    reach = np.copysign(np.sqrt(np.maximum(square**2 / 9 - linear / 3, 0.0)), middle)
    cosine = np.divide(middle, reach**3, out=np.zeros_like(middle), where=reach != 0)
    angle = (np.pi + np.arccos(np.clip(cosine, -1, 1))) / 3
    found = 2 * reach * np.cos(angle) - square / 3
    now = np.clip(found, np.maximum(0.0, difference), np.minimum(1.0, 1 + difference))
    return now, np.clip(now - difference, 0.0, 1.0)


def _mixed(successes: Any, trials: Any, mixture: Mixture) -> Any:
    """The logs of the likelihoods mixed over the beta law."""
    from scipy.special import betaln

    return betaln(successes + mixture.alpha, trials - successes + mixture.beta) - betaln(mixture.alpha, mixture.beta)


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
