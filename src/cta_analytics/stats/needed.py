"""How many visitors a question still needs before it can be answered."""

from __future__ import annotations

from math import ceil, floor, log10, sqrt

from cta_analytics.stats.intervals import LEVEL

POWER = 0.8
"""How often the visitors that are asked for are enough."""


def to_differ(rate: float, usual: float, level: float = LEVEL, power: float = POWER) -> float | None:
    """Visitors in all to tell an answer of this true rate from the usual one, in four cases of five; None for equals.

    The normal approximation for one proportion (Fleiss, Levin & Paik 2003, Statistical Methods for Rates and
    Proportions, 2.5). It is about right from some five expected clicks on.
    """
    sure, often = _quantiles(level, power)
    if rate == usual:
        return None
    return ((sure * sqrt(usual * (1 - usual)) + often * sqrt(rate * (1 - rate))) / (rate - usual)) ** 2


def to_change(rate: float, times: float, level: float = LEVEL, power: float = POWER) -> float:
    """Visitors in each of two periods to find that a rate became so many `times` what it was (same source, 4.2).

    Raises: ValueError where nothing would change, or the new rate lies outside 0 to 1.
    """
    after = rate * times
    if times == 1 or not 0 < after <= 1:
        raise ValueError(f"a rate of {rate} times {times}")
    sure, often = _quantiles(level, power)
    middle = (rate + after) / 2
    spread = sure * sqrt(2 * middle * (1 - middle)) + often * sqrt(rate * (1 - rate) + after * (1 - after))
    return (spread / (after - rate)) ** 2


def more(needed: float | None, had: float) -> int | None:
    """What is still missing, rounded up to two digits since it is a guess; 0 where enough were had, None for never."""
    if needed is None:
        return None
    missing = ceil(needed - had)
    if missing <= 0:
        return 0
    unit = 10 ** max(0, floor(log10(missing)) - 1)
    return int(ceil(missing / unit) * unit)


def _quantiles(level: float, power: float) -> tuple[float, float]:
    from scipy.special import ndtri

    return float(ndtri((1 + level) / 2)), float(ndtri(power))
