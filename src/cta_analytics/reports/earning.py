"""Money per click of the answers with a tag of their own, with its interval."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from cta_analytics.metrics.figures import MeasuredDay
from cta_analytics.stats import money
from cta_analytics.stats.money import DaySold, PerClick, Sold


@dataclass(frozen=True, slots=True)
class Earning:
    """An answer's measured clicks and orders, and minor units of `currency` a click.

    `earned` is what the site earns (EPC), None where the network states no bonus and no commission. `of_totals`: some day had
    several orders, of whose values only the sum is known.
    """

    currency: str
    clicks_through: int
    orders: int
    sales: PerClick
    earned: PerClick | None
    of_totals: bool


def earnings(days: Sequence[MeasuredDay]) -> dict[tuple[str, str], Earning]:
    """Money per click by answer and currency; empty where no measured answer sold anything.

    Orders of one currency are held against all clicks of its rows: money in two currencies is never added up.
    """
    result: dict[tuple[str, str], Earning] = {}
    for currency in sorted({row.currency for row in days}):
        rows = [row for row in days if row.currency == currency]
        result |= {(answer, currency): found for answer, found in _in_one_currency(currency, rows).items()}
    return result


def _in_one_currency(currency: str, rows: Sequence[MeasuredDay]) -> dict[str, Earning]:
    sales = _sold(rows, lambda row: row.sales_minor)
    earned = _sold((row for row in rows if row.earned_minor is not None), lambda row: row.earned_minor or 0)
    of_sales, of_earned = money.fit(list(sales.values())), money.fit(list(earned.values()))
    if of_sales is None:
        return {}
    return {
        answer: Earning(
            currency=currency,
            clicks_through=int(sold.clicks),
            orders=int(sold.orders),
            sales=money.per_click(sold, of_sales),
            earned=money.per_click(earned[answer], of_earned) if of_earned and answer in earned else None,
            of_totals=any(day.orders > 1 for day in sold.days),
        )
        for answer, sold in sales.items()
    }


def _sold(rows: Iterable[MeasuredDay], worth: Callable[[MeasuredDay], int]) -> dict[str, Sold]:
    clicks: dict[str, float] = {}
    days: dict[str, list[DaySold]] = {}
    for row in rows:
        clicks[row.answer] = clicks.get(row.answer, 0.0) + float(row.clicks_through)
        with_orders = days.setdefault(row.answer, [])
        if row.orders > 0:
            with_orders.append(DaySold(float(row.orders), float(worth(row))))
    return {answer: Sold(count, tuple(days[answer])) for answer, count in clicks.items()}
