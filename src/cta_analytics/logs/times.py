"""The times that servers write, as seconds since 1970."""

from __future__ import annotations

import calendar
import re
from datetime import datetime

LAST = 7_258_118_399
"""The last second of 2199: what lies beyond is no time of a log."""

_MONTHS = {name: number for number, name in enumerate(calendar.month_abbr) if name}
_NCSA = re.compile(
    r"([0-9]{1,2})/([A-Z][a-z]{2})/([0-9]{4}):([0-9]{2}):([0-9]{2}):([0-9]{2})(?:\.[0-9]+)? ([+-])([0-9]{2})([0-9]{2})"
)
_NUMBER = re.compile(r"[0-9]{1,20}(?:\.[0-9]*)?")


def seconds(text: str) -> int | None:
    """Seconds since 1970 of `07/Sep/2026:05:00:00 +0000` or of ISO 8601 with a zone, or None where that is no time.

    A leap second is the one after it.
    """
    found = _NCSA.fullmatch(text)
    if not found:
        return _iso(text)
    day, month, year, hour, minute, second = (
        int(found[1]),
        _MONTHS.get(found[2]),
        int(found[3]),
        int(found[4]),
        int(found[5]),
        int(found[6]),
    )
    if (
        not month
        or not 1970 <= year <= 2199
        or hour > 23
        or minute > 59
        or second > 60
        or int(found[8]) > 23
        or int(found[9]) > 59
    ):
        return None
    if not 1 <= day <= calendar.monthrange(year, month)[1]:
        return None
    offset = (int(found[8]) * 60 + int(found[9])) * 60
    return calendar.timegm((year, month, day, hour, minute, second)) - (offset if found[7] == "+" else -offset)


def instant(value: object) -> int | None:
    """Seconds since 1970 of a number or a text, or None where that is no time.

    A number counts seconds, milliseconds, microseconds or nanoseconds: its size tells which (1e11 seconds are the year 5138).
    """
    if isinstance(value, bool):
        return None
    if isinstance(value, str):
        if not _NUMBER.fullmatch(value):
            return seconds(value)
        value = float(value) if "." in value else int(value)
    if not isinstance(value, int | float) or not 0 <= value < 1e20:
        return None
    for limit, unit in ((1e11, 1), (1e14, 1_000), (1e17, 1_000_000), (1e20, 1_000_000_000)):
        if value < limit:
            at = int(value // unit)
            return at if at <= LAST else None
    return None


def _iso(text: str) -> int | None:
    try:
        at = datetime.fromisoformat(text)
    except ValueError:
        return None
    return int(at.timestamp()) if at.tzinfo and 1970 < at.year <= 2199 else None


def formatted(text: str, strftime: str) -> int | None:
    """Seconds since 1970 of a time in a strftime format with a zone, or None where that is no such time."""
    try:
        at = datetime.strptime(text, strftime)  # noqa: DTZ007 - the format has %z
    except ValueError:
        return None
    return int(at.timestamp()) if at.tzinfo and 1970 < at.year <= 2199 else None
