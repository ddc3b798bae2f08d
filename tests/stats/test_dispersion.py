"""Overdispersion between days: worked sums, drawn days, and what it does to a p-value."""

from __future__ import annotations

from itertools import product

import numpy as np
import pytest

from cta_analytics.stats.change import Share, of_rates
from cta_analytics.stats.dispersion import INDEPENDENT, Likeness, likeness, spread


def test_the_sums_are_worked_by_hand() -> None:
    one = spread([(1, 10), (0, 0), (3, 20)])
    assert (one.days, one.n, one.x, one.nn, one.xx, one.nx, one.nnn) == (2, 30, 4, 500, 10, 70, 9000)


def test_days_that_are_all_clicks_or_none_are_wholly_alike() -> None:
    assert likeness([spread([(10, 10), (0, 10)] * 50)]).correlation == pytest.approx(1.0, abs=0.02)


def test_independent_visitors_are_not_alike_on_average() -> None:
    """Over all ways that visitors of two days of 2 and 3 click at one half, what is above chance adds up to nothing."""
    excess = 0.0
    for clicks in product((0, 1), repeat=5):
        one = spread([(sum(clicks[:2]), 2), (sum(clicks[2:]), 3)])
        rate = one.x / one.n
        squares = one.xx - 2 * rate * one.nx + rate**2 * one.nn
        excess += squares - rate * (1 - rate) * one.n / (one.n - 1) * (one.n - one.nn / one.n)
    assert excess == pytest.approx(0, abs=1e-9)


@pytest.mark.parametrize("correlation", [0.0, 0.01, 0.05])
def test_the_likeness_of_drawn_days_is_found(correlation: float) -> None:
    draw = np.random.default_rng(2)
    spreads = []
    for visitors in draw.integers(5, 300, 600):
        days = draw.poisson(visitors, 7)
        size = 1 / correlation - 1 if correlation else np.inf
        rates = draw.beta(0.05 * size, 0.95 * size, 7) if correlation else np.full(7, 0.05)
        spreads.append(spread(zip(draw.binomial(days, rates).tolist(), days.tolist(), strict=True)))
    found = likeness(spreads)
    assert found.correlation == pytest.approx(correlation, abs=0.2 * correlation + 0.001)
    assert found.freedom == 600 * 6


def test_the_factor_is_one_plus_the_others_of_the_day() -> None:
    week = spread([(1, 11)] * 7)
    assert Likeness(0.1, 6).factor(week) == pytest.approx(2.0)
    assert Likeness(0.1, 6).factor(week, week) == pytest.approx(2.0)
    assert INDEPENDENT.factor(week) == 1.0
    assert Likeness(0.5, 6).factor() == 1.0


def test_a_dispersed_change_is_less_sure() -> None:
    """Fourfold variance halves the normal score; of few days Student's law is asked."""
    from scipy.stats import norm, t

    plain, dispersed = of_rates(Share(90, 1000), Share(50, 1000)), of_rates(Share(90, 1000), Share(50, 1000), 4.0)
    few = of_rates(Share(90, 1000), Share(50, 1000), 4.0, 12)
    assert plain is not None
    assert dispersed is not None
    assert few is not None
    score = norm.isf(plain.p_value / 2) / 2
    assert dispersed.p_value == pytest.approx(2 * norm.sf(score), rel=1e-9)
    assert few.p_value == pytest.approx(2 * t.sf(score, 12), rel=1e-9)
    assert 0.9 < dispersed.rise < plain.rise


def test_days_that_swing_raise_no_more_false_alarms_than_stated() -> None:
    draw = np.random.default_rng(9)
    like, alarms, naive = Likeness(0.01, 10_000), 0, 0
    for _ in range(2000):
        days = draw.poisson(200, (2, 7))
        clicks = draw.binomial(days, draw.beta(0.06 * 99, 0.94 * 99, (2, 7)))
        now, before = (spread(zip(x.tolist(), n.tolist(), strict=True)) for x, n in zip(clicks, days, strict=True))
        moved = of_rates(now.share, before.share, like.factor(now, before), like.freedom)
        plain = of_rates(now.share, before.share)
        assert moved is not None
        assert plain is not None
        alarms, naive = alarms + (moved.p_value <= 0.05), naive + (plain.p_value <= 0.05)
    assert alarms / 2000 < 0.06
    assert naive / 2000 > 0.15
