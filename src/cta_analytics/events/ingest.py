"""Logs into the warehouse: each file in one transaction, each line once and accounted for."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from cta_analytics.config import Project
from cta_analytics.errors import CtaError
from cta_analytics.events import fingerprint, forget, once
from cta_analytics.events.background import Background
from cta_analytics.events.batches import Batch
from cta_analytics.events.classify import Rules
from cta_analytics.events.dimensions import Dimensions
from cta_analytics.events.read import Requests, requests
from cta_analytics.events.refresh import refresh
from cta_analytics.events.store import BatchWriter
from cta_analytics.events.visitors import Excluded, Keys
from cta_analytics.logs import detect, lines, source
from cta_analytics.logs.blocks import HEAD, Reading, blocks, head_sha256
from cta_analytics.logs.format import LogFormat
from cta_analytics.logs.source import Opened, Source
from cta_analytics.warehouse.connection import state_folder, transaction, writer

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection
    from polars import DataFrame

AT_ONCE = 250_000
"""Lines that are classified and stored together: every step has a price of its own, so few steps over many lines are faster."""

Step = Callable[[int, str], None]


class EmptyLogError(CtaError):
    """A log without a byte, as logrotate leaves one."""


@dataclass(frozen=True, slots=True)
class Ingested:
    """What came in, what failed and what else is to be told: one line each."""

    batches: tuple[Batch, ...]
    failures: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()


def ingest(
    project: Project,
    names: Sequence[str] | None = None,
    *,
    log_format: str = "auto",
    wait: float = 0.0,
    step: Step | None = None,
) -> Ingested:
    """Take logs into the warehouse; by default those that the contract names.

    A file that fails leaves no trace and does not stop the others; it is told in `failures`.

    Raises: CtaError where nothing came in (one line a failure), or where the warehouse cannot be written.
    """
    sources, failures = find(project, names)
    chosen = log_format if log_format != "auto" else project.contract.logs.format
    given = None if chosen == "auto" else detect.named(chosen, detect.formats(project.contract.logs))
    if not sources:
        raise CtaError("\n".join(failures))
    batches: list[Batch] = []
    with writer(project, wait) as connection:
        run = Run(connection, project)
        for number, one in enumerate(sources, 1):
            try:
                batches.append(run.file(one, given))
            except CtaError as error:
                # A folder of logs holds other files too; a file that was named, or that a pattern meant, is a log.
                passed_over = one.may_be_empty if isinstance(error, EmptyLogError) else not one.is_named
                (run.skipped if passed_over else failures).append(str(error))
            if step:
                step(number, one.name)
        if not batches:
            # Raised here, so that nothing is published where nothing came in.
            raise CtaError("\n".join(failures or [f"no log among {len(run.skipped)} files: {run.skipped[0]}"]))
    notes = [f"passed over {text}" for text in run.skipped]
    if run.forgotten and run.forgotten.lines:
        notes.append(
            f"forgot {run.forgotten.lines:,} lines from before {run.forgotten.before} ([privacy] retention_days)"
        )
    return Ingested(tuple(batches), tuple(failures), tuple(notes))


def find(project: Project, names: Sequence[str] | None) -> tuple[list[Source], list[str]]:
    """The logs to read, and what is wrong with the names that mean none.

    Raises: CtaError where neither the caller nor the contract names a log.
    """
    given = list(names or [])
    root = Path.cwd() if given else project.root
    if not given:
        given = list(project.contract.logs.files)
    if not given:
        raise CtaError("no log named; name one (`cta ingest access.log`), or set [logs] files in cta.toml")
    found: list[Source] = []
    failures: list[str] = []
    for name in given:
        try:
            found += source.find([name], root)
        except CtaError as error:
            failures.append(str(error))
    return source.once_each(found), failures


class Run:
    """One run of ingestion over any number of files."""

    def __init__(self, connection: DuckDBPyConnection, project: Project) -> None:
        self._connection = connection
        self._project = project
        self._contract = project.contract
        self._rules = Rules.of(project.contract)
        self._formats = detect.formats(project.contract.logs)
        self._excluded = Excluded(project.contract.exclude.networks)
        self._dimensions: Dimensions | None = None
        self.skipped: list[str] = []
        fingerprint.prepare(connection)
        refresh(connection, self._contract)
        self.forgotten = forget.retain(connection, project)
        self._keys = Keys(state_folder(project) / "keys", project.contract.privacy.key_days)
        # A key whose time has come goes, whether or not something comes in.
        self._keys.save()
        floor = forget.floor(connection)
        self._floor = forget.begins(floor, self._contract.zone) if floor else None
        self._unchanged = once.Unchanged(connection)

    def file(self, one: Source, given: LogFormat | None) -> Batch:
        """Take in one file, in one transaction.

        Raises: CtaError where it cannot be read or is no log.
        """
        before = self._unchanged.find(one)
        if before:
            return Batch(None, one.name, before[1], before[0], already_seen=before[0])
        if self._dimensions is None:
            self._dimensions = Dimensions(self._connection, self._contract)
        try:
            with transaction(self._connection):
                batch = self._take(one, given, self._dimensions)
                self._keys.save()
        except BaseException:
            # What it has learned may stand for rows that were rolled back.
            self._dimensions = None
            raise
        return batch

    def _take(self, one: Source, given: LogFormat | None, dimensions: Dimensions) -> Batch:
        mark = once.mark(one)
        with source.opened(one) as opened:
            head = head_of(opened)
            if not head:
                raise EmptyLogError(f"{one.name}: empty; there is no line in it")
            rewound: once.Known | None = None
            for known, size, tail_bytes, tail_sha256 in once.recognise(self._connection, head):
                if mark.stamp is None and size > len(head):
                    # What was read of a pipe cannot be read again; its lines are known by themselves.
                    continue
                resumed = once.resume(opened, head, size, tail_bytes, tail_sha256, known.lines)
                if resumed and known.is_rewound:
                    rewound = known.from_start
                    break
                if resumed:
                    log_format = detect.named(known.log_format)
                    if given and given.name != log_format.name:
                        log_format = given
                    others = () if given else detect.others(log_format, self._formats)
                    return self._read(_Open(one, opened, mark, head, others), log_format, dimensions, resumed, known)
                if not opened.is_seekable and size > len(head):
                    break
            else:
                if opened.is_seekable:
                    opened.stream.seek(len(head))
                return self._fresh(_Open(one, opened, mark, head), given, dimensions)
            if mark.stamp is None:
                return self._fresh(_Open(one, opened, mark, head), given, dimensions, rewound)
        # The stream was read beyond its head in search of the place where a known log went on.
        with source.opened(one) as again:
            return self._fresh(_Open(one, again, mark, head_of(again)), given, dimensions, rewound)

    def _fresh(
        self, log: _Open, given: LogFormat | None, dimensions: Dimensions, rewound: once.Known | None = None
    ) -> Batch:
        log_format = given or detect.detect(log.head, log.source.name, self._formats)
        if given is None:
            log = replace(log, others=detect.others(log_format, self._formats))
        return self._read(log, log_format, dimensions, (Reading(), log.head), rewound)

    def _read(
        self,
        log: _Open,
        log_format: LogFormat,
        dimensions: Dimensions,
        start: tuple[Reading, bytes],
        known: once.Known | None,
    ) -> Batch:
        name, (reading, taken) = log.source.name, start
        reading_starts = reading.offset == 0
        dimensions.unescape = log_format.unescape
        writing = BatchWriter(self._connection, self._contract, known, self._keys, self._floor)
        waiting: list[DataFrame] = []
        with Background() as background:
            for block in blocks(log.opened.stream, taken, reading, name):
                found = lines.read(block, log_format, log.others)
                log_format = found.log_format
                waiting.append(found.records)
                writing.count(found.blank, found.comments)
                if found.rejected:
                    background.do(writing.reject, found.rejected)
                if sum(frame.height for frame in waiting) >= AT_ONCE:
                    background.do(writing.add, self._requests(waiting, dimensions, known))
                    waiting = []
            if waiting:
                background.do(writing.add, self._requests(waiting, dimensions, known))
            background.finish()
        batch = writing.finish(name, log_format, reading, _begins(log.head, reading), log.mark)
        if reading_starts and not writing.understood and batch.rejected:
            lines_read = f"none of its {batch.lines:,} lines"
            raise CtaError(f'{name}: {lines_read} is of the format "{log_format.name}"; name another with --log-format')
        return batch

    def _requests(self, records: list[DataFrame], dimensions: Dimensions, known: once.Known | None) -> Requests:
        import polars as pl

        return requests(
            pl.concat(records),
            self._rules,
            dimensions,
            self._excluded,
            self._contract.zone,
            self._floor,
            # Of a log that is new, no line was read before.
            names_lines=known is not None,
        )


@dataclass(frozen=True, slots=True)
class _Open:
    """A log that is open: its marks from before, and its first bytes."""

    source: Source
    opened: Opened
    mark: once.Mark
    head: bytes
    others: tuple[LogFormat, ...] = ()
    """Formats that some of its lines may have; none where the caller named its format."""


def head_of(opened: Opened) -> bytes:
    """The first bytes of a log, also from a pipe that gives fewer at once."""
    parts, left = [], HEAD
    while left:
        block = opened.stream.read(left)
        if not block:
            break
        parts.append(block)
        left -= len(block)
    return b"".join(parts)


def _begins(head: bytes, reading: Reading) -> tuple[str, int]:
    """The mark of a log's beginning: the hash of its first bytes, and how many they are; whole lines only."""
    length = min(len(head), reading.offset)
    return head_sha256(head[:length]), length
