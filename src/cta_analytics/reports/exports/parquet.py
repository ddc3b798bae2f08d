"""Parquet, a file for each table, with the types of its columns."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any

from cta_analytics.reports.export import Export
from cta_analytics.reports.sheet import Kind, Sheet
from cta_analytics.reports.sheets import SHEETS

if TYPE_CHECKING:
    from cta_analytics.reports.facts import Facts


def files(facts: Facts) -> dict[str, bytes]:
    """A file for each table."""
    folder = EXPORT.name(facts, "parquet")
    return {f"{folder}/{sheet.name}.parquet": _written(sheet, facts) for sheet in SHEETS}


def _written(sheet: Sheet, facts: Facts) -> bytes:
    import polars as pl

    types: dict[Kind, Any] = {
        Kind.text: pl.String,
        Kind.whole: pl.Int64,
        # As the warehouse holds them: a split of orders adds up to the network's total.
        Kind.decimal: pl.Decimal(18, 4),
        Kind.number: pl.Float64,
        Kind.share: pl.Float64,
        Kind.money: pl.Int64,
        Kind.day: pl.Date,
        Kind.time: pl.Datetime("us"),
        Kind.flag: pl.Boolean,
    }
    schema = {column.name: types[column.kind] for column in sheet.columns}
    file = io.BytesIO()
    pl.DataFrame(sheet.read(facts), schema=schema, orient="row").write_parquet(file)
    return file.getvalue()


EXPORT = Export(title="Parquet, a file for each table", files=files, is_folder=True)
