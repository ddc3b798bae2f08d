"""How far an answer's share of a shared tag can be trusted, where answers may really convert differently."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from math import ceil, exp, log, sqrt
from typing import Any

from cta_analytics.stats.intervals import LEVEL, Interval

PRIOR_CV = 0.5
"""Median of what answers' conversion rates are taken to differ by before any was measured: standard deviation over mean."""
PRIOR_SPREAD = 0.4
"""How unsure that is: the standard deviation of its logarithm. 95 % of the prior lie between 0.23 and 1.1."""
ENOUGH_ANSWERS, ENOUGH_ORDERS = 8, 30
"""Measured answers, and their orders, from which on the difference is called learned."""
VALUE_CV = 0.5
"""What the values of single orders are taken to differ by: reports hold sums only."""
# Half a standard deviation apart, and 16 nodes each: the tests hold the ends against finer grids and drawn samples.
_CVS = tuple(PRIOR_CV * exp(PRIOR_SPREAD * step * 0.5) for step in range(-5, 6))
_NODES = 16
_RATE_STEPS = 61


@dataclass(frozen=True, slots=True)
class Difference:
    """How much answers' conversion rates differ: possible coefficients of variation with their probabilities.

    `answers` and `orders`: what was measured of them.
    """

    cvs: tuple[float, ...]
    weights: tuple[float, ...]
    answers: int = 0
    orders: int = 0

    @property
    def cv(self) -> float:
        """The expected one."""
        return sum(cv * weight for cv, weight in zip(self.cvs, self.weights, strict=True))

    @property
    def is_learned(self) -> bool:
        """Whether measured answers decide it and no longer the prior."""
        return self.answers >= ENOUGH_ANSWERS and self.orders >= ENOUGH_ORDERS


def difference(measured: Sequence[tuple[int, float]]) -> Difference:
    """How much conversion rates differ, from the (clicks, orders) of answers with a tag of their own.

    Orders of an answer are Poisson, its rate is gamma distributed around that of all, so its orders are negative binomial
    (Greenwood & Yule 1920, JRSS 83). The likelihood is summed over the unknown common rate, flat on the log scale, and
    multiplied by a log-normal prior; without measured answers the prior is what comes out.
    """
    import numpy as np
    from scipy.special import gammaln, logsumexp

    cvs = np.array(_CVS)
    logs = -0.5 * (np.log(cvs / PRIOR_CV) / PRIOR_SPREAD) ** 2
    known = [(clicks, orders) for clicks, orders in measured if clicks > 0 and orders >= 0]
    orders = np.array([float(round(count)) for _, count in known])
    if orders.sum() > 0:
        clicks = np.array([float(count) for count, _ in known])
        centre = orders.sum() / clicks.sum()
        rates = centre * np.exp(np.linspace(-2.0, 2.0, _RATE_STEPS))
        shape = (1 / cvs**2)[:, None, None]
        mean = rates[None, :, None] * clicks[None, None, :]
        each = (
            gammaln(orders + shape)
            - gammaln(shape)
            - gammaln(orders + 1)
            - shape * np.log1p(mean / shape)
            + orders * (np.log(mean) - np.log(shape + mean))
        )
        logs = logs + logsumexp(each.sum(axis=2), axis=1)
    weights = np.exp(logs - logsumexp(logs))
    return Difference(_CVS, tuple(float(w) for w in weights), len(known), int(orders.sum()))


def counts(total: int, shares: Sequence[float], differ: Difference, level: float = LEVEL) -> list[Interval]:
    """For each answer, how many of the `total` orders of a shared tag may be its own, when its clicks are this share.

    `shares` are of all clicks of the tag; what they lack of one stands for clicks of nobody known, as one more page.
    Answer i has the weight share × rate, rates are gamma distributed with mean 1, and given the weights the orders are
    multinomial. With shapes in proportion to the clicks that is the Dirichlet-multinomial (Mosimann 1962, Biometrika
    49); here every answer's rate differs equally much, however few its clicks. The sum of the others' weights is
    gamma, too, with the same mean and variance (Satterthwaite 1946, Biometrics Bulletin 2), which is exact for two.

    Raises: ValueError where a share is negative or they add up to more than one.
    """
    import numpy as np
    from scipy.special import betainc

    chance, weights = _chances(shares, differ)
    certain = _certain(shares)

    def below(count: Any) -> Any:
        """P(orders <= count) for each answer, averaged over the nodes."""
        count = np.asarray(count, dtype=float)[:, None]
        inside = betainc(np.maximum(total - count, 1e-9), count + 1, 1 - chance)
        return (np.where(count >= total, 1.0, inside) * weights).sum(axis=1)

    ends = [_least(below, len(shares), total, aim) for aim in ((1 - level) / 2, (1 + level) / 2)]
    return [
        Interval(float(ends[0][i]), float(ends[1][i])) if part is None else Interval(part * total, part * total)
        for i, part in enumerate(certain)
    ]


def amounts(orders: int, shares: Sequence[float], differ: Difference, level: float = LEVEL) -> list[Interval]:
    """For each answer, which share of a shared tag's money may be its own; as `counts`, and orders differ in value.

    Given the answer's chance p, its share of the money of n orders has mean p and variance p(1-p)(1+v²)/n, v being the
    coefficient of variation of an order's value. The whole is taken for the beta distribution with its mean and variance;
    where the answer may as well have had no order, or every one, the interval ends there.
    """
    import numpy as np
    from scipy.special import betaincinv

    chance, weights = _chances(shares, differ)
    certain = _certain(shares)
    per_order = min(1.0, (1 + VALUE_CV**2) / max(orders, 1))
    mean = (chance * weights).sum(axis=1)
    variance = ((chance**2 + chance * (1 - chance) * per_order) * weights).sum(axis=1) - mean**2
    size = np.maximum(mean * (1 - mean) / np.maximum(variance, 1e-12) - 1, 1e-6)
    tail, events = (1 - level) / 2, max(orders, 1)
    low = betaincinv(mean * size, (1 - mean) * size, tail)
    high = betaincinv(mean * size, (1 - mean) * size, 1 - tail)
    low = np.where(((1 - chance) ** events * weights).sum(axis=1) >= tail, 0.0, low)
    high = np.where((chance**events * weights).sum(axis=1) >= tail, 1.0, high)
    return [
        Interval(float(low[i]), float(high[i])) if part is None else Interval(part, part)
        for i, part in enumerate(certain)
    ]


def added(parts: Sequence[tuple[float, Interval]]) -> Interval:
    """The interval of a sum of independent estimates, each with its own interval.

    Recovers the variances from the ends: the method of Zou and Donner (2008, Statistics in Medicine 27).
    """
    point = sum(value for value, _ in parts)
    low = point - sqrt(sum((value - found.low) ** 2 for value, found in parts))
    high = point + sqrt(sum((found.high - value) ** 2 for value, found in parts))
    return Interval(low, high)


def _certain(shares: Sequence[float]) -> list[float | None]:
    """The share of those that leave nothing to be split: none or all."""
    return [0.0 if share <= 0 else 1.0 if share >= 1 - 1e-9 else None for share in shares]


def _chances(shares: Sequence[float], differ: Difference) -> tuple[Any, Any]:
    """Nodes of each answer's chance of an order (answers × nodes), and the probability of each node."""
    import numpy as np
    from scipy.special import betaincinv

    if min(shares, default=0) < 0 or sum(shares) > 1 + 1e-6:
        raise ValueError(f"shares {list(shares)} are no parts of one")
    share = np.array(shares, dtype=float)
    rest = max(0.0, 1 - float(share.sum()))
    squares = float((share**2).sum()) + rest**2
    others = np.maximum(1 - share, 1e-12)
    # Satterthwaite: so many answers of equal size would vary as much as the others together.
    as_many = np.maximum(others**2 / np.maximum(squares - share**2, 1e-12), 1.0)
    places, sizes = _places()
    chance, weights = [], []
    for cv, weight in zip(differ.cvs, differ.weights, strict=True):
        if weight < 1e-4:
            continue
        shape = 1 / cv**2
        own = betaincinv(shape, shape * as_many[:, None], places[None, :])
        scale = (share / others * as_many)[:, None]
        chance.append(scale * own / (scale * own + (1 - own)))
        weights.append(weight * sizes)
    found = np.concatenate(weights)
    return np.clip(np.concatenate(chance, axis=1), 1e-12, 1 - 1e-12), found / found.sum()


@cache
def _places() -> tuple[Any, Any]:
    """Nodes and weights of Gauss and Legendre on 0 to 1."""
    from numpy.polynomial.legendre import leggauss

    nodes, weights = leggauss(_NODES)
    return (nodes + 1) / 2, weights / 2


def _least(below: Any, answers: int, most: int, aim: float) -> Any:
    """For each answer the least whole number up to `most` whose distribution function reaches `aim`, by bisection."""
    import numpy as np

    low, high = np.full(answers, -1.0), np.full(answers, float(most))
    for _ in range(max(1, ceil(log(most + 2, 2)))):
        middle = np.floor((low + high) / 2)
        reached = below(np.maximum(middle, 0)) >= aim
        reached = np.where(middle < 0, False, reached)
        high, low = np.where(reached, np.minimum(high, middle), high), np.where(reached, low, np.maximum(low, middle))
    return high
