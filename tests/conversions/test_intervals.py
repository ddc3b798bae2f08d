"""Intervals of allocated figures: what enters them, what the analyst reads, and when a week is worked out anew."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from tests.conversions.conftest import MONDAY, console

from cta_analytics.conversions import intervals
from cta_analytics.stats import allocation
from cta_analytics.stats.intervals import Interval

A, B, C = console("A"), console("B"), console("C")
SUNDAY = MONDAY + timedelta(days=6)
PRIOR = allocation.difference([])


def row(letter: str = "A", day: date = MONDAY, **figures: int) -> dict[str, Any]:
    return {"day": day, "ad_group": letter * 32} | figures


def _shared(warehouse: Any, *, unseen: int = 0, **figures: int) -> None:
    url = warehouse.link(A, "back", "lats")
    warehouse.click(url, "back", times=6)
    warehouse.click(url, "lats", times=2)
    warehouse.state([row(clicks_through=8 + unseen, **figures)])
    warehouse.refresh()


def test_a_week_has_the_interval_of_its_tag(warehouse: Any) -> None:
    _shared(warehouse, orders=4, sales_minor=8000)
    counts = allocation.counts(4, [0.75, 0.25], PRIOR)
    money = allocation.amounts(4, [0.75, 0.25], PRIOR)
    assert warehouse.rows(
        "SELECT answer, iso_week, orders, orders_low, orders_high, tag_orders, sales_minor, sales_low_minor, sales_high_minor, "
        "learned_from, is_learned FROM tag_intervals ORDER BY answer"
    ) == [
        ("back", "2026-W45", 3.0, counts[0].low, counts[0].high, 4, 6000, round(8000 * money[0].low), round(8000 * money[0].high), 0, False),
        ("lats", "2026-W45", 1.0, counts[1].low, counts[1].high, 4, 2000, round(8000 * money[1].low), round(8000 * money[1].high), 0, False),
    ]  # fmt: skip


def test_clicks_that_we_did_not_see_take_part(warehouse: Any) -> None:
    # Of 16 click-throughs we saw 8: the answers' shares are 3/8 and 1/8 of all.
    _shared(warehouse, unseen=8, orders=8)
    counts = allocation.counts(8, [3 / 8, 1 / 8], PRIOR)
    found = warehouse.rows("SELECT orders, orders_low, orders_high FROM tag_intervals ORDER BY answer")
    assert found == [(3.0, counts[0].low, counts[0].high), (1.0, counts[1].low, counts[1].high)]


def test_a_return_may_have_been_anybodys(warehouse: Any) -> None:
    _shared(warehouse, orders=0, sales_minor=-1000)
    # -750 and -250 were given; each may have brought none of the return, or all of it.
    found = warehouse.rows("SELECT sales_minor, sales_low_minor, sales_high_minor FROM tag_intervals ORDER BY answer")
    assert found == [(-750, -1000, 0), (-250, -1000, 0)]


def test_a_figure_that_the_report_lacks_has_no_interval(warehouse: Any) -> None:
    _shared(warehouse, orders=4)
    assert warehouse.rows("SELECT DISTINCT sales_minor, sales_low_minor, sales_high_minor FROM tag_intervals") == [
        (None, None, None)
    ]


def test_measured_figures_have_no_interval(warehouse: Any) -> None:
    url = warehouse.link(A, "back")
    warehouse.click(url, "back", times=6)
    warehouse.state([row(clicks_through=6, orders=3, sales_minor=300)])
    warehouse.refresh()
    assert warehouse.rows("SELECT * FROM tag_intervals") == []


def test_measured_answers_teach_how_much_rates_differ(warehouse: Any) -> None:
    shared = warehouse.link(A, "back", "lats")
    warehouse.click(shared, "back", times=5)
    warehouse.click(shared, "lats", times=5)
    urls = {letter: warehouse.link(console(letter), f"own-{letter}") for letter in "BCD"}
    for letter, url in urls.items():
        warehouse.click(url, f"own-{letter}", MONDAY - timedelta(days=20), times=50)
    long_ago = MONDAY - timedelta(days=120)
    warehouse.click(urls["B"], "own-B", long_ago, times=999)
    warehouse.state(
        [row(clicks_through=10, orders=2)]
        + [row(letter, MONDAY - timedelta(days=20), clicks_through=50, orders=5) for letter in "BCD"]
        + [row("B", long_ago, clicks_through=999, orders=900)],
        covers=(long_ago, MONDAY),
    )
    warehouse.refresh()
    expected = allocation.difference([(50, 5.0)] * 3)
    assert warehouse.rows("SELECT DISTINCT rates_differ_by, learned_from, is_learned FROM tag_intervals") == [
        (pytest.approx(expected.cv), 3, False)
    ]


def test_currencies_and_tags_are_kept_apart_and_an_answers_tags_are_added(warehouse: Any) -> None:
    for letter in "AB":
        url = warehouse.link(console(letter), "back", "lats")
        warehouse.click(url, "back", times=1)
        warehouse.click(url, "lats", times=1)
        warehouse.state([row(letter, clicks_through=2, orders=10, sales_minor=1000)], account=letter, currency="USD")
    warehouse.state([row("A", clicks_through=2, orders=10, sales_minor=500)], account="uk", currency="GBP")
    warehouse.refresh()
    one = allocation.counts(10, [0.5, 0.5], PRIOR)[0]
    both = allocation.added([(5.0, one), (5.0, one)])
    found = warehouse.rows(
        "SELECT currency, tags, orders, orders_low, orders_high, sales_minor FROM answer_intervals "
        "WHERE answer = 'back' ORDER BY currency"
    )
    assert found == [
        ("GBP", 1, 5.0, one.low, one.high, 250),
        ("USD", 2, 10.0, pytest.approx(both.low), pytest.approx(both.high), 1000),
    ]
    reach = intervals.reaches(intervals.of_period(warehouse.connection, MONDAY, SUNDAY), "amazon_attribution")["back"]
    assert sorted(reach.sales) == ["GBP", "USD"]
    # Three independent estimates: two of USD, one of GBP; orders have no currency.
    assert reach.orders_below == pytest.approx(3**0.5 * (5 - one.low))
    assert intervals.reaches(intervals.of_period(warehouse.connection, MONDAY, SUNDAY), "other") == {}


def test_only_a_week_that_changed_is_worked_out_anew(warehouse: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    _shared(warehouse, orders=4, sales_minor=8000)
    asked: list[int] = []
    truly = allocation.counts

    def noted(total: int, *values: Any) -> list[Interval]:
        asked.append(total)
        return truly(total, *values)

    monkeypatch.setattr(allocation, "counts", noted)
    later = MONDAY + timedelta(days=7)
    warehouse.state([row(day=later, clicks_through=0, orders=5)], as_of=18)
    warehouse.refresh()
    assert asked == [5]
    warehouse.refresh()
    assert asked == [5]
    warehouse.rows("DELETE FROM internal.conversion_rows WHERE day = $day", day=later)
    warehouse.refresh()
    assert asked == [5]
    assert warehouse.rows("SELECT DISTINCT iso_week FROM tag_intervals") == [("2026-W45",)]
    warehouse.rows("DELETE FROM internal.conversion_rows")
    warehouse.refresh()
    assert warehouse.rows("SELECT * FROM tag_intervals") == []
