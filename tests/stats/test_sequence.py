"""Confidence sequences: worked by hand, against scipy, and what they promise under weekly looks."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cta_analytics.stats import intervals, sequence
from cta_analytics.stats.change import Share
from cta_analytics.stats.sequence import Mixture

FLAT = Mixture(1.0, 1.0)
shares = st.integers(1, 400).flatmap(lambda n: st.builds(Share, st.integers(0, n), st.just(n)))


def test_without_a_click_the_upper_end_is_worked_by_hand() -> None:
    """Mixed over a flat law, no click of n has the likelihood 1 / (n + 1): the end solves (1 - p) ^ n = 0.05 / (n + 1)."""
    (low,), (high,) = sequence.of_rate([0], [99], mixture=FLAT)
    assert low == 0.0
    assert high == pytest.approx(1 - (0.05 / 100) ** (1 / 99), abs=1e-9)


def test_while_nobody_came_everything_is_possible() -> None:
    assert [list(end) for end in sequence.of_rate([0], [0])] == [[0.0], [1.0]]
    assert list(sequence.p_value(([0], [0]), ([3.0], [30.0]))) == [1.0]
    assert [list(end) for end in sequence.of_difference(([0], [0]), ([3.0], [30.0]))] == [
        [pytest.approx(-1 / 11)],
        [pytest.approx(10 / 11)],
    ]


@settings(deadline=None)
@given(shares)
def test_a_sequence_is_wider_than_the_interval_of_one_look(share: Share) -> None:
    once = intervals.rate(share.successes, share.trials)
    (low,), (high,) = sequence.of_rate([share.successes], [share.trials])
    assert once is not None
    assert low <= share.successes / share.trials <= high
    assert high - low > (once.high - once.low) * 0.9


@settings(deadline=None)
@given(shares)
def test_the_ends_have_a_twentieth_of_the_mixed_likelihood(share: Share) -> None:
    from scipy.stats import betabinom, binom

    (low,), (high,) = sequence.of_rate([share.successes], [share.trials], mixture=Mixture(2.0, 30.0))
    mixed = betabinom.pmf(share.successes, share.trials, 2.0, 30.0)
    for end in (low, high):
        if 0 < end < 1:
            assert binom.pmf(share.successes, share.trials, end) == pytest.approx(0.05 * mixed, rel=1e-6)


@settings(deadline=None)
@given(shares, shares)
def test_the_p_value_is_a_ratio_of_two_beta_binomial_laws(now: Share, before: Share) -> None:
    from scipy.stats import betabinom

    alpha, beta = before.successes + 2.0, before.trials - before.successes + 30.0
    mean = alpha / (alpha + beta)
    variance = mean * (1 - mean) / (alpha + beta + 1) + (mean / 2) ** 2
    size = max(mean * (1 - mean) / variance - 1, 1e-9)
    stayed = betabinom.logpmf(now.successes, now.trials, alpha, beta)
    moved = betabinom.logpmf(now.successes, now.trials, mean * size, (1 - mean) * size)
    (found,) = sequence.p_value(([now.successes], [now.trials]), ([alpha], [beta]))
    assert found == pytest.approx(float(np.exp(min(0.0, stayed - moved))), rel=1e-6)


@settings(deadline=None)
@given(shares, shares)
def test_the_p_value_is_small_just_where_zero_is_left_out(now: Share, before: Share) -> None:
    law = [before.successes + 2.0], [before.trials - before.successes + 30.0]
    (low,), (high,) = sequence.of_difference(([now.successes], [now.trials]), law)
    (p_value,) = sequence.p_value(([now.successes], [now.trials]), law)
    assert (p_value < 0.05) == (not low <= 0 <= high) or p_value == pytest.approx(0.05, abs=1e-6)


def test_the_rate_of_ever_being_left_out_over_twelve_weeks_is_kept() -> None:
    draw = np.random.default_rng(11)
    rates = draw.beta(2, 40, 3000)
    visitors = draw.integers(1, 200, 3000)
    clicks, seen = np.zeros(3000), np.zeros(3000)
    known = 2.0 + (clicked := draw.binomial(4 * visitors, rates)), 40.0 + 4 * visitors - clicked
    left_out, differs = np.zeros(3000, bool), np.zeros(3000, bool)
    once = np.zeros(3000, bool)
    for _ in range(12):
        clicks, seen = clicks + draw.binomial(visitors, rates), seen + visitors
        low, high = sequence.of_rate(clicks, seen)
        left_out |= (rates < low) | (high < rates)
        differs |= sequence.p_value((clicks, seen), known) < 0.05
        wilson = [intervals.rate(int(x), int(n)) for x, n in zip(clicks, seen, strict=True)]
        once |= np.array([not one.low <= rate <= one.high for one, rate in zip(wilson, rates, strict=True) if one])
    assert left_out.mean() < 0.05
    assert differs.mean() < 0.05
    # What an interval made for one look does when it is looked at every week.
    assert once.mean() > 0.10


def test_days_that_swing_together_widen_a_sequence() -> None:
    (narrow,), _ = sequence.of_rate([50], [1000])
    (wide,), _ = sequence.of_rate([50], [1000], dispersion=4.0)
    assert wide < narrow
    assert wide == sequence.of_rate([12.5], [250])[0][0]
