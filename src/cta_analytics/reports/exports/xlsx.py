"""An Excel workbook: a sheet for each table, and one that says how the figures came about."""

from __future__ import annotations

import io
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from cta_analytics.reports import theme
from cta_analytics.reports.clean import clean, short
from cta_analytics.reports.export import Export, method
from cta_analytics.reports.locale import minor_places
from cta_analytics.reports.sheet import Cell, Column, Kind, Sheet
from cta_analytics.reports.sheets import SHEETS
from cta_analytics.reports.texts import text

if TYPE_CHECKING:
    from xlsxwriter.format import Format
    from xlsxwriter.workbook import Workbook
    from xlsxwriter.worksheet import Worksheet

    from cta_analytics.reports.facts import Facts

LONGEST = 32_767
"""Characters that Excel takes in a cell."""
NARROWEST, WIDEST, METHOD_WIDTH = 9, 60, 110
_NUMBERS = {
    Kind.whole: "#,##0",
    Kind.decimal: "#,##0.####",
    Kind.number: "#,##0.####",
    Kind.share: "0.0%",
    Kind.day: "yyyy-mm-dd",
    Kind.time: "yyyy-mm-dd hh:mm:ss",
}
_AMOUNTS = {0: "#,##0", 2: "#,##0.00"}
_OPTIONS = {
    "in_memory": True,
    # Nothing is what it looks like: a text stays a text.
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}


def files(facts: Facts) -> dict[str, bytes]:
    """The one workbook."""
    from xlsxwriter import Workbook

    file = io.BytesIO()
    with Workbook(file, _OPTIONS) as book:
        # A file knows no clock: it is dated to the day after its period.
        made = datetime.combine(facts.period.last + timedelta(days=1), time())
        book.set_properties({"title": clean(facts.site), "author": "cta-analytics", "created": made})
        formats = _Formats(book)
        for sheet in SHEETS:
            _write(book.add_worksheet(sheet.title), sheet, facts, formats)
        _write_method(book.add_worksheet(text("export.method")), facts, formats)
    return {EXPORT.name(facts, "xlsx"): file.getvalue()}


class _Formats:
    """The formats of a workbook, each made once."""

    def __init__(self, book: Workbook) -> None:
        self.head: Format = book.add_format(
            {"bold": True, "font_color": "#ffffff", "bg_color": theme.LIGHT["own"], "text_wrap": True, "valign": "top"}
        )
        self.name: Format = book.add_format({"bold": True, "valign": "top"})
        self.prose: Format = book.add_format({"text_wrap": True, "valign": "top"})
        self.by_kind: dict[Kind, Format] = {
            kind: book.add_format({"num_format": shown}) for kind, shown in _NUMBERS.items()
        }
        self.amounts: dict[int, Format] = {
            places: book.add_format({"num_format": shown}) for places, shown in _AMOUNTS.items()
        }


def _write(page: Worksheet, sheet: Sheet, facts: Facts, formats: _Formats) -> None:
    rows = sheet.read(facts)
    for place, column in enumerate(sheet.columns):
        page.write_string(0, place, column.label, formats.head)
        page.set_column(place, place, _width(column, [row[place] for row in rows]))
    page.freeze_panes(1, 1)
    page.autofilter(0, 0, max(1, len(rows)), len(sheet.columns) - 1)
    currency = next((place for place, column in enumerate(sheet.columns) if column.name == "currency"), None)
    for number, row in enumerate(rows, 1):
        places = minor_places(None if currency is None else str(row[currency]))
        for place, (column, cell) in enumerate(zip(sheet.columns, row, strict=True)):
            _put(page, number, place, column.kind, cell, places, formats)


def _put(page: Worksheet, row: int, place: int, kind: Kind, cell: Cell, places: int, formats: _Formats) -> None:
    if cell is None:
        return
    if isinstance(cell, str):
        page.write_string(row, place, short(clean(cell), LONGEST))
    elif isinstance(cell, bool):
        page.write_boolean(row, place, cell)
    elif isinstance(cell, date):
        page.write_datetime(row, place, cell, formats.by_kind[kind])
    elif kind is Kind.money:
        page.write_number(row, place, float(Decimal(cell).scaleb(-places)), formats.amounts[places])
    else:
        page.write_number(row, place, float(cell), formats.by_kind[kind])


def _width(column: Column, cells: list[Cell]) -> int:
    """Columns as wide as their cells, about; a date and a head that is wrapped take what they need."""
    shown = [column.label.split()[0], *(str(cell) for cell in cells if cell is not None)]
    widest = max(len(each) for each in shown)
    return min(WIDEST, max(NARROWEST, widest + 2))


def _write_method(page: Worksheet, facts: Facts, formats: _Formats) -> None:
    page.set_column(0, 1, 28)
    page.set_column(2, 2, METHOD_WIDTH)
    heads = (text("export.sheet"), text("export.column"), text("export.about"))
    lines: list[tuple[str, str, str]] = [("", name, said) for name, said in method(facts)]
    for sheet in SHEETS:
        lines.append((sheet.title, "", sheet.about))
        lines += [(sheet.title, column.label, f"{column.about} ({column.kind.value})") for column in sheet.columns]
    for place, head in enumerate(heads):
        page.write_string(0, place, head, formats.head)
    page.freeze_panes(1, 0)
    for number, line in enumerate(lines, 1):
        styles: tuple[Any, ...] = (formats.name, formats.name, formats.prose)
        for place, (said, style) in enumerate(zip(line, styles, strict=True)):
            page.write_string(number, place, short(clean(said), LONGEST), style)


EXPORT = Export(title="an Excel workbook", files=files)
