"""What the logs cover, by the data and by no clock."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from tests.warehouse_rows import MONDAY, Rows, days

from cta_analytics.metrics import calendar
from cta_analytics.metrics.figures import DataEnd, DataSpan, Day
from cta_analytics.metrics.period import Period, of_week

CHICAGO = ZoneInfo("America/Chicago")
SUNDAY = date(2026, 11, 8)


def _utc(text: str) -> datetime:
    """A time as the warehouse gives it: UTC without saying so."""
    return datetime.fromisoformat(text)


def _ends(*last_at: datetime) -> list[DataEnd]:
    """Newest first; the day is that of Chicago, which is six hours behind UTC in that week."""
    return [DataEnd((at - timedelta(hours=6)).date(), 100, at) for at in last_at]


def test_a_day_is_through_when_its_last_event_is_near_midnight() -> None:
    # 23:40 on Sunday in Chicago.
    assert calendar.complete_through(_ends(_utc("2026-11-09 05:40")), CHICAGO) == SUNDAY


def test_a_day_that_ends_at_noon_is_not_through() -> None:
    assert calendar.complete_through(_ends(_utc("2026-11-08 18:00")), CHICAGO) == SUNDAY - timedelta(days=1)


def test_a_quiet_site_is_given_what_it_usually_takes() -> None:
    usual = [_utc(f"2026-11-{day:02} 04:00") for day in (8, 7, 6)]  # 22:00, so two hours of quiet
    assert calendar.complete_through(_ends(_utc("2026-11-09 01:00"), *usual), CHICAGO) == SUNDAY
    assert calendar.complete_through(_ends(_utc("2026-11-08 23:00"), *usual), CHICAGO) != SUNDAY


def test_without_events_nothing_is_through() -> None:
    assert calendar.complete_through([], CHICAGO) is None


def _at(rows: Rows, last: date, hour: int) -> None:
    """Events on each of some days at noon UTC, and a last one at `hour` UTC of the day after the last."""
    rows.answer("a")
    for day in days(MONDAY - timedelta(days=7), (last - MONDAY).days + 8):
        rows.visits("a", day, 3)
    rows.done()
    rows.connection.execute("UPDATE internal.events SET occurred_at = day + INTERVAL 29 HOUR + INTERVAL 50 MINUTE")
    rows.connection.execute(
        "UPDATE internal.events SET occurred_at = day + $hour * INTERVAL 1 HOUR WHERE day = $last",
        {"hour": hour, "last": last},
    )


def test_the_default_is_the_last_week_that_is_complete(rows: Rows) -> None:
    _at(rows, SUNDAY, 29)
    assert calendar.last_week(rows.connection, CHICAGO) == of_week("2026-W45")


def test_a_week_that_lacks_its_sunday_evening_is_not_yet_due(rows: Rows) -> None:
    _at(rows, SUNDAY, 20)
    assert calendar.last_week(rows.connection, CHICAGO) == of_week("2026-W44")


def test_where_no_week_is_complete_the_last_one_must_do(rows: Rows) -> None:
    rows.answer("a")
    rows.visits("a", MONDAY, 3)
    assert calendar.last_week(rows.done().connection, CHICAGO) == of_week("2026-W45")


def test_without_events_there_is_no_week(rows: Rows) -> None:
    assert calendar.last_week(rows.connection, CHICAGO) is None


def _day(day: date, lines: int) -> Day:
    return Day(day, lines, lines, lines, 0, 0, 0, 0, 0, 0, 0)


@pytest.mark.parametrize(("lines", "missing"), [(400, [date(2026, 11, 4)]), (2, [])])
def test_a_day_without_lines_is_missing_unless_the_site_is_that_quiet(lines: int, missing: list[date]) -> None:
    week = [_day(day, 0 if day.day == 4 else lines) for day in days(MONDAY, 7)]
    assert calendar.days_without_lines(week, DataSpan(MONDAY, SUNDAY, 1)) == missing


def test_days_before_the_first_log_are_not_missing() -> None:
    week = [_day(day, 400 if day.day > 4 else 0) for day in days(MONDAY, 7)]
    span = DataSpan(date(2026, 11, 5), SUNDAY, 1)
    assert calendar.days_without_lines(week, span) == []
    assert calendar.days_beyond(Period(MONDAY, SUNDAY), span) == days(MONDAY, 3)


def test_after_a_pause_the_week_of_the_last_event_comes_before_an_empty_one(rows: Rows) -> None:
    rows.answer("a")
    rows.visits("a", MONDAY - timedelta(days=700), 3)
    rows.visits("a", MONDAY, 3)
    assert calendar.last_week(rows.done().connection, CHICAGO) == of_week("2026-W45")
