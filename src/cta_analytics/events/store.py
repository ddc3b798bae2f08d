"""One batch in the making: blocks go in, and at the end the events stand in their sessions and the account is drawn."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from cta_analytics import __version__
from cta_analytics.config import Contract
from cta_analytics.events import batches
from cta_analytics.events.batches import Batch
from cta_analytics.events.days import judge_behaviour
from cta_analytics.events.once import Known, Mark
from cta_analytics.events.outcomes import FORGOTTEN, LAST_EVENT, OTHER, REJECTED
from cta_analytics.events.read import Requests
from cta_analytics.events.visitors import Keys
from cta_analytics.logs.blocks import Reading
from cta_analytics.logs.format import LogFormat
from cta_analytics.logs.lines import Rejected
from cta_analytics.logs.mask import masked
from cta_analytics.warehouse import known as facts
from cta_analytics.warehouse import queries
from cta_analytics.warehouse.frames import given

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection
    from polars import DataFrame


LATE = "late lines"
"""Why facts change when lines come in: after a report, they are late."""
_ENOUGH = 4
"""Addresses in a log whose stored bytes are known by their hash: to try all of four at once takes over 2^96 attempts."""


class BatchWriter:
    """Writes one batch, in the transaction of the caller."""

    def __init__(
        self,
        connection: DuckDBPyConnection,
        contract: Contract,
        known: Known | None,
        keys: Keys,
        floor: datetime | None = None,
    ) -> None:
        self._connection = connection
        self._contract = contract
        self._known = known
        self._keys = keys
        self._floor = floor
        self._batch_id, new_source_id = self._run("batch_begins")[0]
        self._source_id = known.source_id if known else new_source_id
        self._silent: Counter[str] = Counter()
        self._first_at: datetime | None = None
        self._last_at: datetime | None = None
        self._addresses: set[str] = set()
        self.understood = 0

    def _run(self, name: str, **values: Any) -> list[tuple[Any, ...]]:
        return queries.run(self._connection, "models", name, **values)

    def add(self, found: Requests, *, has_addresses: bool = True) -> None:
        """Take in requests; without addresses they have no visitors."""
        self.understood += found.lines.height
        if len(self._addresses) < _ENOUGH:
            self._addresses.update(found.lines["address"].unique().head(_ENOUGH))
        days = {*found.hits["day"].unique(), *found.traces["day"].unique()}
        for rows in found.new:
            rows.store(self._connection)
        with (
            given(self._connection, "lines_in", found.lines),
            given(self._connection, "hits_in", found.hits),
            given(self._connection, "traces_in", found.traces),
            given(self._connection, "keys_in", _keys(self._keys.of(days if has_addresses else []))),
        ):
            self._run("lines_in", batch=self._batch_id, source=self._source_id)
            self._run("visitors_in")
            self._run("hits_in")
            self._run("traces_in")

    def reject(self, rejected: list[Rejected]) -> None:
        """Take in lines that were not understood."""
        import polars as pl

        rows = [(line.line_number, line.reason, masked(line.line)) for line in rejected]
        schema = {"line_number": pl.Int64, "reason": pl.String, "line": pl.String}
        with given(self._connection, "rejected_in", pl.DataFrame(rows, schema=schema, orient="row")):
            self._run("rejected_in", batch=self._batch_id, source=self._source_id, rejected=REJECTED)

    def count(self, blank: int, comments: int) -> None:
        """Take note of lines that say nothing."""
        self._silent.update({"blank": blank, "comment": comments})

    def finish(self, file: str, log_format: LogFormat, reading: Reading, head: tuple[str, int], mark: Mark) -> Batch:
        """Draw the account; store events, sessions, batch and what the log is known by (`head`: hash and length)."""
        self._silent.update({OTHER[FORGOTTEN]: self._drop_forgotten()})
        already = self._drop_reread() + self._drop_reopened_line() + self._drop_seen()
        already += self._known.lines if self._known else 0
        outcomes = dict(self._run("outcomes", batch=self._batch_id))
        batch = batches.account(file, log_format.name, outcomes, self._silent, already)
        if outcomes:
            self._store_events(outcomes)
            batch = self._store(batch)
        if outcomes or mark.stamp:
            self._judge(batch.batch_id)
            self._mark(f"batch {batch.batch_id} ({file})" if batch.batch_id else file)
            # A stream that brought nothing cannot be told from the log that it repeats.
            self._remember(batch, log_format.state, reading, head if mark.stamp else ("", 0), mark)
        return batch

    def join(self, batch_id: int) -> None:
        """Store what was added as lines of a batch that is there, in which they were rejected; draw its account anew."""
        self._run("retried", batch=self._batch_id, into=batch_id, rejected=REJECTED)
        forgotten = self._drop_forgotten()
        self._drop_seen()
        outcomes = dict(self._run("outcomes", batch=self._batch_id))
        self._store_events(outcomes)
        self._judge(batch_id)
        self._mark(f"lines of batch {batch_id} that are understood now")
        times = {"first_at": self._first_at, "last_at": self._last_at}
        self._run("joined", batch=self._batch_id, into=batch_id, source=self._source_id, **times)
        batches.account_anew(self._connection, [batch_id], forgotten={batch_id: forgotten})

    def _drop_forgotten(self) -> int:
        """Leave out what is older than the floor; how many lines that are."""
        if self._floor is None:
            return 0
        self._run("rejected_at", batch=self._batch_id)
        return int(self._run("forgotten_lines", batch=self._batch_id, floor=self._floor)[0][0])

    def _drop_reread(self) -> int:
        """Leave out what other batches of this log hold, where it is read again from its start; how many lines that are."""
        if self._known is None or not self._known.is_rewound:
            return 0
        return int(self._run("reread", batch=self._batch_id, source=self._source_id)[0][0])

    def _drop_reopened_line(self) -> int:
        if self._known is None or self._known.open_fingerprint is None:
            return 0
        line, fingerprint = self._known.lines + 1, self._known.open_fingerprint
        return len(self._run("reopened", batch=self._batch_id, line=line, fingerprint=fingerprint))

    def _drop_seen(self) -> int:
        """Leave out what other logs, or this one before, had already; how many lines that are."""
        self._first_at, self._last_at, *span, overlaps, has_ids = self._run("span", batch=self._batch_id)[0]
        if overlaps:
            self._run("held", batch=self._batch_id, source=self._source_id, from_at=span[0], to_at=span[1])
        else:
            self._run("nothing_seen")
            if not has_ids:
                return 0
        return int(self._run("seen", batch=self._batch_id)[0][0])

    def _store_events(self, outcomes: Mapping[int, int]) -> None:
        if any(code <= LAST_EVENT for code in outcomes):
            self._run("arrivals", batch=self._batch_id)
            self._run("visits")
            self._run("sessions", idle_seconds=self._contract.sessions.idle_minutes * 60)
            self._run("judged_days")
            self._run("same_clicks")

    def _judge(self, batch_id: int | None) -> None:
        """Store what this log shows of its visitors, and judge their days by behaviour anew."""
        self._run("traced", batch=batch_id, source=self._source_id)
        judge_behaviour(self._connection, self._contract)

    def _mark(self, detail: str) -> None:
        """Have the facts of the days of these lines worked out anew."""
        facts.mark(self._connection, "hits", LATE, detail)
        facts.mark(self._connection, "judged_days", LATE, detail)
        facts.mark_batches(self._connection, LATE, detail)

    def _store(self, batch: Batch) -> Batch:
        self._run(
            "batch_ends",
            **batch.as_json()
            | {"reasons": [{"k": reason, "v": count} for reason, count in batch.other_reasons.items()]},
            batch=self._batch_id,
            source=self._source_id,
            first_at=self._first_at,
            last_at=self._last_at,
            tool_version=__version__,
        )
        return replace(batch, batch_id=self._batch_id)

    def _remember(self, batch: Batch, state: str, reading: Reading, head: tuple[str, int], mark: Mark) -> None:
        self._run(
            "remembered",
            batch=self._batch_id,
            source=self._source_id,
            repeats_batch=batch.batch_id,
            file=batch.file,
            log_format=state,
            head_sha256=head[0],
            head_bytes=head[1],
            bytes=reading.offset,
            tail_sha256=reading.tail_sha256,
            tail_bytes=len(reading.tail),
            lines=reading.lines,
            open_line=reading.lines + 1 if reading.is_open else None,
            open_before=self._known.open_fingerprint if self._known else None,
            stamp=mark.stamp,
            # Of a log of few addresses they could be found by packing it with each of them.
            sha256=mark.sha256 if len(self._addresses) >= _ENOUGH else None,
        )


def _keys(keys: dict[date, str | None]) -> DataFrame:
    import polars as pl

    schema = {"day": pl.Date, "visitor_key": pl.String}
    return pl.DataFrame({"day": list(keys), "visitor_key": list(keys.values())}, schema=schema)
