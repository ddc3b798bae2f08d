"""Ranking by what is probably best: a worked case, and against drawing from the posteriors."""

from __future__ import annotations

import numpy as np
import pytest

from cta_analytics.stats.ranking import among_best, ranks


def test_two_alike_share_the_one_place() -> None:
    assert list(among_best([3, 3], [7, 7], best=1)) == pytest.approx([0.5, 0.5], abs=1e-6)


def test_where_all_fit_all_are_among_the_best() -> None:
    assert list(among_best([1, 2], [9, 9], best=10)) == [1.0, 1.0]


def test_the_chances_add_up_to_the_places() -> None:
    draw = np.random.default_rng(5)
    chances = among_best(draw.uniform(1, 30, 80), draw.uniform(20, 300, 80), best=10)
    assert chances.sum() == pytest.approx(10, abs=1e-4)


def test_the_chances_are_about_those_of_drawn_rates() -> None:
    draw = np.random.default_rng(7)
    alpha, beta = draw.uniform(1, 30, 60), draw.uniform(20, 300, 60)
    rates = draw.beta(alpha, beta, (20_000, 60))
    drawn = (np.argsort(np.argsort(-rates, axis=1), axis=1) < 10).mean(axis=0)
    # The rate that parts the best is a number here and varies from draw to draw there.
    assert np.abs(among_best(alpha, beta) - drawn).max() < 0.06


def test_many_good_visitors_come_before_one_lucky_one() -> None:
    """Posterior 2 of 40 is not yet anything; 90 of 1,000 is sure; 10 of 1,000 is surely not."""
    assert list(ranks([2, 90, 10], [38, 910, 990], best=1)) == [2, 1, 3]


def test_answers_without_any_chance_are_ranked_by_their_mean() -> None:
    assert list(ranks([900, 20, 10], [100, 9980, 9990], best=1)) == [1, 2, 3]
