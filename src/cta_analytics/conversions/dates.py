"""Days as exports write them; an order of day and month that nothing decides is refused."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from cta_analytics.errors import CtaError

Order = str
"""`DMY` or `MDY`."""

_TIME = r"(?:[T ]\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?: ?[AaPp][Mm])?(?:Z|[+-]\d{2}:?\d{2})?)?"
_YEAR_FIRST = re.compile(rf"(\d{{4}})(?:([-/.])(\d{{1,2}})\2(\d{{1,2}})|(\d{{2}})(\d{{2}})){_TIME}", re.IGNORECASE)
_YEAR_LAST = re.compile(rf"(\d{{1,2}})([-/.])(\d{{1,2}})\2(\d{{4}}|\d{{2}}){_TIME}", re.IGNORECASE)
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_NAMED = re.compile(
    r"(?:(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*,? )?"
    rf"(?:([a-z]{{3,9}})\.? (\d{{1,2}}),?|(\d{{1,2}})\.? ([a-z]{{3,9}})\.?,?) (\d{{4}}){_TIME}",
    re.IGNORECASE,
)


def read(cells: Sequence[tuple[int, str]], column: str, given: Order | None, section: str) -> list[date]:
    """The days of a column of (row, text); the order of day and month is the whole column's.

    Raises: CtaError (without the file) for a cell that is no day, and where the order is ambiguous or changes.
    """
    order = given or _order(cells, column, section)
    return [_day(row, text, column, order) for row, text in cells]


def _order(cells: Sequence[tuple[int, str]], column: str, section: str) -> Order | None:
    """The order that the column proves: a first number over 12 is a day. Dots stand in day-first dates only."""
    proofs: dict[Order, tuple[int, str]] = {}
    undecided: tuple[int, str] | None = None
    for row, text in cells:
        found = _YEAR_LAST.fullmatch(text)
        if not found:
            continue
        first, second = int(found[1]), int(found[3])
        if found[2] == "." or first > 12:
            proofs.setdefault("DMY", (row, text))
        elif second > 12:
            proofs.setdefault("MDY", (row, text))
        elif first != second:
            undecided = undecided or (row, text)
    if len(proofs) == 2:
        (row, text), (other, earlier) = sorted(proofs.values(), reverse=True)
        raise CtaError(
            f'row {row}, column "{column}": "{text}" contradicts "{earlier}" in row {other}: day and month '
            "change places; download it again"
        )
    if not proofs and undecided:
        row, text = undecided
        raise CtaError(
            f'row {row}, column "{column}": "{text}" may be day-month or month-day; say which with '
            f'date_order = "DMY" or "MDY" under {section}'
        )
    return next(iter(proofs), None)


def _day(row: int, text: str, column: str, order: Order | None) -> date:
    try:
        found = _YEAR_FIRST.fullmatch(text)
        if found:
            return date(int(found[1]), int(found[3] or found[5]), int(found[4] or found[6]))
        found = _YEAR_LAST.fullmatch(text)
        if found:
            first, second, year = int(found[1]), int(found[3]), int(found[4])
            day, month = (second, first) if order == "MDY" else (first, second)
            return date(year + 2000 if year < 100 else year, month, day)
        found = _NAMED.fullmatch(text.casefold())
        if found:
            month_name, day_text = (found[1], found[2]) if found[1] else (found[4], found[3])
            return date(int(found[5]), _MONTHS.index(month_name[:3]) + 1, int(day_text))
    except ValueError:
        pass
    raise CtaError(f'row {row}, column "{column}": "{text}" is no day; a day is written like 2026-11-09')
