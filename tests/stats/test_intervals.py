"""Intervals: published values, scipy's own, and the edges."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cta_analytics.stats.intervals import Interval, rate


@pytest.mark.parametrize(
    ("successes", "trials", "low", "high"),
    # Newcombe 1998, Statistics in Medicine 17, table I, method 3.
    [(81, 263, 0.2553, 0.3662), (15, 148, 0.0624, 0.1605), (0, 20, 0.0, 0.1611), (1, 29, 0.0061, 0.1718)],
)
def test_wilson_gives_the_published_values(successes: int, trials: int, low: float, high: float) -> None:
    interval = rate(successes, trials)
    assert interval is not None
    assert (round(interval.low, 4), round(interval.high, 4)) == (low, high)


def test_without_trials_there_is_no_interval() -> None:
    assert rate(0, 0) is None


def test_all_successes_reach_one_exactly() -> None:
    assert rate(5, 5) == Interval(pytest.approx(0.5655, abs=1e-4), 1.0)


def test_more_successes_than_trials_are_a_mistake() -> None:
    with pytest.raises(ValueError, match="6 successes out of 5"):
        rate(6, 5)


@settings(deadline=None)
@given(st.integers(1, 100_000).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))))
def test_the_interval_is_that_of_scipy(counts: tuple[int, int]) -> None:
    from scipy.stats import binomtest

    successes, trials = counts
    theirs = binomtest(successes, trials).proportion_ci(method="wilson")
    ours = rate(successes, trials)
    assert ours is not None
    assert (ours.low, ours.high) == (pytest.approx(theirs.low, abs=1e-9), pytest.approx(theirs.high, abs=1e-9))
    assert ours.low <= successes / trials <= ours.high


def test_visitors_that_go_together_count_as_fewer() -> None:
    assert rate(40, 400, dispersion=4.0) == rate(10, 100)
    assert rate(40, 400, dispersion=0.5) == rate(40, 400)
