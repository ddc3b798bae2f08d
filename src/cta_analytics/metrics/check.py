"""The checks of `queries/checks`: is the tracking healthy? Each row that one returns needs somebody's attention."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from cta_analytics.warehouse import queries

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

FOLDER = "checks"
_REMEDY = "Remedy: "


@dataclass(frozen=True, slots=True)
class Check:
    """A question about the tracking, and what to do where it has an answer."""

    name: str
    asks: str
    remedy: str
    sql: str
    doc: str


@dataclass(frozen=True, slots=True)
class Complaint:
    """What a check found: about what, the fact, and what would help."""

    check: str
    asks: str
    subject: str
    fact: str
    remedy: str

    def as_json(self) -> dict[str, Any]:
        """The object of `cta doctor --format json`."""
        return {"check": self.check, "subject": self.subject, "fact": self.fact, "remedy": self.remedy}


def checks() -> list[Check]:
    """The checks that there are, sorted by name: a file of the folder is a check, its leading comment says the rest."""
    return [_read(name) for name in queries.names(FOLDER)]


def _read(name: str) -> Check:
    query = queries.read(FOLDER, name)
    lines = query.doc.splitlines()
    remedy = next(line.removeprefix(_REMEDY) for line in lines if line.startswith(_REMEDY))
    return Check(name, lines[0], remedy, query.sql, query.doc)


def complaints(connection: DuckDBPyConnection, check: Check) -> list[Complaint]:
    """What a check finds in a published warehouse."""
    rows = connection.execute(check.sql).fetchall()
    return [Complaint(check.name, check.asks, subject, fact, check.remedy) for subject, fact in rows]
