"""Statements kept in the warehouse: an import is known by its content, and its as-of alone decides what is newest."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, fields
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any

from cta_analytics import __version__
from cta_analytics.conversions.as_of import AsOf
from cta_analytics.conversions.importer import KEYS, ConversionRow, Settings, Statement

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

_ROW_COLUMNS = {name: "BIGINT" for name in ConversionRow.model_fields if name != "tag"} | {
    "day": "DATE",
    "period_from": "DATE",
    **{name: "VARCHAR" for name in KEYS if name != "tag"},
    "stated_tag": "VARCHAR",
}


@dataclass(frozen=True, slots=True)
class File:
    """Where a statement was read: the importer, the file's name for people, and the hash of its bytes."""

    source: str
    name: str
    sha256: str


@dataclass(frozen=True, slots=True)
class Import:
    """One statement of a file, as `cta import` reports it: `status` is imported, unchanged, reread or redated."""

    file: str
    source: str
    account: str
    currency: str
    report: str
    level: str
    covers_from: date
    covers_to: date
    row_count: int
    as_of: datetime
    as_of_from: str
    status: str
    import_id: str

    def as_row(self) -> dict[str, Any]:
        """The record by field name, with its time as `2026-11-09T06:00:00Z`."""
        row = {each.name: getattr(self, each.name) for each in fields(self)}
        return row | {"as_of": f"{self.as_of:%Y-%m-%dT%H:%M:%SZ}"}


def write(connection: DuckDBPyConnection, statement: Statement, file: File, settings: Settings, as_of: AsOf) -> Import:
    """Keep a statement, in the caller's transaction.

    The same content is the same import: read again it changes nothing, unless the contract now reads it otherwise
    (`reread`), or its as-of is corrected by `--as-of` or by an older copy of the file (`redated`).
    """
    import_id = _hash(file.source, statement.report, statement.level, file.sha256)[:16]
    row: dict[str, Any] = {
        "import_id": import_id,
        "source": file.source,
        "account": settings.account_name,
        "marketplace": settings.account.marketplace,
        "currency": settings.currency,
        "report": statement.report,
        "level": statement.level,
        "sha256": file.sha256,
        "rows_sha256": _hash(*(each.model_dump_json() for each in statement.rows)),
        "covers_from": statement.covers_from,
        "covers_to": statement.covers_to,
        "date_means": statement.date_means or settings.account.date_means,
        "row_count": len(statement.rows),
    }
    found = connection.execute("SELECT * FROM internal.imports WHERE import_id = $id", {"id": import_id})
    names = [column[0] for column in found.description or []]
    values = found.fetchone()
    known = dict(zip(names, values, strict=True)) if values else None
    status, at = "imported", as_of
    if known:
        then = AsOf(known["as_of"].replace(tzinfo=UTC), known["as_of_from"])
        at = _settled(then, as_of)
        is_same = row.items() <= known.items()
        status = "reread" if not is_same else "redated" if at.at != then.at else "unchanged"
    if status != "unchanged":
        _replace(connection, statement, row, file.name, at)
    return Import(
        **{each.name: row[each.name] for each in fields(Import) if each.name in row},
        file=file.name,
        as_of=at.at,
        as_of_from=at.source,
        status=status,
    )


def _settled(then: AsOf, now: AsOf) -> AsOf:
    """Of two times for the same content: what a person says, else the earlier, as a copy bears the time of copying."""
    if now.source == "option":
        return now
    if then.source == "option" or then.at <= now.at:
        return then
    return now


def _hash(*parts: str) -> str:
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()


def _replace(connection: DuckDBPyConnection, statement: Statement, row: dict[str, Any], file: str, as_of: AsOf) -> None:
    connection.execute("DELETE FROM internal.imports WHERE import_id = $id", {"id": row["import_id"]})
    connection.execute("DELETE FROM internal.conversion_rows WHERE import_id = $id", {"id": row["import_id"]})
    row = row | {
        "file": file,
        "as_of": as_of.at.replace(tzinfo=None),
        "as_of_from": as_of.source,
        "imported_at": datetime.now(UTC).replace(tzinfo=None),
        "tool_version": __version__,
    }
    named = ", ".join(f"${name} AS {name}" for name in row)
    connection.execute(f"INSERT INTO internal.imports BY NAME SELECT {named}", row)
    # Column by column: a statement a row takes fifty times as long.
    columns = {
        name: [getattr(each, "tag" if name == "stated_tag" else name) for each in statement.rows]
        for name in _ROW_COLUMNS
    }
    unnested = ", ".join(f"unnest(${name}::{kind}[]) AS {name}" for name, kind in _ROW_COLUMNS.items())
    connection.execute(
        f"INSERT INTO internal.conversion_rows BY NAME SELECT $import_id AS import_id, {unnested}",
        {"import_id": row["import_id"], **columns},
    )
