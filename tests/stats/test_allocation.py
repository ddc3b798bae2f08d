"""Intervals of a shared tag's orders: known distributions, drawn samples, and how often the truth lies inside."""

from __future__ import annotations

import numpy as np
import pytest
from benchmarks.allocation import SCENES, covered
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import betabinom, binom

from cta_analytics.stats import allocation
from cta_analytics.stats.allocation import Difference
from cta_analytics.stats.intervals import Interval

PRIOR = allocation.difference([])


def _known(cv: float) -> Difference:
    return Difference((cv,), (1.0,))


def test_two_answers_with_equal_clicks_are_the_beta_binomial_of_scipy() -> None:
    # Rates with cv 0.5 are gamma with shape 4; equal clicks give equal scales, so the share is beta(4, 4).
    exact = betabinom(30, 4, 4)
    assert allocation.counts(30, [0.5, 0.5], _known(0.5)) == [Interval(*exact.ppf([0.025, 0.975]))] * 2


def test_answers_that_convert_alike_are_the_binomial_of_scipy() -> None:
    exact = binom(200, 0.3)
    assert allocation.counts(200, [0.3, 0.7], _known(0.001))[0] == Interval(*exact.ppf([0.025, 0.975]))


@pytest.mark.parametrize(
    ("total", "shares"),
    [(10, [0.5, 0.3, 0.2]), (40, [0.1, 0.3, 0.2]), (500, [0.05, *[0.19] * 5]), (30, [0.02, *[0.14] * 7])],
)
def test_the_ends_are_those_of_drawn_samples(total: int, shares: list[float]) -> None:
    """Against draws from the model itself, which know no Satterthwaite and no grid; within 1 % of all orders."""
    draw = np.random.default_rng(20261102)
    weight = np.array([*shares, max(0.0, 1 - sum(shares))])
    shape = 1 / draw.choice(PRIOR.cvs, p=PRIOR.weights, size=100_000) ** 2
    drawn = weight * draw.gamma(np.repeat(shape[:, None], len(weight), axis=1)) / shape[:, None]
    orders = draw.binomial(total, drawn[:, 0] / drawn.sum(axis=1))
    found = allocation.counts(total, shares, PRIOR)[0]
    assert [found.low, found.high] == pytest.approx(np.quantile(orders, [0.025, 0.975]), abs=max(1, total / 100))


def test_what_leaves_nothing_to_split_is_certain() -> None:
    assert allocation.counts(7, [1.0], PRIOR) == [Interval(7, 7)]
    assert allocation.counts(7, [1.0, 0.0], PRIOR) == [Interval(7, 7), Interval(0, 0)]
    assert allocation.counts(0, [0.4, 0.6], PRIOR) == [Interval(0, 0)] * 2
    assert allocation.amounts(7, [1.0, 0.0], PRIOR) == [Interval(1, 1), Interval(0, 0)]


def test_one_order_may_be_anybodys() -> None:
    assert allocation.counts(1, [0.5, 0.3], PRIOR) == [Interval(0, 1)] * 2
    low, high = (lambda found: (found.low, found.high))(allocation.amounts(1, [0.5], PRIOR)[0])
    assert (low, high) == (pytest.approx(0), pytest.approx(1))


def test_shares_of_more_than_a_whole_are_refused() -> None:
    with pytest.raises(ValueError, match="no parts of one"):
        allocation.counts(5, [0.7, 0.4], PRIOR)
    with pytest.raises(ValueError, match="no parts of one"):
        allocation.amounts(5, [-0.1], PRIOR)


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 10**6), st.lists(st.integers(0, 10**6), min_size=1, max_size=12), st.integers(0, 10**6))
def test_every_interval_holds_its_estimate(total: int, clicks: list[int], unseen: int) -> None:
    whole = max(1, sum(clicks) + unseen)
    shares = [count / whole for count in clicks]
    for share, orders, money in zip(
        shares, allocation.counts(total, shares, PRIOR), allocation.amounts(total, shares, PRIOR), strict=True
    ):
        assert 0 <= orders.low <= orders.high <= total
        # A count is whole, its estimate is not.
        assert orders.low - 1 <= share * total <= orders.high + 1
        assert 0 <= money.low <= money.high <= 1


def test_intervals_of_a_sum_add_their_distances_as_squares() -> None:
    # 10 (7 to 14) and 20 (16 to 23): sqrt(9 + 16) = 5 below, sqrt(16 + 9) = 5 above.
    assert allocation.added([(10, Interval(7, 14)), (20, Interval(16, 23))]) == Interval(25, 35)


def test_without_measured_answers_the_prior_stands() -> None:
    assert not PRIOR.is_learned
    assert sum(PRIOR.weights) == pytest.approx(1)
    heaviest = max(zip(PRIOR.weights, PRIOR.cvs, strict=True))[1]
    assert heaviest == pytest.approx(allocation.PRIOR_CV)
    assert allocation.difference([(0, 0), (50, 0)]).cv == pytest.approx(PRIOR.cv)


@pytest.mark.parametrize(("cv", "least", "most"), [(0.01, 0.0, 0.25), (0.5, 0.4, 0.6), (1.0, 0.8, 1.2)])
def test_how_much_rates_differ_is_learned(cv: float, least: float, most: float) -> None:
    draw = np.random.default_rng(7)
    clicks = draw.integers(200, 2000, 80)
    orders = draw.poisson(clicks * 0.03 * draw.gamma(1 / cv**2, cv**2, 80))
    found = allocation.difference([(int(c), float(o)) for c, o in zip(clicks, orders, strict=True)])
    assert (found.is_learned, found.answers, found.orders) == (True, 80, int(orders.sum()))
    assert least < found.cv < most


def test_few_measured_answers_teach_little() -> None:
    found = allocation.difference([(100, 3.0), (100, 3.0), (100, 4.0)])
    assert not found.is_learned
    assert found.cv == pytest.approx(PRIOR.cv, abs=0.1)


@pytest.mark.parametrize("scene", SCENES, ids=lambda scene: scene.name)
def test_the_truth_lies_inside_where_answers_convert_differently(scene: object) -> None:
    """A quick version of benchmarks/allocation.py: 60 sites, all answers. At 95 %, fewer than 91 % is no chance."""
    found = covered(scene, sites=60)  # type: ignore[arg-type]
    assert found.orders > 0.91
    assert found.sales > 0.91
