"""What a table of figures is, for programs: columns with a type and a meaning, and rows of plain values."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, fields
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from operator import attrgetter
from typing import TYPE_CHECKING, Any, TypeAlias, get_type_hints

from cta_analytics.reports.texts import text

if TYPE_CHECKING:
    from cta_analytics.reports.facts import Facts

Cell: TypeAlias = str | int | float | Decimal | bool | date | datetime | None


class Kind(StrEnum):
    """What the cells of a column are."""

    text = "text"
    whole = "whole number"
    decimal = "decimal number"
    number = "number"
    share = "share of one"
    money = "minor units of the currency"
    day = "day"
    time = "time (UTC)"
    flag = "yes or no"


_KINDS: dict[Any, Kind] = {
    str: Kind.text,
    int: Kind.whole,
    Decimal: Kind.decimal,
    float: Kind.share,
    date: Kind.day,
    datetime: Kind.time,
    bool: Kind.flag,
}


@dataclass(frozen=True, slots=True)
class Column:
    """A column by its name for programs."""

    name: str
    kind: Kind
    can_be_empty: bool = False

    @property
    def label(self) -> str:
        """The name for people: `Visitor days`."""
        words = self.name.removesuffix("_minor") if self.kind is Kind.money else self.name
        return words.replace("_", " ").capitalize()

    @property
    def about(self) -> str:
        """What it says, in one line."""
        return text(f"columns.{self.name}")


@dataclass(frozen=True, slots=True)
class Sheet:
    """One table of the report. Its columns are always the same; `rows` takes them out of the facts."""

    name: str
    columns: tuple[Column, ...]
    rows: Callable[[Facts], Iterable[tuple[Cell, ...]]]

    @property
    def title(self) -> str:
        """The name for people: `Answers without cta`."""
        return self.name.replace("_", " ").capitalize()

    @property
    def about(self) -> str:
        """What a row is, in one line."""
        return text(f"sheets.{self.name}")

    def read(self, facts: Facts) -> list[tuple[Cell, ...]]:
        """The rows, with fractions to twelve digits: what a processor makes of the last ones differs."""
        return [
            tuple(float(f"{cell:.12g}") if isinstance(cell, float) else cell for cell in row)
            for row in self.rows(facts)
        ]


def columns_of(record: type) -> tuple[Column, ...]:
    """The fields of a record as columns; where None is allowed a cell can be empty."""
    hints = get_type_hints(record)
    return tuple(_column(field.name, hints[field.name]) for field in fields(record))


def _column(name: str, hint: Any) -> Column:
    options = getattr(hint, "__args__", (hint,))
    kind = next(_KINDS[option] for option in options if option is not type(None))
    return Column(name.rstrip("_"), Kind.money if name.endswith("_minor") else kind, type(None) in options)


def of_records(name: str, record: type, found: Callable[[Facts], Iterable[Any]]) -> Sheet:
    """A sheet of which each row is a record of the facts."""
    names = [field.name for field in fields(record)]
    values: Callable[[Any], Any] = attrgetter(*names)
    return Sheet(name, columns_of(record), lambda facts: [values(each) for each in found(facts)])
