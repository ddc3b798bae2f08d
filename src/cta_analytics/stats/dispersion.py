"""How much more the click rate swings from day to day than chance alone would have it: visitors are not independent."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from cta_analytics.stats.change import Share


@dataclass(frozen=True, slots=True)
class Spread:
    """Days of one answer and span added up: n visitors a day, of whom x clicked."""

    days: int
    n: int
    x: int
    nn: int
    xx: int
    nx: int
    nnn: int

    @property
    def share(self) -> Share:
        """The click rate of all days."""
        return Share(self.x, self.n)


@dataclass(frozen=True, slots=True)
class Likeness:
    """The correlation of two visitors of one answer and day, pooled over answers, and the days that it rests on."""

    correlation: float
    freedom: int

    def factor(self, *spreads: Spread) -> float:
        """By what the variance of a rate, or of the difference of two, is larger than that of independent visitors.

        The design effect of clusters of unequal size (Donner & Klar 2000, Design and Analysis of Cluster Randomization Trials,
        5.2), each span weighted with its part of the variance.
        """
        known = [spread for spread in spreads if spread.n]
        if not known:
            return 1.0
        parts = [(1 + self.correlation * (spread.nn / spread.n - 1)) / spread.n for spread in known]
        return sum(parts) / sum(1 / spread.n for spread in known)


INDEPENDENT = Likeness(0.0, 0)


def spread(days: Iterable[tuple[int, int]]) -> Spread:
    """The sums over days of (clicking visitors, visitors)."""
    known = [(x, n) for x, n in days if n]
    return Spread(
        days=len(known),
        n=sum(n for _, n in known),
        x=sum(x for x, _ in known),
        nn=sum(n * n for _, n in known),
        xx=sum(x * x for x, _ in known),
        nx=sum(n * x for x, n in known),
        nnn=sum(n * n * n for _, n in known),
    )


def likeness(spreads: Sequence[Spread]) -> Likeness:
    """The correlation within days, by moments over answers and spans; never below none.

    Around the rate of its span, the squares of a day's clicks are expected to be n p (1 - p) (1 + (n - 1) correlation). What the
    estimated rate takes from that is given back exactly; answers weigh as p (1 - p), so that quiet ones say little (Kleinman 1973,
    JASA 68; Ridout, Demétrio & Firth 1999, Biometrics 55).
    """
    excess, pairs, freedom = 0.0, 0.0, 0
    for one in spreads:
        if one.days < 2 or one.n < 2:
            continue
        rate = one.x / one.n
        chance = rate * (1 - rate) * one.n / (one.n - 1)
        squares = one.xx - 2 * rate * one.nx + rate**2 * one.nn
        alone = one.n - one.nn / one.n
        shared = (one.nn - one.n) * (1 + one.nn / one.n**2) - 2 * (one.nnn - one.nn) / one.n
        excess += squares - chance * alone
        pairs += chance * shared
        freedom += one.days - 1
    return Likeness(min(1.0, max(0.0, excess / pairs)) if pairs > 0 else 0.0, freedom)
