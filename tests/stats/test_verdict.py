"""Words: no more than the numbers carry."""

from __future__ import annotations

import pytest

from cta_analytics.stats.change import Change, Share, of_rates
from cta_analytics.stats.verdict import Verdict, verdict


@pytest.mark.parametrize(
    ("rise", "p_value", "word"),
    [
        (0.999, 0.01, Verdict.rose),
        (0.96, 0.08, Verdict.probably_rose),
        (0.8, 0.4, Verdict.cannot_tell),
        (0.04, 0.08, Verdict.probably_fell),
        (0.001, 0.01, Verdict.fell),
    ],
)
def test_the_word_follows_the_numbers(rise: float, p_value: float, word: Verdict) -> None:
    assert verdict(Change(rise, p_value, 0.0)) is word


def test_one_of_many_is_judged_by_its_adjusted_value() -> None:
    assert verdict(Change(0.999, 0.01, 0.0), adjusted_p=0.3) is Verdict.cannot_tell


def test_two_sales_in_thirty_clicks_say_nothing() -> None:
    assert verdict(of_rates(Share(2, 30), Share(0, 30))) is Verdict.cannot_tell


def test_nothing_to_compare_cannot_be_told() -> None:
    assert verdict(None) is Verdict.cannot_tell
