"""A batch taken back: everything that came in with it, but for the lines that another log has too."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from cta_analytics import __version__
from cta_analytics.config import Project
from cta_analytics.errors import CtaError
from cta_analytics.events import batches, fingerprint
from cta_analytics.events.days import judge_anew
from cta_analytics.warehouse import known as facts
from cta_analytics.warehouse import queries
from cta_analytics.warehouse.connection import existing, transaction, writer

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection


@dataclass(frozen=True, slots=True)
class Heir:
    """A batch that lines were handed over to."""

    file: str
    batch_id: int
    lines: int


@dataclass(frozen=True, slots=True)
class Undone:
    """A batch that was taken back, as it was, and who has some of its lines now."""

    batch: batches.Batch
    heirs: tuple[Heir, ...]

    @property
    def handed_over(self) -> int:
        """Lines of it that stay."""
        return sum(heir.lines for heir in self.heirs)


def undo(project: Project, batch_ids: Sequence[int], wait: float = 0.0) -> list[Undone]:
    """Take batches back, in one transaction. Their logs are read from the start when they are ingested again.

    Raises: CtaError where one of them is not there; then none is taken back.
    """
    wanted = list(dict.fromkeys(batch_ids))
    existing(project)
    with writer(project, wait) as connection:
        fingerprint.prepare(connection)
        known = batches.by_id(connection)
        for batch_id in wanted:
            if batch_id not in known:
                raise CtaError(_missing(connection, batch_id))
        with transaction(connection):
            queries.run(connection, "models", "undo_begins")
            done = [Undone(known[batch_id], _take_back(connection, batch_id, wanted)) for batch_id in wanted]
            touched = connection.execute("SELECT DISTINCT batch_id FROM touched").fetchall()
            batches.account_anew(connection, [batch_id for (batch_id,) in touched])
            queries.run(connection, "models", "undo_ends")
            judge_anew(connection, project.contract)
            for batch_id in wanted:
                detail = f"batch {batch_id} ({known[batch_id].file})"
                facts.mark(connection, "judged_days", "undone batch", detail)
                facts.mark_batches(connection, "undone batch", detail)
            queries.run(connection, "models", "unused_dimensions")
    return done


def _take_back(connection: DuckDBPyConnection, batch_id: int, wanted: Sequence[int]) -> tuple[Heir, ...]:
    """Take one batch back; the batches that have some of its lines now, but for those that go too."""
    queries.run(connection, "models", "undo_batch", batch=batch_id)
    heirs = [Heir(*row) for row in queries.run(connection, "models", "undo_handed_over", tool_version=__version__)]
    return tuple(heir for heir in heirs if heir.batch_id not in wanted)


def _missing(connection: DuckDBPyConnection, batch_id: int) -> str:
    found = connection.execute(
        "SELECT file, undone_at FROM internal.undone WHERE batch_id = $batch", {"batch": batch_id}
    ).fetchall()
    if found:
        file, at = found[0]
        return (
            f"batch {batch_id}: taken back on {at:%Y-%m-%d} already ({file}); `cta batches` lists those that are there"
        )
    return f"batch {batch_id}: no such batch; `cta batches` lists those that are there"
