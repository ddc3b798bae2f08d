"""Days of the site's zone and moments in UTC seconds; the weeks cross the end of daylight saving time."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

SITE = ZoneInfo("America/Chicago")
AMAZON = ZoneInfo("America/Los_Angeles")
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def moment(day: date, second: int, fold: int = 0) -> int:
    """UTC seconds of a wall-clock second of a local day; `fold` 1 is the second pass of the repeated hour."""
    wall = datetime(day.year, day.month, day.day, tzinfo=SITE) + timedelta(seconds=second)
    return int(wall.replace(fold=fold).timestamp())


def wall_moment(value: datetime) -> int:
    """UTC seconds of a local date and time that stands in the scenario."""
    return int(value.replace(tzinfo=SITE).timestamp())


def local(at: int, zone: ZoneInfo = SITE) -> datetime:
    """The wall clock of `zone` at `at`."""
    return datetime.fromtimestamp(at, UTC).astimezone(zone)


def day_of(at: int, zone: ZoneInfo = SITE) -> date:
    """The day of `zone` that `at` falls on."""
    return local(at, zone).date()


def week_of(day: date) -> str:
    """The ISO week of a day, like `2026-W45`."""
    year, week, _ = day.isocalendar()
    return f"{year}-W{week:02d}"


def days(first: date, last: date) -> list[date]:
    """Every day from `first` to `last`."""
    return [first + timedelta(days=n) for n in range((last - first).days + 1)]


def log_time(at: int) -> str:
    """The time as nginx writes it, with the server's offset."""
    wall = local(at)
    return f"{wall.day:02d}/{_MONTHS[wall.month - 1]}/{wall.year}:{wall:%H:%M:%S %z}"
