"""How far the estimates of the answers' table may be off: the ranges below them, and what these rest on."""

from __future__ import annotations

from cta_analytics.metrics.figures import Answer
from cta_analytics.reports.facts import Facts
from cta_analytics.reports.names import counted
from cta_analytics.reports.texts import text

ESTIMATED = frozenset({"allocated", "mixed"})


ENDS = ("orders_low", "orders_high", "sales_low_minor", "sales_high_minor")
"""What `ends` gives, in its order."""


def ends(facts: Facts, answer: Answer) -> tuple[int | None, int | None, int | None, int | None]:
    """The 95 % interval of an answer's orders, in whole orders, and of its sales, where these are in one currency.

    None where nothing of them is estimated: what is measured has no interval.
    """
    reach = facts.reaches.get(answer.answer)
    if answer.basis not in ESTIMATED or reach is None:
        return None, None, None, None
    orders: tuple[int | None, int | None] = (None, None)
    if answer.orders is not None:
        known = float(answer.orders)
        orders = round(known - reach.orders_below), round(known + reach.orders_above)
    if answer.sales_minor is None or answer.currency not in reach.sales:
        return (*orders, None, None)
    below, above = reach.sales[answer.currency]
    return (*orders, round(answer.sales_minor - below), round(answer.sales_minor + above))


def orders_between(facts: Facts, answer: Answer) -> str:
    """The interval of the orders as it is shown; empty where there is none."""
    low, high, _, _ = ends(facts, answer)
    count = facts.locale.count
    return "" if low is None else text("estimates.between", low=count(low), high=count(high))


def sales_between(facts: Facts, answer: Answer) -> str:
    """The same of its sales."""
    _, _, low, high = ends(facts, answer)
    about, currency = facts.locale.about, answer.currency
    return "" if low is None else text("estimates.between", low=about(low, currency), high=about(high, currency))


def note(facts: Facts) -> str:
    """What the ranges rest on; empty where nothing is estimated."""
    shown = [line.answer.answer for line in facts.answers if line.answer.basis in ESTIMATED]
    reach = next((facts.reaches[answer] for answer in shown if answer in facts.reaches), None)
    if reach is None:
        return ""
    differ = reach.differ
    return text(
        "estimates.learned" if differ.is_learned else "estimates.assumed",
        cv=facts.locale.share(differ.cv, 0),
        answers=counted(facts.locale, differ.answers, "answer"),
    )
