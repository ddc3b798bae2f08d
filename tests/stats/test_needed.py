"""How many trials a change takes: a published table, and what the exact test finds with them."""

from __future__ import annotations

import pytest

from cta_analytics.stats import change, needed
from cta_analytics.stats.change import Share


@pytest.mark.parametrize(
    ("before", "now", "expected"),
    # Fleiss, Levin & Paik (2003), Statistical Methods for Rates and Proportions, table A.4: power 0.80, two-sided 0.05.
    [(0.05, 0.10, 474), (0.10, 0.20, 219), (0.25, 0.50, 66), (0.40, 0.50, 408)],
)
def test_it_agrees_with_the_table_of_fleiss(before: float, now: float, expected: int) -> None:
    found = needed.trials(before, now)
    assert found is not None
    assert abs(found - expected) <= 1


def test_a_fall_takes_as_many_as_the_rise_back() -> None:
    assert needed.trials(0.2, 0.1) == needed.trials(0.1, 0.2)


def test_no_change_is_never_found() -> None:
    assert needed.trials(0.1, 0.1) is None


def test_a_rate_lies_between_nothing_and_all() -> None:
    with pytest.raises(ValueError, match="outside 0 to 1"):
        needed.trials(0.1, 1.2)


@pytest.mark.parametrize(("before", "now"), [(0.05, 0.1), (0.1, 0.2), (0.3, 0.15)])
def test_the_exact_test_finds_it_about_four_times_out_of_five(before: float, now: float) -> None:
    from random import Random

    trials = needed.trials(before, now)
    assert trials is not None
    draw = Random(8)
    found = 0
    for _ in range(300):
        shares = [Share(sum(draw.random() < rate for _ in range(trials)), trials) for rate in (now, before)]
        moved = change.of_rates(*shares)
        found += moved is not None and moved.p_value <= needed.SIGNIFICANCE
    assert 0.72 <= found / 300 <= 0.88
