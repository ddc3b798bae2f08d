"""Money per click: the law against scipy's and against drawing, a worked case, and coverage with heavy tails."""

from __future__ import annotations

import numpy as np
import pytest

from cta_analytics.stats.money import DaySold, Purse, Sold, fit, per_click

PURSE = Purse(rate=2.0, clicks=50.0, value=3000.0, shape=0.8)


def test_the_expected_money_is_worked_by_hand() -> None:
    """3 + 2 orders of 100 + 50 clicks, and 12,000 + 2 * 3,000 of money for 3 + 2 orders: 1/30 times 3,600."""
    found = per_click(Sold(100, (DaySold(1, 2000), DaySold(2, 10_000))), PURSE)
    assert found.raw == 120
    assert found.expected == pytest.approx(5 / 150 * 3600)


def test_the_interval_is_that_of_an_f_law() -> None:
    from scipy.stats import f

    found = per_click(Sold(100, (DaySold(3, 12_000),)), PURSE)
    # g / h of gamma variables is F times the ratio of their exponents.
    a, b = 5.0, 1 + 0.8 * 5
    law = f(2 * a, 2 * b, scale=0.8 * 18_000 / 150 * a / b)
    assert (found.interval.low, found.interval.high) == pytest.approx(law.interval(0.95), rel=1e-9)
    assert found.expected == pytest.approx(float(law.mean()), rel=1e-9)


def test_the_law_is_that_of_drawn_rates_and_values() -> None:
    draw = np.random.default_rng(1)
    found = per_click(Sold(100, (DaySold(3, 12_000),)), PURSE)
    rates = draw.gamma(5.0, 1 / 150, 400_000)
    values = 0.8 / draw.gamma(1 + 0.8 * 5, 1 / 18_000, 400_000)
    low, high = np.quantile(rates * values, [0.025, 0.975])
    assert (found.interval.low, found.interval.high) == (pytest.approx(low, rel=0.02), pytest.approx(high, rel=0.02))


def test_an_answer_without_orders_may_still_earn() -> None:
    found = per_click(Sold(30), PURSE)
    assert found.raw == 0
    assert 0 < found.interval.low < found.expected < found.interval.high


def test_nobody_clicked() -> None:
    assert per_click(Sold(0), PURSE).raw is None


def test_without_an_order_there_is_no_purse() -> None:
    assert fit([Sold(100), Sold(5)]) is None
    assert fit([]) is None


def test_the_spread_is_that_of_the_days_around_their_answer() -> None:
    """Values 1 and 3 around 2, twice: squares of 1/4 each, 4 in all with 2 left free, beside 4 days of the usual 1."""
    purse = fit([Sold(50, (DaySold(1, 100), DaySold(1, 300))), Sold(60, (DaySold(1, 1000), DaySold(1, 3000)))])
    assert purse is not None
    assert purse.value == 1100
    assert purse.shape == pytest.approx((2 + 4) / (1.0 + 4.0))


def test_the_interval_of_lognormal_values_holds_the_truth_about_as_often_as_it_says() -> None:
    """Values with a tail heavier than the model's: lognormal, standard deviation of the log 1, answers that differ."""
    draw = np.random.default_rng(3)
    held, seen = 0, 0
    for _ in range(12):
        rates = draw.beta(2, 60, 80)
        means = 2500 * np.exp(draw.normal(0, 0.3, 80))
        clicks = (4000 / np.arange(1, 81)).astype(int) + 5
        answers = []
        for rate, mean, count in zip(rates, means, clicks, strict=True):
            orders = draw.multinomial(draw.binomial(count, rate), np.full(90, 1 / 90))
            answers.append(
                Sold(
                    int(count),
                    tuple(
                        DaySold(int(one), float(draw.lognormal(np.log(mean) - 0.5, 1.0, one).sum()))
                        for one in orders
                        if one
                    ),
                )
            )
        purse = fit(answers)
        assert purse is not None
        for rate, mean, line in zip(rates, means, answers, strict=True):
            interval = per_click(line, purse).interval
            held, seen = held + (interval.low <= rate * mean <= interval.high), seen + 1
    assert 0.92 < held / seen < 0.98
