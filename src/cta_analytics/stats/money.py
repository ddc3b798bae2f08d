"""Money per click, of which most clicks bring nothing and a few orders bring most."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from cta_analytics.stats import shrinkage
from cta_analytics.stats.intervals import LEVEL, Interval

USUAL_SPREAD = 1.0
"""Squared coefficient of variation of an order's value, where hardly an order was seen."""
SPREAD_WEIGHT = 4.0
"""Days with orders that the usual spread counts for."""
VALUE_WEIGHT = 2.0
"""Orders of the mean value of all answers that each answer is given beforehand."""


@dataclass(frozen=True, slots=True)
class DaySold:
    """One day of one answer: orders, and the money of all of them together in minor units."""

    orders: float
    money: float


@dataclass(frozen=True, slots=True)
class Sold:
    """Clicks of an answer, and its days with orders."""

    clicks: float
    days: tuple[DaySold, ...] = ()

    @property
    def orders(self) -> float:
        """Orders of all days."""
        return sum(day.orders for day in self.days)

    @property
    def money(self) -> float:
        """Money of all days, in minor units."""
        return sum(day.money for day in self.days)


@dataclass(frozen=True, slots=True)
class Purse:
    """What is known of a site before one looks at an answer.

    `rate` and `clicks` are the exponents of a gamma law of the orders per click (so many orders of so many clicks), `value` the
    mean value of an order, `shape` that of the gamma law of single values.
    """

    rate: float
    clicks: float
    value: float
    shape: float


@dataclass(frozen=True, slots=True)
class PerClick:
    """Money per click in minor units: as seen (None without clicks), as expected, and where the true figure lies with 95 %."""

    raw: float | None
    expected: float
    interval: Interval


def fit(answers: Sequence[Sold]) -> Purse | None:
    """The purse of a site; None where nothing was ordered.

    The order rate is fitted as click rates are (`stats.shrinkage`). The spread of an order's value is that of the totals of
    days around what their number of orders makes expected, pooled over the answers.
    """
    sellers = [line for line in answers if line.orders > 0]
    days = [(line.money / line.orders, day) for line in sellers for day in line.days if day.orders > 0]
    orders = sum(day.orders for _, day in days)
    money = sum(day.money for _, day in days)
    # An order without a click of its own day, or two of one click, must not be more than certain.
    clicks = [max(line.clicks, line.orders) for line in answers]
    prior = shrinkage.fit([line.orders for line in answers], clicks)
    if prior is None or orders <= 0 or money <= 0:
        return None
    freedom = len(days) - len(sellers)
    seen = sum((day.money - day.orders * mean) ** 2 / (day.orders * mean**2) for mean, day in days if mean > 0)
    spread = (seen + SPREAD_WEIGHT * USUAL_SPREAD) / (freedom + SPREAD_WEIGHT)
    return Purse(
        rate=prior.alpha,
        clicks=prior.strength,
        value=money / orders,
        shape=1 / spread,
    )


def per_click(sold: Sold, purse: Purse) -> PerClick:
    """The money per click of an answer, and its interval.

    Orders are a Poisson number with a gamma law of the rate, the values of single orders follow a gamma law with an inverse
    gamma law of the mean: so a sum of values is gamma again and totals of days are enough, as for Tweedie's compound laws
    (Jørgensen 1987, JRSS B 49; the values as in Fader & Hardie 2013, The Gamma-Gamma Model of Monetary Value). Money per
    click is then a ratio of two gamma variables, whose quantiles are those of a beta law.
    """
    from scipy.special import betaincinv

    rate, clicks = purse.rate + sold.orders, purse.clicks + sold.clicks
    weight, money = VALUE_WEIGHT + sold.orders, VALUE_WEIGHT * purse.value + sold.money
    # With g and h gamma variables of these exponents, money per click is shape * money / clicks * g / h, and
    # g / (g + h) follows a beta law.
    tail = (1 - LEVEL) / 2
    low, high = betaincinv(rate, 1 + purse.shape * weight, [tail, 1 - tail])
    unit = purse.shape * money / clicks
    return PerClick(
        raw=sold.money / sold.clicks if sold.clicks > 0 else None,
        expected=rate / clicks * money / weight,
        interval=Interval(float(unit * low / (1 - low)), float(unit * high / (1 - high))),
    )
