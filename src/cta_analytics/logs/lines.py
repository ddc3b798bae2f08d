"""A block of lines as records in columns, with what was not understood beside them."""

from __future__ import annotations

from dataclasses import astuple, dataclass, fields
from typing import TYPE_CHECKING

from cta_analytics.logs.blocks import Block
from cta_analytics.logs.format import LogFormat, Record

if TYPE_CHECKING:
    from polars import DataFrame

FIELDS = tuple(field.name for field in fields(Record))


@dataclass(frozen=True, slots=True)
class Rejected:
    """A line that was not understood."""

    line_number: int
    reason: str
    line: str


@dataclass(frozen=True, slots=True)
class Lines:
    """The lines of a block: every one is in exactly one of the four."""

    records: DataFrame
    """`line_number` and the fields of `Record`, in no order."""
    rejected: list[Rejected]
    blank: int
    comments: int


def read(block: Block, log_format: LogFormat) -> Lines:
    """The lines of a block: first as columns, then one by one those that the plan for columns does not fit."""
    import polars as pl

    number = pl.col("_number").cast(pl.Int64) + block.first_line
    frame = pl.scan_lines(block.text, row_index_name="_number").with_columns(line_number=number)
    if log_format.columns is None:
        plain = pl.DataFrame(schema=_schema())
        odd = frame.select("line_number", "line").collect()
    else:
        both = log_format.columns(frame).select("line_number", *FIELDS, "fits", "line").collect(engine="streaming")
        odd = both.select("line_number", "line", "fits").filter(~pl.col("fits")).drop("fits")
        plain = (
            both.select("line_number", *FIELDS)
            if odd.is_empty()
            else both.filter("fits").select("line_number", *FIELDS)
        )
    records: list[tuple[object, ...]] = []
    rejected: list[Rejected] = []
    blank = comments = 0
    for line_number, line in odd.iter_rows():
        found = log_format.parse(line)
        if isinstance(found, Record):
            records.append((line_number, *astuple(found)))
        elif not line.strip():
            blank += 1
        elif line.startswith("#"):
            comments += 1
        else:
            rejected.append(Rejected(line_number, found, line))
    if records:
        plain = plain.vstack(pl.DataFrame(records, schema=_schema(), orient="row"))
    return Lines(plain, rejected, blank, comments)


def _schema() -> dict[str, type]:
    import polars as pl

    numbers = {"at": pl.Int64, "status": pl.Int16}
    return {"line_number": pl.Int64, **{name: numbers.get(name, pl.String) for name in FIELDS}}
