"""The answers day by day, as far back as the logs and a year reach."""

from __future__ import annotations

from datetime import timedelta

from tests.warehouse_rows import MONDAY, Rows

from cta_analytics.metrics import measure
from cta_analytics.metrics.figures import DataSpan
from cta_analytics.metrics.period import Period, of_week
from cta_analytics.reports import daily

WEEK = of_week("2026-W45")


def _read(rows: Rows) -> daily.Daily:
    span = measure.rows(rows.connection, "data_span", DataSpan)[0]
    return daily.read(rows.connection, WEEK, span)


def test_weeks_are_counted_back_from_the_last_one(rows: Rows) -> None:
    rows.answer("a")
    for back, clicks in ((0, 3), (1, 2), (8, 1), (9, 9)):
        rows.visits("a", MONDAY - timedelta(weeks=back), 10, amazon=clicks)
        rows.visits("a", MONDAY + timedelta(days=6) - timedelta(weeks=back), 10, other=clicks)
    found = _read(rows.done())
    assert found.weekly_clicks(("a", "site.example", ""), WEEK.last) == [2, 0, 0, 0, 0, 0, 0, 4, 6]
    assert found.weekly_clicks(("b", "site.example", ""), WEEK.last) == [0] * 9


def test_it_reaches_as_far_as_the_logs_but_no_further_than_a_year(rows: Rows) -> None:
    assert _read(rows).period == Period(MONDAY - timedelta(weeks=52), WEEK.last)
    rows.answer("a")
    rows.visits("a", MONDAY - timedelta(days=10), 1)
    assert _read(rows.done()).period == Period(MONDAY - timedelta(days=10), WEEK.last)
    rows.visits("a", MONDAY - timedelta(days=900), 1)
    assert _read(rows.done()).period == Period(MONDAY - timedelta(weeks=52), WEEK.last)
