"""A span of site days, and the one it is compared with."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta

from cta_analytics.errors import CtaError

_WEEK = re.compile(r"(\d{4})-?W(\d{2})", re.IGNORECASE)


@dataclass(frozen=True, slots=True, order=True)
class Period:
    """The days from `first` to `last`, both included."""

    first: date
    last: date

    @property
    def length(self) -> int:
        """Number of days."""
        return (self.last - self.first).days + 1

    @property
    def days(self) -> list[date]:
        """The days in order."""
        return [self.first + timedelta(days=number) for number in range(self.length)]

    @property
    def before(self) -> Period:
        """As many days, right before; so of an ISO week the week before, weekday by weekday."""
        return Period(self.first - timedelta(days=self.length), self.first - timedelta(days=1))

    @property
    def iso_week(self) -> str | None:
        """Such as `2026-W45`, None where the period is no ISO week."""
        year, week, weekday = self.first.isocalendar()
        return f"{year}-W{week:02d}" if weekday == 1 and self.length == 7 else None

    @property
    def name(self) -> str:
        """The ISO week, or the first and the last day: what a file of this period is called."""
        return self.iso_week or f"{self.first.isoformat()}_{self.last.isoformat()}"


def week_of(day: date) -> Period:
    """The ISO week that holds the day."""
    monday = day - timedelta(days=day.weekday())
    return Period(monday, monday + timedelta(days=6))


def of_week(text: str) -> Period:
    """The period of an ISO week such as `2026-W45`.

    Raises: CtaError where there is no such week.
    """
    found = _WEEK.fullmatch(text.strip())
    try:
        if not found:
            raise ValueError
        return week_of(date.fromisocalendar(int(found[1]), int(found[2]), 1))
    except (ValueError, OverflowError):
        raise CtaError(f'--week "{text}": no ISO week; write one like 2026-W45') from None


def of_days(first: str, last: str) -> Period:
    """The period from one day to another, both as `2026-11-02`.

    Raises: CtaError where one is no date, or the first comes after the last.
    """
    period = Period(_day(first, "--from"), _day(last, "--to"))
    if period.length < 1:
        raise CtaError(f"--from {first} --to {last}: the first day comes after the last; swap them")
    return period


def _day(text: str, option: str) -> date:
    try:
        return date.fromisoformat(text.strip())
    except ValueError:
        raise CtaError(f'{option} "{text}": no date; write one like 2026-11-02') from None
