"""How much of a day's orders is in: worked out by hand, and against scipy's isotonic regression."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.optimize import isotonic_regression

from cta_analytics.stats import ripening
from cta_analytics.stats.ripening import DOCUMENTED, Growth


def test_documented_delays_hold_until_there_is_enough() -> None:
    few = [Growth(10, ((3, 8.0),))] * (ripening.ENOUGH_DAYS - 1)
    poor = [Growth(1, ((3, 1.0),))] * ripening.ENOUGH_DAYS
    unseen = [Growth(10, ())] * 99
    assert [ripening.curve(days) for days in ([], few, poor, unseen)] == [DOCUMENTED] * 4
    assert [DOCUMENTED.share(age) for age in (0, 2, 3, 28)] == [0.0, 0.0, 1.0, 1.0]


def test_the_share_of_an_age_is_what_was_known_of_what_came() -> None:
    days = [Growth(10, ((1, 2.0), (8, 9.0)))] * 7 + [Growth(30, ((1, 12.0), (8, 24.0)))] * 7
    found = ripening.curve(days)
    assert (found.is_learned, found.days, found.orders) == (True, 14, 280)
    # 7·(2 + 12) of 280 after a day, 7·(9 + 24) after eight; between them a line, all after 28.
    assert [found.share(age) for age in (1, 8, 29)] == [pytest.approx(0.35), pytest.approx(0.825), 1.0]
    assert found.share(4) == pytest.approx(0.35 + 3 / 7 * (0.825 - 0.35))
    assert found.share(0) == pytest.approx(0.175)
    assert found.share(400) == 1.0


def test_an_age_at_which_less_was_known_than_before_is_pooled() -> None:
    days = [Growth(10, ((3, 9.0),))] * 10 + [Growth(10, ((4, 5.0),))] * 10
    found = ripening.curve(days)
    assert found.share(3) == found.share(4) == pytest.approx(0.7)


def test_what_was_restated_downwards_is_whole() -> None:
    assert ripening.curve([Growth(10, ((5, 12.0),))] * 20).share(5) == 1.0


@given(st.lists(st.tuples(st.floats(0, 1), st.floats(0.1, 100)), min_size=1, max_size=30))
def test_pooling_is_isotonic_regression(values: list[tuple[float, float]]) -> None:
    expected = isotonic_regression([value for value, _ in values], weights=[weight for _, weight in values]).x
    assert ripening._rising(values) == pytest.approx(list(expected), abs=1e-9)
