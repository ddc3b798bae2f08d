"""CSV, a file for each table: UTF-8, commas, a row of names, no cell that a spreadsheet would run."""

from __future__ import annotations

import csv
import io
import json
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from cta_analytics.reports.clean import clean
from cta_analytics.reports.export import Export
from cta_analytics.reports.sheet import Cell, Sheet
from cta_analytics.reports.sheets import SHEETS
from cta_analytics.spreadsheet import guarded

if TYPE_CHECKING:
    from cta_analytics.reports.facts import Facts


def files(facts: Facts) -> dict[str, bytes]:
    """A file for each table."""
    folder = EXPORT.name(facts, "csv")
    return {f"{folder}/{sheet.name}.csv": _written(sheet, facts) for sheet in SHEETS}


def _written(sheet: Sheet, facts: Facts) -> bytes:
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow([column.name for column in sheet.columns])
    writer.writerows([_cell(cell) for cell in row] for row in sheet.read(facts))
    return text.getvalue().encode()


def _cell(value: Cell) -> str:
    if isinstance(value, str):
        # Cleaned first: what a control character hides could start a formula.
        return guarded(clean(value))
    if isinstance(value, bool | float | int):
        return json.dumps(value)
    if isinstance(value, Decimal):
        return f"{value.normalize():f}"
    return value.isoformat() if isinstance(value, date) else ""


EXPORT = Export(title="CSV, a file for each table", files=files, is_folder=True)
