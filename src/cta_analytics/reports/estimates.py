"""How far the estimates of the answers' table may be off: the ranges below them, and what these rest on."""

from __future__ import annotations

from cta_analytics.metrics.figures import Answer
from cta_analytics.reports.facts import Facts
from cta_analytics.reports.names import counted
from cta_analytics.reports.texts import text

ESTIMATED = frozenset({"allocated", "mixed"})


def orders_between(facts: Facts, answer: Answer) -> str:
    """The 95 % interval of an answer's orders, whole orders; empty where none of them are estimated."""
    reach = facts.reaches.get(answer.answer)
    if answer.basis not in ESTIMATED or reach is None or answer.orders is None:
        return ""
    count, orders = facts.locale.count, float(answer.orders)
    return text(
        "estimates.between",
        low=count(round(orders - reach.orders_below)),
        high=count(round(orders + reach.orders_above)),
    )


def sales_between(facts: Facts, answer: Answer) -> str:
    """The same of its sales, where they are in one currency."""
    reach = facts.reaches.get(answer.answer)
    if (
        answer.basis not in ESTIMATED
        or reach is None
        or answer.sales_minor is None
        or answer.currency not in reach.sales
    ):
        return ""
    below, above = reach.sales[answer.currency]
    low, high = round(answer.sales_minor - below), round(answer.sales_minor + above)
    about = facts.locale.about
    return text("estimates.between", low=about(low, answer.currency), high=about(high, answer.currency))


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
