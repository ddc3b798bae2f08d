"""Which days the logs cover: the last complete week, and the days without a line."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from statistics import median
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from cta_analytics.metrics import measure
from cta_analytics.metrics.figures import DataEnd, DataSpan, Day
from cta_analytics.metrics.period import Period, week_of

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

# A day is through when the logs go on almost to midnight; a quiet site is given what it usually takes.
LEAST_QUIET_SECONDS = 3600.0
USUAL_TIMES = 3.0
# Below so many lines on a usual day, a day without one may be just quiet.
LINES_THAT_NEVER_STOP = 10


def complete_through(ends: list[DataEnd], zone: ZoneInfo) -> date | None:
    """The last day that the logs cover to its end, None where there is none; `ends` as `data_ends` gives them.

    The data alone decides, no clock: the last day counts where its last event is about as close to midnight as on the
    days before.
    """
    if not ends:
        return None
    quiet = [_quiet_seconds(end, zone) for end in ends]
    usual = median(quiet[1:]) if len(quiet) > 1 else 0.0
    is_through = quiet[0] <= max(LEAST_QUIET_SECONDS, USUAL_TIMES * usual)
    return ends[0].day if is_through else ends[0].day - timedelta(days=1)


def _quiet_seconds(end: DataEnd, zone: ZoneInfo) -> float:
    midnight = datetime.combine(end.day + timedelta(days=1), time(), zone).astimezone(UTC)
    return (midnight - end.last_at.replace(tzinfo=UTC)).total_seconds()


def last_week(connection: DuckDBPyConnection, zone: ZoneInfo) -> Period | None:
    """The last ISO week that is complete in the data; where none is, that of the last event; None without events."""
    ends = measure.rows(connection, "data_ends", DataEnd)
    through = complete_through(ends, zone)
    if through is None:
        return None
    week = week_of(through + timedelta(days=1)).before
    # A week before the first event of all, or in a pause of the logs, is complete but empty.
    return week if any(week.first <= end.day <= week.last for end in ends) else week_of(ends[0].day)


def days_without_lines(days: list[Day], span: DataSpan) -> list[date]:
    """The days without a log line, though the logs speak of earlier and of later ones and are never that quiet."""
    usual = [day.lines for day in days if day.lines]
    if span.first_day is None or span.last_day is None or (usual and median(usual) < LINES_THAT_NEVER_STOP):
        return []
    return [day.day for day in days if not day.lines and span.first_day < day.day < span.last_day]


def days_beyond(period: Period, span: DataSpan) -> list[date]:
    """The days of the period that lie before the first or after the last event of all."""
    if span.first_day is None or span.last_day is None:
        return period.days
    return [day for day in period.days if not span.first_day <= day <= span.last_day]
