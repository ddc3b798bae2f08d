"""How much of a day's orders is in at which age: learned from how earlier days grew, else as documented."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

INCOMPLETE_DAYS = 2
"""Amazon: conversions appear within 48 hours."""
SETTLED_DAYS = 28
"""Amazon restates conversions 1, 7 and 28 days later; older days are settled."""
GROWN_DAYS = 24
"""From this age on a day teaches how days grow: in weekly exports of the last 30 days, each is seen last at 24 to 30."""
ENOUGH_DAYS, ENOUGH_ORDERS = 14, 50
"""Grown days that were also seen young, and their orders, from which on the growth is learned."""


@dataclass(frozen=True, slots=True)
class Growth:
    """A grown day: its last known orders, and what was known of them at younger ages (age, orders)."""

    final: float
    seen: tuple[tuple[int, float], ...]


@dataclass(frozen=True, slots=True)
class Curve:
    """The share of a day's final orders that is in at an age; `days` and `orders` it was learned from."""

    points: tuple[tuple[int, float], ...]
    is_learned: bool
    days: int = 0
    orders: int = 0

    def share(self, age: int) -> float:
        """The share that is in at `age` days, 0 to 1; between two known ages on the line between them."""
        if age < 0:
            return 0.0
        place = bisect_left(self.points, (age, -1.0))
        if place == len(self.points):
            return self.points[-1][1]
        right = self.points[place]
        if right[0] == age:
            return right[1]
        left = self.points[place - 1] if place else (-1, 0.0)
        return left[1] + (right[1] - left[1]) * (age - left[0]) / (right[0] - left[0])


DOCUMENTED = Curve(((INCOMPLETE_DAYS, 0.0), (INCOMPLETE_DAYS + 1, 1.0)), is_learned=False)
"""What the documents promise: within 48 hours all is in that will not be restated. How much is restated they do not say."""


def curve(days: Iterable[Growth]) -> Curve:
    """The learned curve where there is enough to learn from, else the documented one.

    At each age the orders that were known over the final ones of the same days; made never to fall by pooling adjacent
    violators (Barlow, Bartholomew, Bremner & Brunk 1972, Statistical Inference under Order Restrictions). Restated
    downwards counts as whole.
    """
    known = [day for day in days if day.seen and day.final > 0]
    orders = round(sum(day.final for day in known))
    if len(known) < ENOUGH_DAYS or orders < ENOUGH_ORDERS:
        return DOCUMENTED
    sums: dict[int, tuple[float, float]] = {}
    for day in known:
        for age, seen in day.seen:
            so_far, final = sums.get(age, (0.0, 0.0))
            sums[age] = (so_far + seen, final + day.final)
    ages = sorted(age for age in sums if age <= SETTLED_DAYS)
    shares = _rising([(min(1.0, max(0.0, sums[age][0] / sums[age][1])), sums[age][1]) for age in ages])
    points = [*zip(ages, shares, strict=True), (SETTLED_DAYS + 1, 1.0)]
    return Curve(tuple(points), True, len(known), orders)


def _rising(values: Sequence[tuple[float, float]]) -> list[float]:
    """The nearest sequence that never falls, to values with weights."""
    pools: list[tuple[float, float, int]] = []
    for value, weight in values:
        pools.append((value, weight, 1))
        while len(pools) > 1 and pools[-2][0] > pools[-1][0]:
            (low, a, m), (high, b, n) = pools[-2], pools[-1]
            pools[-2:] = [((low * a + high * b) / (a + b), a + b, m + n)]
    return [value for value, _, count in pools for _ in range(count)]
