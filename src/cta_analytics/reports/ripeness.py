"""Periods as known at the same age: what of a network's figures can be compared, and how much of them is in."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from cta_analytics.metrics.figures import AgedDay
from cta_analytics.metrics.period import Period
from cta_analytics.reports.compare import LikeDays, like_days
from cta_analytics.stats import ripening
from cta_analytics.stats.ripening import GROWN_DAYS, INCOMPLETE_DAYS, SETTLED_DAYS, Curve, Growth

AS_COMPLETE = 0.02
"""By a learned curve, days count as equally complete where the shares that are in differ by no more."""
CHANCE_DAYS = 14 + INCOMPLETE_DAYS
"""After so many days a click has had its chance of an order, and Amazon the time to tell: 14 days of credit and 48 hours."""
RATE_DAYS = 28
"""Of so many days the rate of orders is, where the period itself is too young."""


@dataclass(frozen=True, slots=True)
class Ripeness:
    """Like days, each pair as known at one age; the orders of the period that are in; the rate of orders of old enough clicks."""

    like: LikeDays
    now: tuple[AgedDay, ...]
    before: tuple[AgedDay, ...]
    share: float | None
    curve: Curve
    rated: tuple[AgedDay, ...]

    @property
    def rate(self) -> float | None:
        """Orders a click-through, over clicks that have had their chance; None where there are none."""
        clicks = sum(day.clicks_through for day in self.rated)
        return sum(day.orders for day in self.rated) / clicks if clicks else None


def ripeness(aged: Sequence[AgedDay], period: Period, unknown: Iterable[date]) -> Ripeness:
    """What is known of `period` and of the one before it, day by day; `unknown` days are not compared at all."""
    by_day: dict[date, dict[int, list[AgedDay]]] = {}
    for each in aged:
        by_day.setdefault(each.day, {}).setdefault(each.age, []).append(each)
    learned = ripening.curve(_growths(by_day))
    absent, shift = set(unknown), timedelta(days=period.length)
    pairs: dict[date, tuple[list[AgedDay], list[AgedDay]]] = {}
    for day in period.days:
        pair = _pair(by_day.get(day, {}), by_day.get(day - shift, {}), learned)
        if pair is None:
            absent.add(day)
        else:
            pairs[day] = pair
    like = like_days(period, absent)
    ages = [max(by_day[day], default=None) if day in by_day else None for day in period.days]
    share = sum(learned.share(age) for age in ages if age is not None) / period.length if set(ages) - {None} else None
    return Ripeness(
        like,
        tuple(each for day in like.now for each in pairs[day][0]),
        tuple(each for day in like.now for each in pairs[day][1]),
        share,
        learned,
        _rated(by_day, period),
    )


def _growths(by_day: dict[date, dict[int, list[AgedDay]]]) -> list[Growth]:
    def orders(found: list[AgedDay]) -> int:
        return sum(each.orders for each in found)

    return [
        Growth(orders(ages[max(ages)]), tuple((age, orders(ages[age])) for age in ages if age < GROWN_DAYS))
        for ages in by_day.values()
        if max(ages) >= GROWN_DAYS
    ]


def _pair(
    now: dict[int, list[AgedDay]], before: dict[int, list[AgedDay]], learned: Curve
) -> tuple[list[AgedDay], list[AgedDay]] | None:
    """A day as known now, and its counterpart as known when it was as old; None where that was never asked."""
    if not now or not before:
        return None
    age = max(now)
    if age <= INCOMPLETE_DAYS:
        return None
    if age > SETTLED_DAYS:
        return now[age], before[max(before)]
    nearest = min(before, key=lambda other: (abs(other - age), other))
    is_as_complete = learned.is_learned and abs(learned.share(nearest) - learned.share(age)) <= AS_COMPLETE
    return (now[age], before[nearest]) if nearest == age or is_as_complete else None


def _rated(by_day: dict[date, dict[int, list[AgedDay]]], period: Period) -> tuple[AgedDay, ...]:
    """The newest knowledge of days whose clicks have had their chance: of the period, else of the last 28 such days."""
    old = {day: ages[max(ages)] for day, ages in by_day.items() if max(ages) >= CHANCE_DAYS and day <= period.last}
    days = [day for day in period.days if day in old]
    if len(days) < period.length and old:
        last = max(old)
        days = [day for day in sorted(old) if (last - day).days < RATE_DAYS]
    return tuple(each for day in days for each in old[day])
