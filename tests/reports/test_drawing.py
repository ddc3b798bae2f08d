"""Scales, ticks and gaps of the pictures."""

from __future__ import annotations

import pytest

from cta_analytics.reports.drawing import Scale, runs, ticks


@pytest.mark.parametrize(
    ("most", "expected"),
    [
        (0, [0.0, 1.0]),
        (0.083, [0.0, 0.025, 0.05, 0.075, 0.1]),
        (4, [0.0, 1.0, 2.0, 3.0, 4.0]),
        (62, [0.0, 20.0, 40.0, 60.0, 80.0]),
        (1000, [0.0, 250.0, 500.0, 750.0, 1000.0]),
    ],
)
def test_ticks_are_round_and_reach_beyond_the_most(most: float, expected: list[float]) -> None:
    assert ticks(most) == expected


def test_a_scale_starts_at_zero() -> None:
    scale = Scale(50, 10, 110)
    assert (scale(0), scale(25), scale(50)) == (10, 60, 110)
    assert Scale(0, 10, 110)(0) == 10


def test_a_gap_parts_a_line() -> None:
    assert runs([(1, 1), None, (3, 3), (4, 4), None]) == [((1, 1),), ((3, 3), (4, 4))]
