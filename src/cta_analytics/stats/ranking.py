"""Which answers are probably the best, where the rates of most are hardly known."""

from __future__ import annotations

from typing import Any

BEST = 10
"""How many answers a list of the best holds."""


def among_best(alpha: Any, beta: Any, best: int = BEST) -> Any:
    """The chance of each answer that its true rate is among the `best` highest, from the exponents of beta posteriors.

    The rate that parts the best from the others is the one above which `best` answers are expected; an answer's chance
    is that of its own rate to lie above. Ranking by it names the fewest wrong answers (Lin, Louis, Paddock & Ridgeway
    2006, Bayesian Analysis 1). Ranking by raw rates puts answers of two visitors on top, and by the lower end of an
    interval those of most visitors.
    """
    import numpy as np
    from scipy.optimize import brentq
    from scipy.special import betaincc

    alpha, beta = np.asarray(alpha, float), np.asarray(beta, float)
    if best >= len(alpha):
        return np.ones(len(alpha))
    parting = brentq(lambda rate: float(betaincc(alpha, beta, rate).sum()) - best, 0.0, 1.0, xtol=1e-9)
    return betaincc(alpha, beta, parting)


def ranks(alpha: Any, beta: Any, best: int = BEST) -> Any:
    """The place of each answer from 1 on, by its chance to be among the best; the higher mean where chances are equal."""
    import numpy as np

    alpha, beta = np.asarray(alpha, float), np.asarray(beta, float)
    order = np.lexsort((-alpha / (alpha + beta), -np.round(among_best(alpha, beta, best), 12)))
    places = np.empty(len(order), int)
    places[order] = np.arange(1, len(order) + 1)
    return places
