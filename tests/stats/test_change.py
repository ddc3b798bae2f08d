"""Changes: worked by hand, and against scipy's distributions."""

from __future__ import annotations

import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cta_analytics.stats.change import Change, Share, chance_of_none, of_counts, of_rates

shares = st.integers(1, 400).flatmap(lambda n: st.builds(Share, st.integers(0, n), st.just(n)))


def _changed(now: Share, before: Share) -> Change:
    change = of_rates(now, before)
    assert change is not None
    return change


def test_three_cups_of_four_against_one_of_four() -> None:
    """Fisher's tea: of the 70 ways to choose four cups, 16 + 1 have three or four right."""
    change = _changed(Share(3, 4), Share(1, 4))
    assert change.p_value == pytest.approx(2 * 17 / 70)
    assert change.least_p_value == pytest.approx(2 * 1 / 70)


def test_equal_shares_are_a_toss_up() -> None:
    change = _changed(Share(7, 50), Share(7, 50))
    assert change.rise == pytest.approx(0.5, abs=1e-12)
    assert change.p_value == 1.0


def test_one_click_more_from_one_visitor_proves_nothing() -> None:
    assert _changed(Share(1, 1), Share(0, 1)).p_value == 1.0


@pytest.mark.parametrize(("now", "before"), [(Share(0, 0), Share(1, 2)), (Share(1, 2), Share(0, 0))])
def test_without_visitors_on_one_side_there_is_no_change(now: Share, before: Share) -> None:
    assert of_rates(now, before) is None


@settings(deadline=None, max_examples=60)
@given(shares, shares)
def test_the_probability_of_a_rise_is_the_integral(now: Share, before: Share) -> None:
    from scipy.integrate import quad
    from scipy.stats import beta

    here = beta(now.successes + 0.5, now.trials - now.successes + 0.5)
    there = beta(before.successes + 0.5, before.trials - before.successes + 0.5)

    def at(angle: float) -> float:
        # The pole of the density at 0 and 1 goes away where the rate is the square of a sine.
        rate = math.sin(angle) ** 2
        return float(here.pdf(rate) * 2 * math.sin(angle) * math.cos(angle) * there.cdf(rate))

    points = sorted(math.asin(math.sqrt(law.mean())) for law in (here, there))
    expected, _ = quad(at, 1e-12, math.pi / 2 - 1e-12, points=points, limit=500, epsabs=1e-12)
    assert _changed(now, before).rise == pytest.approx(expected, abs=1e-9)


@settings(deadline=None)
@given(shares, shares)
def test_a_rise_seen_backwards_is_a_fall(now: Share, before: Share) -> None:
    there, back = _changed(now, before), _changed(before, now)
    assert there.rise + back.rise == pytest.approx(1, abs=1e-9)
    assert there.p_value == pytest.approx(back.p_value, abs=1e-9)
    assert there.p_value >= there.least_p_value - 1e-12


@settings(deadline=None)
@given(shares, shares)
def test_the_p_value_is_that_of_the_hypergeometric_law(now: Share, before: Share) -> None:
    from scipy.stats import hypergeom

    law = hypergeom(now.trials + before.trials, now.successes + before.successes, now.trials)
    tails = float(law.cdf(now.successes)), float(law.sf(now.successes - 1))
    assert _changed(now, before).p_value == pytest.approx(min(1.0, 2 * min(tails)), abs=1e-9)


def test_nine_orders_after_one() -> None:
    """Of 1,024 ways that ten orders fall into two equal weeks, 11 put nine or more into the second."""
    change = of_counts(9, 1)
    assert change is not None
    assert change.p_value == pytest.approx(2 * 11 / 1024)
    assert change.least_p_value == pytest.approx(2 / 1024)
    assert change.rise > 0.99


def test_twice_the_days_explain_twice_the_orders() -> None:
    change = of_counts(20, 10, exposure_now=14, exposure_before=7)
    assert change is not None
    assert change.p_value == 1.0


def test_no_order_at_all_is_no_change() -> None:
    assert of_counts(0, 0) is None


def test_a_negative_count_is_a_mistake() -> None:
    with pytest.raises(ValueError, match="-1 events"):
        of_counts(-1, 3)


@settings(deadline=None)
@given(st.integers(0, 300), st.integers(0, 300))
def test_counts_agree_with_the_binomial_test(now: int, before: int) -> None:
    from scipy.stats import binom

    change = of_counts(now, before)
    if now + before == 0:
        assert change is None
        return
    law = binom(now + before, 0.5)
    tails = float(law.cdf(now)), float(law.sf(now - 1))
    assert change is not None
    assert change.p_value == pytest.approx(min(1.0, 2 * min(tails)), abs=1e-9)


def test_a_thousand_visitors_without_a_click_at_one_in_a_hundred() -> None:
    assert chance_of_none(1000, 0.01) == pytest.approx(math.exp(1000 * math.log(0.99)))


def test_a_share_holds_no_more_successes_than_trials() -> None:
    with pytest.raises(ValueError, match="3 successes out of 2"):
        Share(3, 2)
