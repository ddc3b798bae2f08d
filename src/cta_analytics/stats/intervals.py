"""Intervals for a rate: how far a share of few visitors can be trusted."""

from __future__ import annotations

from dataclasses import dataclass
from math import sqrt

LEVEL = 0.95


@dataclass(frozen=True, slots=True)
class Interval:
    """A range that holds the true value at the stated level."""

    low: float
    high: float


def rate(successes: int, trials: int, level: float = LEVEL, dispersion: float = 1.0) -> Interval | None:
    """Wilson's score interval for `successes` out of `trials`, both ends in 0 to 1; None without trials.

    `dispersion` above 1 (`stats.dispersion`) makes so many trials count as one.

    Closed form, so that the same formula can stand in a browser. Its coverage over many rates is close to
    the level also for few trials (Wilson 1927; Brown, Cai & DasGupta 2001, Statistical Science 16(2)).

    Raises: ValueError where successes are not between 0 and trials.
    """
    from scipy.special import ndtri

    if not 0 <= successes <= trials:
        raise ValueError(f"{successes} successes out of {trials} trials")
    if trials == 0:
        return None
    z = float(ndtri((1 + level) / 2))
    share, size = successes / trials, trials / max(1.0, dispersion)
    scale = 1 + z * z / size
    middle = (share + z * z / (2 * size)) / scale
    half = z / scale * sqrt(share * (1 - share) / size + z * z / (4 * size * size))
    # The ends are exact at no and at all successes; subtracting leaves some 1e-17 there.
    low = 0.0 if successes == 0 else max(0.0, middle - half)
    high = 1.0 if successes == trials else min(1.0, middle + half)
    return Interval(low, high)
