"""What one ingestion took from one file, with the account of its lines."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from cta_analytics.events.outcomes import CLICK, FORGOTTEN, IMPRESSION, OTHER, PAGEVIEW, REJECTED, UNSTORED
from cta_analytics.warehouse import queries

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

JSON = (
    "batch_id", "file", "log_format", "lines", "pageviews", "clicks", "impressions", "other", "rejected", "already_seen",
)  # fmt: skip
"""What `cta ingest --format json` prints of a batch; `lines` is the sum of the six that follow it."""


@dataclass(frozen=True, slots=True)
class Batch:
    """A batch; `batch_id` is None where nothing was new."""

    batch_id: int | None
    file: str
    log_format: str
    lines: int
    pageviews: int = 0
    clicks: int = 0
    impressions: int = 0
    other: int = 0
    rejected: int = 0
    already_seen: int = 0
    other_reasons: dict[str, int] = field(default_factory=dict)

    def as_json(self) -> dict[str, Any]:
        """The object of `cta ingest --format json`."""
        return {name: getattr(self, name) for name in JSON}


def account(
    file: str, log_format: str, outcomes: Mapping[int, int], extra: Mapping[str, int], already_seen: int
) -> Batch:
    """The batch of lines counted by outcome, of `extra` lines by reason (blank ones), and of those seen before."""
    reasons = {OTHER[code]: count for code, count in sorted(outcomes.items()) if code in OTHER}
    reasons |= {reason: count for reason, count in extra.items() if count}
    pageviews, impressions, clicks = (outcomes.get(code, 0) for code in (PAGEVIEW, IMPRESSION, CLICK))
    other, rejected = sum(reasons.values()), outcomes.get(REJECTED, 0)
    return Batch(
        batch_id=None,
        file=file,
        log_format=log_format,
        lines=pageviews + clicks + impressions + other + rejected + already_seen,
        pageviews=pageviews,
        clicks=clicks,
        impressions=impressions,
        other=other,
        rejected=rejected,
        already_seen=already_seen,
        other_reasons=reasons,
    )


def stored(connection: DuckDBPyConnection) -> list[dict[str, Any]]:
    """Every batch, the latest first, as `cta batches` shows them."""
    found = connection.execute("SELECT * FROM batches ORDER BY batch_id DESC")
    names = [column[0] for column in found.description or ()]
    return [dict(zip(names, row, strict=True)) for row in found.fetchall()]


def by_id(connection: DuckDBPyConnection) -> dict[int, Batch]:
    """Every batch by its number."""
    rows = connection.execute(
        "SELECT batch_id, file, log_format, lines, pageviews, clicks, impressions, other, rejected, already_seen, other_reasons "
        "FROM internal.batches"
    ).fetchall()
    return {row[0]: Batch(*row) for row in rows}


def account_anew(
    connection: DuckDBPyConnection, batch_ids: Iterable[int], forgotten: Mapping[int, int] | None = None
) -> None:
    """Draw the accounts of stored batches anew, from the outcomes of the lines that they still hold.

    `forgotten`: how many lines of a batch were deleted since, by batch. What is stored nowhere keeps its reason.
    """
    known = by_id(connection)
    for batch_id in batch_ids:
        batch = known[batch_id]
        unstored = Counter({reason: batch.other_reasons.get(reason, 0) for reason in UNSTORED})
        unstored[OTHER[FORGOTTEN]] += (forgotten or {}).get(batch_id, 0)
        outcomes = dict(queries.run(connection, "models", "outcomes", batch=batch_id))
        already_seen = batch.lines - sum(outcomes.values()) - unstored.total()
        new = account(batch.file, batch.log_format, outcomes, unstored, already_seen)
        values = new.as_json() | {"reasons": [{"k": k, "v": v} for k, v in new.other_reasons.items()]}
        queries.run(connection, "models", "batch_account", **values | {"batch": batch_id})


def rejects(connection: DuckDBPyConnection, batch_id: int | None, limit: int) -> tuple[list[dict[str, Any]], int]:
    """Rejected lines, those of the latest batch first, and how many there are."""
    wanted = {"batch": batch_id}
    found = connection.execute(
        "SELECT batch_id, file, line_number, reason, line FROM rejected_lines WHERE $batch IS NULL OR batch_id = $batch "
        "ORDER BY batch_id DESC, line_number LIMIT $limit",
        wanted | {"limit": limit},
    )
    names = [column[0] for column in found.description or ()]
    rows = [dict(zip(names, row, strict=True)) for row in found.fetchall()]
    total = connection.execute(
        "SELECT count(*) FROM rejected_lines WHERE $batch IS NULL OR batch_id = $batch", wanted
    ).fetchall()
    return rows, int(total[0][0])
