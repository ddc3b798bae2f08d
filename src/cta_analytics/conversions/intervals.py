"""The intervals of what was allocated: of any period for the report, of each ISO week for the analyst."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby
from typing import TYPE_CHECKING

from cta_analytics import __version__
from cta_analytics.stats import allocation
from cta_analytics.stats.allocation import Difference
from cta_analytics.stats.intervals import Interval
from cta_analytics.warehouse import queries

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

LEARNED_DAYS = 91
"""How many days up to a period's last one teach how much conversion rates differ."""


@dataclass(frozen=True, slots=True)
class Given:
    """What an answer was given of a shared tag (`allocated_shares`)."""

    source: str
    account: str
    tag: str
    currency: str
    answer: str
    orders: float | None
    sales_minor: int | None
    orders_share: float
    sales_share: float
    tag_orders: int | None
    tag_sales_minor: int | None
    tag_returns_minor: int | None


@dataclass(frozen=True, slots=True)
class Estimate:
    """That, with the interval of what may really be the answer's own; None where the report lacks the figure."""

    given: Given
    orders: Interval | None
    sales_minor: Interval | None
    differ: Difference


@dataclass(frozen=True, slots=True)
class Reach:
    """How far below and above its estimate an answer's figure may lie, over its tags; money by currency."""

    orders_below: float
    orders_above: float
    sales: dict[str, tuple[float, float]]
    differ: Difference


def of_period(connection: DuckDBPyConnection, first: date, last: date) -> list[Estimate]:
    """The estimates of the days from `first` to `last`, of all sources."""
    return _estimates(*_inputs(connection, first, last))


def reaches(estimates: Iterable[Estimate], source: str) -> dict[str, Reach]:
    """By answer, the reach of the estimates of one source."""
    found: dict[str, Reach] = {}
    wanted = sorted((each for each in estimates if each.given.source == source), key=lambda each: each.given.answer)
    for answer, group in groupby(wanted, key=lambda each: each.given.answer):
        own = list(group)
        orders = [(each.given.orders, each.orders) for each in own if each.orders and each.given.orders is not None]
        money: dict[str, list[tuple[float, Interval]]] = {}
        for each in own:
            if each.sales_minor and each.given.sales_minor is not None:
                money.setdefault(each.given.currency, []).append((each.given.sales_minor, each.sales_minor))
        found[answer] = Reach(
            *_around(orders), {currency: _around(parts) for currency, parts in money.items()}, own[0].differ
        )
    return found


def refresh(connection: DuckDBPyConnection) -> None:
    """Bring `tag_intervals` up to date, in the caller's transaction: only weeks whose inputs are others than before."""
    known = dict(connection.execute("SELECT DISTINCT week_from, inputs_sha256 FROM internal.tag_intervals").fetchall())
    weeks = [
        row[0]
        for row in connection.execute(
            "SELECT DISTINCT CAST(date_trunc('week', day) AS DATE) FROM answer_conversions WHERE basis = 'allocated' ORDER BY 1"
        ).fetchall()
    ]
    for gone in sorted(known.keys() - set(weeks)):
        connection.execute("DELETE FROM internal.tag_intervals WHERE week_from = $week", {"week": gone})
    for week in weeks:
        given, rates = _inputs(connection, week, week + timedelta(days=6))
        digest = _digest(given, rates)
        if known.get(week) == digest:
            continue
        connection.execute("DELETE FROM internal.tag_intervals WHERE week_from = $week", {"week": week})
        rows = [_row(week, each, digest) for each in _estimates(given, rates)]
        connection.executemany(f"INSERT INTO internal.tag_intervals VALUES ({', '.join('?' * 17)})", rows)  # noqa: S608


def _inputs(
    connection: DuckDBPyConnection, first: date, last: date
) -> tuple[list[Given], dict[str, list[tuple[int, float]]]]:
    given = [Given(*row) for row in queries.run(connection, "models", "allocated_shares", first=first, last=last)]
    rates: dict[str, list[tuple[int, float]]] = {}
    if given:
        since = last - timedelta(days=LEARNED_DAYS - 1)
        for source, _, clicks, orders in queries.run(connection, "models", "measured_rates", first=since, last=last):
            rates.setdefault(source, []).append((clicks, orders))
    return given, rates


def _estimates(given: Sequence[Given], rates: dict[str, list[tuple[int, float]]]) -> list[Estimate]:
    differ = {source: allocation.difference(rates.get(source, ())) for source in {each.source for each in given}}
    found: list[Estimate] = []
    for (source, *_), group in groupby(given, key=lambda each: (each.source, each.account, each.tag, each.currency)):
        of_tag, known = list(group), differ[source]
        total = of_tag[0].tag_orders or 0
        orders = allocation.counts(total, [each.orders_share for each in of_tag], known)
        sales = allocation.amounts(total, [each.sales_share for each in of_tag], known)
        found += [
            Estimate(
                each,
                None if each.orders is None else count,
                None if each.sales_minor is None else _money(each, share),
                known,
            )
            for each, count, share in zip(of_tag, orders, sales, strict=True)
        ]
    return found


def _money(given: Given, share: Interval) -> Interval:
    """The ends in minor units. A return may be another answer's as well as a sale, so both widen the interval."""
    sold, returned, estimate = given.tag_sales_minor or 0, given.tag_returns_minor or 0, given.sales_minor or 0
    less, more = share.low - given.sales_share, share.high - given.sales_share
    return Interval(round(estimate + sold * less - returned * more), round(estimate + sold * more - returned * less))


def _around(parts: Sequence[tuple[float, Interval]]) -> tuple[float, float]:
    point, ends = sum(value for value, _ in parts), allocation.added(parts)
    return max(0.0, point - ends.low), max(0.0, ends.high - point)


def _digest(given: Sequence[Given], rates: dict[str, list[tuple[int, float]]]) -> str:
    values = [[getattr(each, name) for name in Given.__slots__] for each in given]
    return hashlib.sha256(json.dumps([__version__, values, rates], sort_keys=True).encode()).hexdigest()


def _row(week: date, each: Estimate, digest: str) -> tuple[object, ...]:
    given, orders, sales = each.given, each.orders, each.sales_minor
    return (
        week, given.source, given.account, given.tag, given.currency, given.answer,
        given.orders, orders and orders.low, orders and orders.high, given.tag_orders,
        given.sales_minor, sales and sales.low, sales and sales.high,
        each.differ.cv, each.differ.answers, each.differ.is_learned, digest,
    )  # fmt: skip
