"""Sites whose truth is known: traffic, rates, bots, missing days, late lines, orders."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np

from cta_analytics.stats.money import DaySold, Sold

ANSWERS, WEEKS, BASE_WEEKS, DAYS = 120, 12, 13, 7
# As measured on ua_labels: bots that slip through, and people that are taken for bots.
MISSED_BOTS, ACCUSED_PEOPLE = 0.0103, 0.0020
MISSING_DAY, LATE_DAY = 0.02, 0.2
WEEKDAYS = np.array([1.1, 1.15, 1.1, 1.05, 1.0, 0.8, 0.8])
CHANGED = 0.1


@dataclass(frozen=True)
class Site:
    """True rates, and what the tool counts of them: arrays of (answer, week, day), clicking visitors and visitors.

    `risen` are the clicking visitors had each rate risen by half before the first week; `base_*` the sums of the quarter before
    it. `moved_*` is one more week (answer, day), in which the rate of each answer is multiplied by its `lifts`.
    """

    rates: Any
    visitors: Any
    clicks: Any
    risen: Any
    base_visitors: Any
    base_clicks: Any
    lifts: Any
    moved_visitors: Any
    moved_clicks: Any


def sites(count: int, seed: int) -> Iterator[Site]:
    """So many sites, each with laws of its own."""
    for each in np.random.SeedSequence(seed).spawn(count):
        yield _site(np.random.default_rng(each))


def _site(draw: np.random.Generator) -> Site:
    zipf = np.arange(1, ANSWERS + 1) ** -draw.uniform(0.8, 1.3)
    weekly = 10 ** draw.uniform(3.2, 4.7) * zipf / zipf.sum()
    mean, strength = draw.uniform(0.01, 0.12), 10 ** draw.uniform(1.3, 2.3)
    rates = draw.beta(mean * strength, (1 - mean) * strength, ANSWERS)
    likeness = draw.choice([0.0, draw.uniform(0, 0.01)])
    bots = draw.uniform(0.1, 0.6)

    def days(weeks: int, true: Any) -> tuple[Any, Any]:
        """Visitors and clicking visitors that are counted, of true rates an answer, by week and day."""
        shape = (ANSWERS, weeks, DAYS)
        people = draw.poisson(weekly[:, None, None] * WEEKDAYS / WEEKDAYS.sum() * (1 - ACCUSED_PEOPLE), shape)
        people = people * (draw.random((1, weeks, DAYS)) >= MISSING_DAY)
        # Of the last day of a week a part may not have come in yet when somebody looks.
        late = np.where(draw.random((1, weeks)) < LATE_DAY, draw.random((1, weeks)), 1.0)
        people[:, :, -1] = draw.binomial(people[:, :, -1], np.broadcast_to(late, (ANSWERS, weeks)))
        of_day = np.broadcast_to(true[:, None, None], shape)
        if likeness:
            size = 1 / likeness - 1
            of_day = draw.beta(np.maximum(of_day * size, 1e-9), np.maximum((1 - of_day) * size, 1e-9))
        # A bot that slips through is counted as a visitor and clicks on nothing.
        slipped = draw.poisson(people * bots * MISSED_BOTS)
        return (people + slipped).astype(np.int32), draw.binomial(people, of_day).astype(np.int32)

    visitors, clicks = days(WEEKS, rates)
    base_visitors, base_clicks = days(BASE_WEEKS, rates)
    lifts = np.where(draw.random(ANSWERS) < CHANGED, draw.choice([0.3, 0.5, 1.5, 2.0, 3.0], ANSWERS), 1.0)
    moved_visitors, moved_clicks = days(1, np.minimum(rates * lifts, 0.95))
    # The same visitors, of whom half as many again click: those who did not click before are asked once more.
    again = np.minimum(0.5 * rates / (1 - rates), 1.0)[:, None, None]
    risen = clicks + draw.binomial(visitors - clicks, np.broadcast_to(again, clicks.shape)).astype(np.int32)
    return Site(
        rates,
        visitors,
        clicks,
        risen,
        base_visitors.sum(axis=(1, 2)),
        base_clicks.sum(axis=(1, 2)),
        lifts,
        moved_visitors[:, 0],
        moved_clicks[:, 0],
    )


def lognormal_orders(draw: np.random.Generator, answers: int = 60, days: int = 98) -> tuple[list[Sold], Any]:
    """What measured answers sold in fourteen weeks as totals of days, and the true money per click of each."""
    zipf = np.arange(1, answers + 1) ** -draw.uniform(0.8, 1.3)
    clicks = draw.poisson(10 ** draw.uniform(2.5, 4) * zipf / zipf.sum())
    rates = draw.beta(2, draw.uniform(20, 100), answers)
    means = draw.uniform(1500, 6000) * np.exp(draw.normal(0, draw.uniform(0.1, 0.5), answers))
    sigma = draw.uniform(0.5, 1.2)
    sold = []
    for count, rate, mean in zip(clicks.tolist(), rates, means, strict=True):
        orders = draw.multinomial(draw.binomial(count, rate), np.full(days, 1 / days))
        values = [draw.lognormal(np.log(mean) - sigma**2 / 2, sigma, one).sum() for one in orders if one]
        found = zip(orders[orders > 0].tolist(), values, strict=True)
        sold.append(Sold(count, tuple(DaySold(one, float(value)) for one, value in found)))
    return sold, rates * means
