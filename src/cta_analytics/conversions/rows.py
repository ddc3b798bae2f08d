"""Cells of a report to typed rows: dates, counts and money read column by column, total rows set aside."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from pydantic import ValidationError

from cta_analytics.conversions import dates, numbers
from cta_analytics.conversions.headers import Columns
from cta_analytics.conversions.importer import COUNTS, KEYS, MONEY, ConversionRow, Settings
from cta_analytics.conversions.numbers import Cell
from cta_analytics.errors import CtaError

# What the first cell of a total row says, in the languages of Amazon's reports.
_TOTAL = {
    "total", "totals", "grand total", "sum", "summe", "gesamt", "gesamtsumme", "totale", "total général",
    "total general", "totaal", "totalt", "suma", "合計", "合计", "总计", "總計", "toplam",
}  # fmt: skip

Cells = Sequence[tuple[int, Sequence[str]]]


@dataclass(frozen=True, slots=True)
class Read:
    """The rows, and what is to be said about them."""

    rows: tuple[ConversionRow, ...]
    notes: tuple[str, ...]


def read(
    columns: Columns,
    cells: Cells,
    settings: Settings,
    *,
    decimal: str | None,
    period: tuple[date, date] | None = None,
) -> Read:
    """The rows of a table of texts; `decimal` is its decimal mark where that is known.

    `period` is the first and last day of a report without days: its rows sum these up, and have the last as their day.

    Raises: CtaError (without the file) with row and column where a cell cannot be right.
    """
    day = columns.place("day")
    if day is None and period is None:
        raise CtaError('no column has the days; download the report by day, or map its date column to "day"')
    full = [(row, _padded(row, texts, columns)) for row, texts in cells]
    stated, totals = _set_totals_aside(full, columns, day)
    order = settings.report.date_order
    if day is not None:
        days = dates.read([(row, texts[day]) for row, texts in stated], columns.header[day], order, settings.section)
    else:
        days = [period[1] for _ in stated] if period else []
    numbers_of = _Numbers(columns, settings, decimal)
    measures = numbers_of.read(stated)
    first = period[0] if day is None and period and period[0] != period[1] else None
    rows = tuple(
        _row(row, (first, when), texts, columns, values, settings)
        for (row, texts), when, values in zip(stated, days, measures, strict=True)
    )
    return Read(rows, tuple(_compared(total, rows, numbers_of, columns) for total in totals))


def _padded(row: int, texts: Sequence[str], columns: Columns) -> Sequence[str]:
    width = len(columns.header)
    if len(texts) > width and not any(texts[width:]):
        return texts[:width]
    if len(texts) < width and texts[0].casefold() in _TOTAL:
        return [*texts, *[""] * (width - len(texts))]
    if len(texts) != width:
        header = columns.header[min(len(texts), width) - 1]
        raise CtaError(
            f'row {row}, column "{header}": the row has {len(texts)} cells and the header {width}; '
            "the file is cut off or badly quoted, download it again"
        )
    return texts


def _set_totals_aside(
    cells: Cells, columns: Columns, day: int | None
) -> tuple[list[tuple[int, Sequence[str]]], list[tuple[int, Sequence[str]]]]:
    """(rows, total rows). A total row says so, or has neither a day nor another key.

    Raises: CtaError (without the file) for a row without day, and for a total of a day among the rows.
    """
    keys = [
        place for place in map(columns.place, ("campaign", "ad_group", "creative", "tag", "page")) if place is not None
    ]
    stated: list[tuple[int, Sequence[str]]] = []
    totals: list[tuple[int, Sequence[str]]] = []
    for row, texts in cells:
        says_so = any(texts[place].casefold() in _TOTAL for place in (0, *keys, *([] if day is None else [day])))
        if day is None:
            (totals if says_so or not any(texts[place] for place in keys) else stated).append((row, texts))
            continue
        without_day = texts[day].casefold() in numbers.EMPTY | _TOTAL
        if without_day and (says_so or not any(texts[place] for place in keys)):
            totals.append((row, texts))
        elif without_day:
            raise CtaError(
                f'row {row}, column "{columns.header[day]}": empty; each row needs its day, download the report by day'
            )
        elif says_so:
            place = next(place for place in (*keys, 0) if texts[place].casefold() in _TOTAL)
            raise CtaError(
                f'row {row}, column "{columns.header[place]}": a total of a day inside the data; remove these rows, '
                "or download the report without subtotals"
            )
        else:
            stated.append((row, texts))
    return stated, totals


class _Numbers:
    """The measures of a file, read with the one decimal mark that all of its columns share."""

    def __init__(self, columns: Columns, settings: Settings, decimal: str | None) -> None:
        self.settings = settings
        self.places = {name: place for name in (*COUNTS, *MONEY) if (place := columns.place(name)) is not None}
        self.header = columns.header
        self.decimal = decimal

    def read(self, cells: Cells) -> list[dict[str, int | None]]:
        """The measures of each row, money in minor units."""
        self.decimal = self._mark(cells)
        return [{name: self.one(row, texts, name) for name in self.places} for row, texts in cells]

    def one(self, row: int, texts: Sequence[str], name: str) -> int | None:
        """One measure of one row."""
        cell = self._cell(row, texts, name)
        amount = numbers.take_apart(cell)
        if amount is None:
            return None
        number = numbers.value(cell, amount, self.decimal or ".")
        if name in COUNTS:
            return numbers.whole(cell, number)
        self._check_currency(cell, amount.currencies)
        return self._minor(cell, number)

    def _minor(self, cell: Cell, number: Decimal) -> int:
        amount = numbers.minor(number, self.settings.digits)
        if abs(amount) > 10**15:
            raise CtaError(f'{cell.where}: "{cell.text}" is no amount that a report can hold; is it an id?')
        return amount

    def _cell(self, row: int, texts: Sequence[str], name: str) -> Cell:
        whole = name in COUNTS or self.settings.digits == 0
        return Cell(row, self.header[self.places[name]], texts[self.places[name]], whole)

    def _mark(self, cells: Cells) -> str:
        if self.decimal:
            return self.decimal
        read = (
            (cell, numbers.take_apart(cell))
            for row, texts in cells
            for cell in (self._cell(row, texts, name) for name in self.places)
        )
        return numbers.decimal_mark(
            ((cell, amount) for cell, amount in read if amount), self.settings.report.decimal, self.settings.section
        )

    def _check_currency(self, cell: Cell, currencies: frozenset[str]) -> None:
        own = self.settings.currency
        if currencies and own not in currencies:
            raise CtaError(
                f'{cell.where}: "{cell.text}" is in {" or ".join(sorted(currencies))}, but account '
                f"{self.settings.account_name} reports in {own}; name the right account with --account"
            )


def _row(
    row: int,
    days: tuple[date | None, date],
    texts: Sequence[str],
    columns: Columns,
    measures: Mapping[str, int | None],
    settings: Settings,
) -> ConversionRow:
    values: dict[str, Any] = {"row_number": row, "period_from": days[0], "day": days[1]}
    for name in KEYS:
        place = columns.place(name)
        if place is not None:
            values[name] = texts[place]
    _check_key(row, columns, texts, settings)
    values |= {f"{name}_minor" if name in MONEY else name: amount for name, amount in measures.items()}
    try:
        return ConversionRow(**values)
    except ValidationError as error:
        first = error.errors()[0]
        name = str(first["loc"][0]).removesuffix("_minor")
        header = columns.header[columns.place(name) or 0]
        raise CtaError(
            f'row {row}, column "{header}": {first["msg"].lower()}; is the column mapped to the right field?'
        ) from None


def _check_key(row: int, columns: Columns, texts: Sequence[str], settings: Settings) -> None:
    """Raises: CtaError where a row says that it is of another account, marketplace or currency."""
    account = settings.account
    wanted = {"currency": settings.currency, "advertiser": account.advertiser}
    for name, own in wanted.items():
        place = columns.place(name)
        if place is None or own is None or not texts[place] or texts[place].casefold() == own.casefold():
            continue
        raise CtaError(
            f'row {row}, column "{columns.header[place]}": "{texts[place]}", but account {settings.account_name} '
            f'has "{own}": a report of another account; name the right one with --account'
        )
    place = columns.place("marketplace")
    if place is not None and texts[place] and not _is_marketplace(texts[place], account.marketplace):
        raise CtaError(
            f'row {row}, column "{columns.header[place]}": "{texts[place]}", but account {settings.account_name} is of '
            f"marketplace {account.marketplace}; name the right account with --account"
        )


def _is_marketplace(text: str, marketplace: str) -> bool:
    """Whether `AMAZON.COM`, `www.amazon.com` or `US` is that marketplace."""
    from cta_analytics.urls import networks

    found = networks.load().marketplace(marketplace)
    return text.casefold().removeprefix("www.") in {marketplace.casefold(), found.domain if found else ""}


def _compared(total: tuple[int, Sequence[str]], rows: Sequence[ConversionRow], read: _Numbers, columns: Columns) -> str:
    """What a total row says beside the sum of the rows: more is what the network masks."""
    row, texts = total
    differences = []
    for name in read.places:
        stated = read.one(row, texts, name)
        attribute = f"{name}_minor" if name in MONEY else name
        summed = sum(getattr(r, attribute) or 0 for r in rows)
        if stated is not None and stated != summed:
            differences.append(f"{columns.header[read.places[name]]} {stated} instead of {summed}")
    if not differences:
        return f"row {row}: the total row was left out; it is the sum of the rows"
    return f"row {row}: the total row was left out; it is not the sum of the rows ({', '.join(differences)})"
