"""The days that a report says it is about: in its title, its envelope or its file's name."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any, Literal

from cta_analytics.errors import CtaError

Period = tuple[date, date]
"""First and last day."""

_YEAR_FIRST = re.compile(r"(?<!\d)(20\d\d)([-_/.]?)(\d\d)\2(\d\d)(?!\d)")
_YEAR_LAST = re.compile(r"(?<!\d)(\d\d)([-/.])(\d\d)\2(20\d\d)(?!\d)")


def in_title(lines: Iterable[str], days: Sequence[date], order: Literal["DMY", "MDY"] | None) -> Period | None:
    """The period in the lines above a header. `days` are those of the rows, which it must hold; `order` is as told.

    The order of day and month in titles is known of one locale only, so a reading counts where no other one is possible.
    None where there is no period, or where two readings hold all days.
    """
    for line in lines:
        found = _periods(line, order)
        holding = {each for each in found if all(each[0] <= day <= each[1] for day in days)}
        if len(holding) == 1:
            return holding.pop()
    return None


def has_dates(lines: Iterable[str]) -> bool:
    """Whether a line holds two dates, however they are to be read."""
    return any(len(_YEAR_FIRST.findall(line)) == 2 or len(_YEAR_LAST.findall(line)) == 2 for line in lines)


def _periods(line: str, order: str | None) -> set[Period]:
    plain = [_date(found[1], found[3], found[4]) for found in _YEAR_FIRST.finditer(line)]
    if len(plain) == 2:
        return _valid([plain])
    ends = list(_YEAR_LAST.finditer(line))
    if len(ends) != 2:
        return set()
    by_day = [_date(found[4], found[3], found[1]) for found in ends]
    by_month = [_date(found[4], found[1], found[3]) for found in ends]
    return _valid([by_day] if order == "DMY" else [by_month] if order == "MDY" else [by_day, by_month])


def _valid(readings: Iterable[list[date | None]]) -> set[Period]:
    return {(first, last) for first, last in readings if first and last and first <= last}


def _date(year: str, month: str, day: str) -> date | None:
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        return None


def in_envelope(pages: Iterable[Any]) -> Period | None:
    """`startDate` and `endDate` beside the rows, as the request names them and a script may write them.

    Raises: CtaError (without the file) where they are no days.
    """
    for page in pages:
        if isinstance(page, Mapping) and "startDate" in page and "endDate" in page:
            texts = [str(page[key]) for key in ("startDate", "endDate")]
            found = [_YEAR_FIRST.fullmatch(text) for text in texts]
            days = [_date(each[1], each[3], each[4]) if each else None for each in found]
            if not days[0] or not days[1] or days[0] > days[1]:
                raise CtaError(
                    f'startDate "{texts[0]}" and endDate "{texts[1]}" are no period; write 2026-11-02 and 2026-11-08'
                )
            return days[0], days[1]
    return None


def in_name(names: Iterable[str]) -> Period | None:
    """Two days in a file's name, such as `2026-11-02_2026-11-08`."""
    for name in names:
        days = [_date(found[1], found[3], found[4]) for found in _YEAR_FIRST.finditer(name)]
        if len(days) == 2 and days[0] and days[1] and days[0] <= days[1]:
            return days[0], days[1]
    return None


def is_in_one_week(period: Period) -> bool:
    """Whether a sum over these days belongs to one ISO week, so that a report of that week may hold it."""
    return period[0].isocalendar()[:2] == period[1].isocalendar()[:2]
