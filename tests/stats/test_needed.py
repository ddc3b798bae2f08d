"""How many visitors are needed: statsmodels' own, and simulated power."""

from __future__ import annotations

import numpy as np
import pytest

from cta_analytics.stats.needed import more, to_change, to_differ


@pytest.mark.parametrize(("rate", "usual"), [(0.05, 0.03), (0.01, 0.03), (0.2, 0.25), (0.002, 0.004)])
def test_visitors_to_differ_are_those_of_statsmodels(rate: float, usual: float) -> None:
    from statsmodels.stats.power import normal_sample_size_one_tail

    expected = normal_sample_size_one_tail(
        rate - usual,
        0.8,
        0.025,
        std_null=np.sqrt(usual * (1 - usual)),
        std_alternative=np.sqrt(rate * (1 - rate)),
    )
    # For a fall the one tail lies on the other side, which changes no sign of the square.
    assert to_differ(rate, usual) == pytest.approx(float(expected), rel=1e-9)


@pytest.mark.parametrize(("rate", "times"), [(0.03, 1.5), (0.03, 0.5), (0.2, 1.2), (0.5, 2.0)])
def test_visitors_to_change_are_those_of_statsmodels(rate: float, times: float) -> None:
    from statsmodels.stats.proportion import samplesize_proportions_2indep_onetail

    after = rate * times
    expected = samplesize_proportions_2indep_onetail(after - rate, rate, 0.8, ratio=1, alpha=0.05)
    assert to_change(rate, times) == pytest.approx(float(expected), rel=1e-9)


def test_the_visitors_that_are_asked_for_are_enough_four_times_of_five() -> None:
    visitors = int(to_change(0.05, 1.5))
    draw = np.random.default_rng(1)
    before, after = draw.binomial(visitors, 0.05, 20_000), draw.binomial(visitors, 0.075, 20_000)
    pooled = (before + after) / (2 * visitors)
    distance = (after - before) / visitors / np.sqrt(2 * pooled * (1 - pooled) / visitors)
    assert (distance > 1.959964).mean() == pytest.approx(0.8, abs=0.01)


def test_equals_are_never_told_apart() -> None:
    assert to_differ(0.03, 0.03) is None
    assert more(None, 100) is None


@pytest.mark.parametrize(
    ("needed", "had", "rounded"), [(100.0, 250, 0), (107.2, 100, 8), (1334.0, 100, 1300), (1335.0, 34, 1400)]
)
def test_what_is_missing_is_rounded_up_to_two_digits(needed: float, had: float, rounded: int) -> None:
    assert more(needed, had) == rounded


@pytest.mark.parametrize("times", [1.0, 40.0])
def test_a_change_that_is_none_or_cannot_be_is_a_mistake(times: float) -> None:
    with pytest.raises(ValueError, match="times"):
        to_change(0.03, times)
