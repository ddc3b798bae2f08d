"""Money per click from the warehouse: measured days only, and no money of two currencies together."""

from __future__ import annotations

from pathlib import Path

from tests.warehouse_rows import MONDAY, Rows, days, project

from cta_analytics.metrics.period import of_week
from cta_analytics.reports.facts import read

WEEK = of_week("2026-W45")


def test_only_measured_days_have_money_per_click(rows: Rows, tmp_path: Path) -> None:
    rows.answer("oil")
    for day in days(MONDAY, 7):
        rows.sold("oil", day, "measured", 10, 1 if day == MONDAY else 0, 4000 if day == MONDAY else 0)
        rows.sold("tea", day, "measured", 10)
        rows.sold("shared", day, "allocated", 10, 5, 9000)
    found = read(rows.done().connection, project(tmp_path), WEEK).earnings
    oil = found[("oil", "USD")]
    assert (oil.clicks_through, oil.orders, oil.of_totals) == (70, 1, False)
    assert oil.earned is not None
    assert oil.sales.raw == 4000 / 70
    # The rows' bonus is a tenth of their sales.
    assert oil.earned.raw == 400 / 70
    assert oil.sales.interval.low < oil.sales.raw < oil.sales.interval.high
    assert found[("tea", "USD")].sales.expected < oil.sales.expected
    assert ("shared", "USD") not in found


def test_currencies_stay_apart(rows: Rows, tmp_path: Path) -> None:
    rows.sold("oil", MONDAY, "measured", 50, 2, 5000)
    rows.sold("oil", MONDAY, "measured", 20, 1, 700, currency="EUR")
    found = read(rows.done().connection, project(tmp_path), WEEK).earnings
    assert [(key, line.orders, line.of_totals) for key, line in found.items()] == [
        (("oil", "EUR"), 1, False),
        (("oil", "USD"), 2, True),
    ]


def test_what_was_never_ordered_earns_nothing_that_could_be_said(rows: Rows, tmp_path: Path) -> None:
    rows.sold("oil", MONDAY, "measured", 50)
    assert read(rows.done().connection, project(tmp_path), WEEK).earnings == {}
