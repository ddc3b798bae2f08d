"""False discoveries: the example of the paper, and scipy's own."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cta_analytics.stats.discovery import adjusted

PAPER = [
    0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344, 0.0459, 0.3240, 0.4262, 0.5719, 0.6528, 0.7590, 1.0,
]  # fmt: skip


def test_the_paper_rejects_four_of_fifteen() -> None:
    """Benjamini & Hochberg 1995, section 4.1, at q = 0.05."""
    assert sum(value <= 0.05 for value in adjusted(PAPER)) == 4


def test_the_order_stays() -> None:
    assert adjusted([0.04, 0.01]) == [0.04, 0.02]


def test_nothing_tested_is_nothing_found() -> None:
    assert adjusted([]) == []


def test_a_value_above_one_is_a_mistake() -> None:
    with pytest.raises(ValueError, match="outside"):
        adjusted([1.1])


@settings(deadline=None)
@given(st.lists(st.floats(0, 1), min_size=1, max_size=60))
def test_the_values_are_those_of_scipy(values: list[float]) -> None:
    from scipy.stats import false_discovery_control

    assert adjusted(values) == pytest.approx(list(false_discovery_control(values)), abs=1e-12)
