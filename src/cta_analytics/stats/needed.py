"""How many trials it takes until a change of a rate can be told from chance."""

from __future__ import annotations

from math import ceil, sqrt

POWER = 0.8
"""How often a change of that size shall be found."""
SIGNIFICANCE = 0.05


def trials(before: float, now: float) -> int | None:
    """Trials in each of two periods after which a rate that went from `before` to `now` is found, four times out of five.

    The normal approximation for two proportions, two-sided at 5 %, with the continuity correction that brings it to
    Fisher's exact test (Fleiss, Tytun & Ury 1980, Biometrics 36). None where the two are the same.

    Raises: ValueError for a rate outside 0 to 1.
    """
    from scipy.special import ndtri

    if not (0 <= before <= 1 and 0 <= now <= 1):
        raise ValueError(f"a rate lies outside 0 to 1: {before}, {now}")
    gap = abs(now - before)
    if not gap:
        return None
    middle = (before + now) / 2
    reach = ndtri(1 - SIGNIFICANCE / 2) * sqrt(2 * middle * (1 - middle)) + ndtri(POWER) * sqrt(
        before * (1 - before) + now * (1 - now)
    )
    plain = float(reach**2 / gap**2)
    return ceil(plain / 4 * (1 + sqrt(1 + 4 / (plain * gap))) ** 2)
