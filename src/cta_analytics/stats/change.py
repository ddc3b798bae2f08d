"""Two periods compared: how sure it is that a rate or a count of rare events really moved."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from math import sqrt
from typing import Any

NODES = 64
# Half-width of the integration in standard deviations; what lies outside is below 1e-20.
REACH = 10.0
# Jeffreys' prior: half a success and half a failure, which weighs nothing beyond the first few visitors.
PRIOR = 0.5


@dataclass(frozen=True, slots=True)
class Share:
    """Successes out of trials in one period."""

    successes: int
    trials: int

    def __post_init__(self) -> None:
        if not 0 <= self.successes <= self.trials:
            raise ValueError(f"{self.successes} successes out of {self.trials} trials")

    @property
    def rate(self) -> float | None:
        """Successes a trial, None without trials."""
        return self.successes / self.trials if self.trials else None


@dataclass(frozen=True, slots=True)
class Change:
    """`rise` is the probability that the true rate is higher now; `p_value` is two-sided.

    `least_p_value` is the smallest that these numbers of visitors and clicks could have given, however divided. Where
    it is large, nothing could have been found, and the comparison need not count among those that were made
    (Tarone 1990, Biometrics 46).
    """

    rise: float
    p_value: float
    least_p_value: float


def of_rates(now: Share, before: Share, dispersion: float = 1.0, freedom: int = 0) -> Change | None:
    """How sure it is that the rate moved; None where one of the periods has no trials.

    `rise` compares two beta posteriors with Jeffreys' prior. `p_value` is Fisher's exact test, the smaller tail
    doubled: it never promises more than its level, also for a handful of visitors (Agresti 2013, Categorical Data
    Analysis, 3.5).

    Where days swing by more than chance, `dispersion` (`stats.dispersion`) is above 1: so many visitors then count as one,
    and the normal score of the p-value shrinks by its root, as a quasi-likelihood has it (McCullagh & Nelder 1989,
    Generalized Linear Models, 4.5); the score is held against Student's law where the dispersion rests on `freedom` days.
    """
    if not now.trials or not before.trials:
        return None
    p_value, least = _fisher(now, before)
    if dispersion > 1:
        p_value, least = _dispersed(p_value, dispersion, freedom), _dispersed(least, dispersion, freedom)
    return Change(_rise(now, before, max(1.0, dispersion)), p_value, least)


def _dispersed(p_value: float, dispersion: float, freedom: int) -> float:
    from scipy.special import ndtr, ndtri, stdtr

    score = float(ndtri(p_value / 2)) / sqrt(dispersion)
    return min(1.0, 2 * float(stdtr(freedom, score) if freedom else ndtr(score)))


def of_counts(now: int, before: int, exposure_now: float = 1.0, exposure_before: float = 1.0) -> Change | None:
    """How sure it is that rare independent events (orders) became more frequent; None where there are none.

    Given their sum, the events of now are binomial with the share of the exposure (days), so this is an exact binomial
    test (Przyborowski & Wilenski 1940, Biometrika 31). It is no test for views or clicks, which come in bunches.

    Raises: ValueError where a count or an exposure is negative, or no exposure is left.
    """
    from scipy.special import bdtr, bdtrc, betainc

    if min(now, before, exposure_now, exposure_before) < 0 or exposure_now + exposure_before <= 0:
        raise ValueError(f"{now} events in {exposure_now} days and {before} in {exposure_before}")
    total = now + before
    if not total or not exposure_now or not exposure_before:
        return None
    share = exposure_now / (exposure_now + exposure_before)
    at_most = float(bdtr(now, total, share)) if now < total else 1.0
    at_least = float(bdtrc(now - 1, total, share)) if now > 0 else 1.0
    rise = 1 - float(betainc(now + PRIOR, before + PRIOR, share))
    least = min(1.0, 2 * min(share**total, (1 - share) ** total))
    return Change(rise, min(1.0, 2 * min(at_most, at_least)), least)


def chance_of_none(trials: int, rate: float) -> float:
    """The probability of no success at all in `trials` at the given rate."""
    return float((1 - rate) ** trials)


@lru_cache(maxsize=1)
def _nodes() -> tuple[Any, Any]:
    from numpy.polynomial.legendre import leggauss

    return leggauss(NODES)


def _rise(now: Share, before: Share, dispersion: float) -> float:
    """P(rate now > rate before). Integrates over the better known rate, on the arcsine scale.

    There a beta density with a half in its exponents is smooth up to both ends and about equally wide everywhere, so 64
    nodes of Gauss and Legendre are exact to 1e-11.
    """
    import numpy as np
    from scipy.special import betainc, betaln, xlogy

    known, other = (now, before) if now.trials >= before.trials else (before, now)
    a = known.successes / dispersion + PRIOR
    b = (known.trials - known.successes) / dispersion + PRIOR
    centre, reach = np.arcsin(np.sqrt(a / (a + b))), REACH / (2 * np.sqrt(a + b))
    low, high = max(0.0, centre - reach), min(np.pi / 2, centre + reach)
    nodes, weights = _nodes()
    angle = low + (high - low) * (nodes + 1) / 2
    sine, cosine = np.sin(angle), np.cos(angle)
    density = 2 * np.exp(xlogy(2 * a - 1, sine) + xlogy(2 * b - 1, cosine) - betaln(a, b))
    here, there = other.successes / dispersion + PRIOR, (other.trials - other.successes) / dispersion + PRIOR
    below = betainc(here, there, sine**2)
    share = float(np.sum(weights * density * below) * (high - low) / 2)
    share = min(1.0, max(0.0, share))
    return share if known is now else 1 - share


def _fisher(now: Share, before: Share) -> tuple[float, float]:
    import numpy as np
    from scipy.special import gammaln

    successes, trials = now.successes + before.successes, now.trials + before.trials
    least, most = max(0, successes - before.trials), min(successes, now.trials)
    count = np.arange(least, most + 1)

    def choose(n: Any, k: Any) -> Any:
        return gammaln(n + 1) - gammaln(k + 1) - gammaln(n - k + 1)

    logs = choose(now.trials, count) + choose(before.trials, successes - count) - choose(trials, successes)
    chance = np.exp(logs)
    at = now.successes - least
    p_value = float(min(1.0, 2 * min(chance[: at + 1].sum(), chance[at:].sum())))
    return p_value, float(min(1.0, 2 * min(chance[0], chance[-1])))
