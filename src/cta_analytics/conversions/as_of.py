"""When a network said what a file says: as told, as the file or its name says, else as the file system remembers."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from pathlib import PurePath
from zoneinfo import ZoneInfo

from cta_analytics.errors import CtaError

# 13 digits are epoch milliseconds, as Amazon names its downloads.
_EPOCH = re.compile(r"(?<!\d)(1[5-9]\d{11})(?!\d)")
# Not followed by more of a number, or the second date of `2026-10-01_2026-10-31` would be a time.
_TIME = re.compile(
    r"(?<!\d)(20\d\d)-?(\d\d)-?(\d\d)[T_ .-]?([01]\d|2[0-3])[-:.h_]?([0-5]\d)(?:[-:._]?([0-5]\d))?"
    r"(Z|[+-]\d{2}:?\d{2})?(?![-_]?\d)"
)
_DATE = re.compile(r"(?<!\d)(20\d\d)([-_.]?)(\d\d)\2(\d\d)(?!\d)")


@dataclass(frozen=True, slots=True)
class AsOf:
    """A time (UTC) and where it comes from: `option`, `file`, `name`, `mtime` or `last day`."""

    at: datetime
    source: str


def read(text: str, zone: tzinfo = UTC) -> datetime:
    """A time or day as a person or a script writes it, in UTC; `zone` is meant where it names none.

    Raises: CtaError where it is neither.
    """
    try:
        at = datetime.fromisoformat(text.strip())
    except ValueError:
        raise CtaError(f'as-of "{text}" is no time; write one like 2026-11-09 or 2026-11-09T06:00Z') from None
    return (at if at.tzinfo else at.replace(tzinfo=zone)).astimezone(UTC)


def in_name(name: str, last_day: date, zone: ZoneInfo) -> datetime | None:
    """The time in a file's name: epoch milliseconds, a date with a time, or one date after the last day of the report.

    Two dates are a period, and a date that the report itself covers may be one too, so neither is taken for a time.
    """
    stem = PurePath(name).name
    found = _EPOCH.search(stem)
    if found:
        return datetime.fromtimestamp(int(found[1]) / 1000, UTC)
    found = _TIME.search(stem)
    if found:
        year, month, day, hour, minute, second, offset = found.groups()
        text = f"{year}-{month}-{day}T{hour}:{minute}:{second or '00'}{offset or ''}"
        try:
            return read(text, zone)
        except CtaError:
            return None
    dates = {_date(*match.group(1, 3, 4)) for match in _DATE.finditer(stem)} - {None}
    only = dates.pop() if len(dates) == 1 else None
    return datetime.combine(only, time(), zone).astimezone(UTC) if only and only > last_day else None


def _date(year: str, month: str, day: str) -> date | None:
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        return None


def decide(
    name: str, last_day: date, zone: ZoneInfo, *, told: datetime | None, in_file: datetime | None, modified_at: datetime
) -> AsOf:
    """The as-of of a file that speaks of days up to `last_day`.

    Raises: CtaError where the time that was told, or that the file gives, is before that day.
    """
    day_starts = datetime.combine(last_day, time(), zone).astimezone(UTC)
    # The network's day may begin up to half a day before ours.
    earliest = day_starts - timedelta(hours=14)
    for source, at in (("option", told), ("file", in_file), ("name", in_name(name, last_day, zone))):
        if at is None:
            continue
        if at < earliest:
            raise CtaError(
                f"as-of {at:%Y-%m-%dT%H:%MZ} ({source}) is before its last day {last_day}; pass the right --as-of"
            )
        return AsOf(at, source)
    # Unpacked and copied files bear any time; one before the report's own days cannot be that of the download.
    return AsOf(modified_at, "mtime") if modified_at >= earliest else AsOf(day_starts, "last day")
