"""What is older than a day is deleted, and stays away: the day is remembered as the floor below which nothing is stored."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from cta_analytics.config import Project
from cta_analytics.errors import CtaError
from cta_analytics.events import batches
from cta_analytics.events.visitors import Keys
from cta_analytics.warehouse import known as facts
from cta_analytics.warehouse import queries
from cta_analytics.warehouse.connection import existing, reader, state_folder, transaction, writer

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection


@dataclass(frozen=True, slots=True)
class Old:
    """What lies before a day of the site, counted."""

    before: date
    first_day: date | None
    last_day: date | None
    pageviews: int
    clicks: int
    impressions: int
    sessions: int
    rejected: int
    lines: int


def floor(connection: DuckDBPyConnection) -> date | None:
    """The day of the site before which nothing is stored; None where everything is."""
    rows = connection.execute("SELECT value FROM internal.meta WHERE key = 'forgotten_before'").fetchall()
    return date.fromisoformat(rows[0][0]) if rows else None


def begins(day: date, zone: ZoneInfo) -> datetime:
    """When a day of the site begins: UTC, without zone, as the warehouse stores times."""
    return datetime.combine(day, time(), zone).astimezone(UTC).replace(tzinfo=None)


def look(project: Project, before: date) -> Old:
    """What `forget` would delete.

    Raises: CtaError where there is no warehouse, or where the day lies in the future.
    """
    _check(project, before)
    with reader(project) as connection:
        return _count(connection, before, project.contract.zone)


def forget(project: Project, before: date, wait: float = 0.0) -> Old:
    """Delete what lies before a day of the site, in one transaction, and the keys of those days and the copies of upgrades.

    Raises: CtaError where there is no warehouse, or where the day lies in the future.
    """
    _check(project, before)
    existing(project)
    with writer(project, wait) as connection:
        return _forget(connection, project, before)


def retain(connection: DuckDBPyConnection, project: Project) -> Old | None:
    """Forget what `[privacy] retention_days` no longer keeps; None where that was done already, or where all is kept."""
    days = project.contract.privacy.retention_days
    if days is None:
        return None
    before = datetime.now(project.contract.zone).date() - timedelta(days=days)
    known = floor(connection)
    return _forget(connection, project, before) if known is None or known < before else None


def _check(project: Project, before: date) -> None:
    today = datetime.now(project.contract.zone).date()
    if before > today:
        raise CtaError(f"--before {before} lies in the future; the latest day is today, {today}")


def _count(connection: DuckDBPyConnection, before: date, zone: ZoneInfo) -> Old:
    queries.run(connection, "models", "rejected_at", batch=None)
    (row,) = queries.run(connection, "models", "forgettable", before=before, floor=begins(before, zone))
    return Old(before, *row)


def _forget(connection: DuckDBPyConnection, project: Project, before: date) -> Old:
    zone = project.contract.zone
    known = floor(connection)
    folder = state_folder(project)
    with transaction(connection):
        found = _count(connection, before, zone)
        floor_day = max(before, known or before)
        gone = dict(queries.run(connection, "models", "forget", before=floor_day, floor=begins(floor_day, zone)))
        batches.account_anew(connection, gone, forgotten=gone)
        queries.run(connection, "models", "unused_dimensions")
        cause, detail = "forgotten", f"everything from before {floor_day}"
        facts.mark(connection, "internal.forgotten_days", cause, detail)
        facts.mark_batches(connection, cause, detail)
    facts.settle(connection)
    queries.run(connection, "models", "forget_examples")
    keys = Keys(folder / "keys", project.contract.privacy.key_days)
    keys.forget(floor_day)
    keys.save()
    for copy in folder.glob("before-schema-*.duckdb"):
        copy.unlink()
    return found
