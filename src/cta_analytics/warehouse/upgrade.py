"""An older warehouse brought up to date: in one transaction, after a copy."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from cta_analytics.config import Project
from cta_analytics.errors import CtaError
from cta_analytics.warehouse import publish, schema
from cta_analytics.warehouse.connection import (
    UNPUBLISHED,
    exclusive,
    existing,
    open_work,
    transaction,
    writer,
)


@dataclass(frozen=True, slots=True)
class Upgraded:
    """What an upgrade came to: schema versions, the migrations that ran, and the copy of before (None: nothing to do)."""

    before: int
    after: int
    migrations: tuple[str, ...]
    copy: Path | None


def upgrade(project: Project, wait: float = 0.0) -> Upgraded:
    """Bring the warehouse to the schema of this version and publish it; `.cta/before-schema-N.duckdb` is as it was.

    Raises: CtaError where there is no warehouse, or where a newer version of the tool wrote it.
    """
    existing(project)
    with exclusive(project, wait) as work:
        done = _migrate(work, project)
        # The copy that everybody reads may be older than the file that is worked on, where a run was killed between the two.
        (work.parent / UNPUBLISHED).touch()
    with writer(project, wait):
        pass
    return done


def _migrate(work: Path, project: Project) -> Upgraded:
    connection = open_work(work, project)
    try:
        found = schema.known_version(connection, work)
        if found is None:
            raise CtaError(f"{work}: no warehouse of cta-analytics; move .cta away, then run `cta run`")
        # What stands in the write-ahead log is to be in the copy.
        connection.execute("CHECKPOINT")
    finally:
        connection.close()
    if found == schema.SCHEMA_VERSION:
        return Upgraded(found, found, (), None)
    copy = work.with_name(f"before-schema-{schema.SCHEMA_VERSION}.duckdb")
    publish.replace(copy, work)
    connection = open_work(work, project)
    try:
        with transaction(connection):
            steps = schema.migrate(connection, found, schema.settings(project.contract))
    finally:
        connection.close()
    return Upgraded(found, schema.SCHEMA_VERSION, tuple(steps), copy)
