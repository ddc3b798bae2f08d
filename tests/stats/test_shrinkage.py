"""Shrinkage: the likelihood and the mode against scipy, worked posteriors, outliers, and the edges."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cta_analytics.stats import shrinkage
from cta_analytics.stats.change import Share
from cta_analytics.stats.shrinkage import Prior, estimates, fit, posterior

NOTHING_UNKNOWN = ((0.0, 0.0), (0.0, 0.0))
shares = st.integers(0, 500).flatmap(lambda n: st.builds(Share, st.integers(0, n), st.just(n)))


def _site(seed: int, answers: int, mean: float, strength: float) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """True rates, clicking visitors and visitors of a site whose rates follow a beta law."""
    draw = np.random.default_rng(seed)
    rates = draw.beta(mean * strength, (1 - mean) * strength, answers)
    trials = draw.integers(5, 400, answers)
    return rates, draw.binomial(trials, rates), trials


@settings(deadline=None)
@given(st.floats(0.1, 50), st.floats(0.1, 500), shares)
def test_the_likelihood_is_that_of_scipy(alpha: float, beta: float, share: Share) -> None:
    from scipy.special import comb
    from scipy.stats import betabinom

    ours = shrinkage.log_likelihood(alpha, beta, share.successes, share.trials)
    theirs = betabinom.logpmf(share.successes, share.trials, alpha, beta)
    ways = np.log(float(comb(share.trials, share.successes, exact=True)))
    assert ours + ways == pytest.approx(theirs, rel=1e-9, abs=1e-9)


def test_the_fit_is_the_mode_that_scipy_finds_without_a_slope() -> None:
    from scipy.optimize import minimize
    from scipy.special import expit
    from scipy.stats import betabinom

    _, successes, trials = _site(3, 60, 0.08, 40)

    def minus_log(place: np.ndarray) -> float:
        mean, strength = expit(place[0]), np.exp(place[1])
        law = betabinom(trials, mean * strength, (1 - mean) * strength)
        alpha, beta = mean * strength, (1 - mean) * strength
        # (alpha + beta) ^ -5/2, times the Jacobian of the two logs: alpha * beta.
        return -float(law.logpmf(successes).sum() + np.log(alpha * beta) - 2.5 * np.log(strength))

    found = minimize(minus_log, [-2.0, 3.0], method="Nelder-Mead", options={"xatol": 1e-9, "fatol": 1e-12})
    prior = fit(successes, trials)
    assert prior is not None
    assert prior.mean == pytest.approx(expit(found.x[0]), rel=1e-5)
    assert prior.strength == pytest.approx(np.exp(found.x[1]), rel=1e-4)


def test_the_spread_is_the_inverse_of_the_curvature() -> None:
    from statsmodels.tools.numdiff import approx_hess

    _, successes, trials = _site(3, 60, 0.08, 40)
    prior = fit(successes, trials)
    assert prior is not None
    place = np.array([np.log(prior.mean / (1 - prior.mean)), np.log(prior.strength)])
    curvature = approx_hess(place, lambda at: shrinkage._slope(at, successes, trials, np.ones(60))[0])
    assert np.array(prior.spread) == pytest.approx(np.linalg.inv(curvature), rel=1e-3)


def test_many_answers_give_their_law_away() -> None:
    _, successes, trials = _site(1, 4000, 0.05, 60)
    prior = fit(successes, trials)
    assert prior is not None
    assert prior.mean == pytest.approx(0.05, abs=0.002)
    assert prior.strength == pytest.approx(60, rel=0.15)


def test_the_posterior_adds_the_prior_as_visitors() -> None:
    """One of ten, where answers have one in twenty with the weight of 40 visitors: 3 of 50."""
    alpha, beta = posterior(Prior(0.05, 40.0, NOTHING_UNKNOWN, 100), [1], [10])
    assert (alpha[0], beta[0]) == (pytest.approx(3.0), pytest.approx(47.0))


def test_what_is_not_known_of_the_prior_widens_the_posterior() -> None:
    """The variance grows by (slope of the mean) ^ 2 times that of the logit: the mean itself stays."""
    known, vague = Prior(0.05, 40.0, NOTHING_UNKNOWN, 9), Prior(0.05, 40.0, ((0.04, 0.0), (0.0, 0.0)), 9)
    (a,), (b,) = posterior(known, [1], [10])
    (c,), (d,) = posterior(vague, [1], [10])
    variance = a * b / ((a + b) ** 2 * (a + b + 1))
    assert c / (c + d) == pytest.approx(0.06)
    assert c * d / ((c + d) ** 2 * (c + d + 1)) == pytest.approx(variance + 0.04 * (40 / 50 * 0.05 * 0.95) ** 2)


def test_an_answer_of_two_visitors_goes_to_the_mean_and_one_of_many_stays() -> None:
    _, successes, trials = _site(2, 100, 0.05, 50)
    found = estimates(
        [*(Share(int(x), int(n)) for x, n in zip(successes, trials, strict=True)), Share(1, 2), Share(900, 9000)]
    )
    small, large = found[-2:]
    assert small.raw == 0.5
    assert small.rate < 0.09
    assert large.rate == pytest.approx(0.1, abs=0.001)
    assert large.interval.high - large.interval.low < small.interval.high - small.interval.low


def test_the_interval_holds_the_middle_of_the_posterior() -> None:
    from scipy.stats import beta

    (found, *_) = estimates([Share(3, 30), Share(1, 50), Share(0, 12)])
    law = beta(found.alpha, found.beta)
    assert (found.interval.low, found.interval.high) == pytest.approx(law.interval(0.95), abs=1e-9)


def test_one_page_that_everyone_clicks_on_does_not_spoil_the_prior() -> None:
    _, successes, trials = _site(4, 100, 0.04, 80)
    clean = fit(successes, trials)
    spoiled = fit([*successes, 950], [*trials, 1000])
    assert clean is not None
    assert spoiled is not None
    assert (spoiled.mean, spoiled.strength) == (clean.mean, clean.strength)
    shown = estimates([*(Share(int(x), int(n)) for x, n in zip(successes, trials, strict=True)), Share(950, 1000)])
    assert shown[-1].is_apart
    assert not any(line.is_apart for line in shown[:-1])
    assert shown[-1].rate == pytest.approx(950.5 / 1001)


def test_a_kind_with_enough_answers_has_its_own_prior() -> None:
    _, low, of_low = _site(5, 40, 0.02, 200)
    _, high, of_high = _site(6, 40, 0.30, 200)
    rows = [Share(int(x), int(n)) for x, n in zip([*low, *high], [*of_low, *of_high], strict=True)]
    found = estimates([*rows, Share(0, 0), Share(0, 0)], ["answer"] * 40 + ["guide"] * 40 + ["answer", "guide"])
    assert found[-2].rate == pytest.approx(0.02, abs=0.01)
    assert found[-1].rate == pytest.approx(0.30, abs=0.04)
    assert (found[-2].raw, found[-1].raw) == (None, None)


def test_a_kind_of_few_answers_shares_the_prior_of_all() -> None:
    _, successes, trials = _site(5, 40, 0.02, 200)
    rows = [Share(int(x), int(n)) for x, n in zip(successes, trials, strict=True)]
    found = estimates([*rows, Share(0, 0)], ["answer"] * 40 + ["guide"])
    everyone = fit(successes, trials)
    assert everyone is not None
    assert found[-1].prior == everyone


def test_a_site_without_a_click_is_not_called_clickless() -> None:
    found = estimates([Share(0, 50), Share(0, 200)])
    assert all(0 < line.rate < 0.02 and line.interval.high < 0.1 for line in found)


def test_where_nobody_came_there_is_nothing_to_say() -> None:
    assert fit([0, 0], [0, 0]) is None
    assert estimates([Share(0, 0)]) == []


@settings(deadline=None, max_examples=60)
@given(st.lists(shares, min_size=1, max_size=30))
def test_every_shrunk_rate_is_a_rate_inside_its_interval(rows: list[Share]) -> None:
    for line in estimates(rows):
        assert 0 <= line.interval.low <= line.rate <= line.interval.high <= 1 or line.alpha < 0.3


def test_visitors_that_go_together_count_as_fewer() -> None:
    _, successes, trials = _site(2, 100, 0.05, 50)
    rows = [Share(int(x), int(n)) for x, n in zip(successes, trials, strict=True)]
    plain, swinging = estimates(rows)[0], estimates(rows, dispersions=[5.0] + [1.0] * 99)[0]
    assert swinging.raw == plain.raw
    assert abs(swinging.rate - swinging.prior.mean) < abs(plain.rate - plain.prior.mean)
