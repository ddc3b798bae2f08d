"""Rejected lines tried again, after a format was put right: from the log where it still stands, else from the line that was kept."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from cta_analytics.config import Project
from cta_analytics.errors import CtaError
from cta_analytics.events import fingerprint, forget, once
from cta_analytics.events.classify import Rules
from cta_analytics.events.dimensions import Dimensions
from cta_analytics.events.ingest import head_of
from cta_analytics.events.read import requests
from cta_analytics.events.refresh import refresh
from cta_analytics.events.store import BatchWriter
from cta_analytics.events.visitors import Excluded, Keys
from cta_analytics.logs import detect, lines, source
from cta_analytics.logs.blocks import Block, Reading, blocks
from cta_analytics.logs.format import LogFormat
from cta_analytics.logs.mask import LONGEST, masked
from cta_analytics.logs.source import Source
from cta_analytics.warehouse import queries
from cta_analytics.warehouse.connection import existing, state_folder, transaction, writer

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection
    from polars import DataFrame


@dataclass(frozen=True, slots=True)
class Retried:
    """A batch whose rejected lines were tried again. `read_from`: `log`, or `kept line`, of which nobody knows the visitor."""

    batch_id: int
    file: str
    read_from: str
    taken_in: int
    rejected: int


@dataclass(frozen=True, slots=True)
class _Tried:
    """The rejected lines of a batch: number -> line as kept."""

    batch_id: int
    source_id: int
    file: str
    log_format: str
    kept: dict[int, str]


def retry(
    project: Project,
    names: Sequence[str] | None = None,
    *,
    batch_id: int | None = None,
    log_format: str = "auto",
    wait: float = 0.0,
) -> list[Retried]:
    """Try the rejected lines again, those of one batch or all, in one transaction; each keeps its batch and its number.

    `names` are logs to look into, for those that no longer stand where they were; `log_format` is that of the lines, where
    it is not that of their log.

    Raises: CtaError where there is no warehouse or no such batch, or where a name or the format means nothing.
    """
    existing(project)
    given = None if log_format == "auto" else detect.named(log_format, detect.formats(project.contract.logs))
    named = source.find(list(names or []), Path.cwd())
    with writer(project, wait) as connection:
        if (
            batch_id is not None
            and not connection.execute("FROM internal.batches WHERE batch_id = ?", [batch_id]).fetchall()
        ):
            raise CtaError(f"batch {batch_id}: no such batch; `cta batches` lists those that are there")
        fingerprint.prepare(connection)
        refresh(connection, project.contract)
        tried = _rejected(connection, batch_id)
        wanted = {one.source_id for one in tried}
        standing = _standing(connection, [*named, *_places(project, tried)], wanted)
        with transaction(connection):
            trial = _Trial(connection, project)
            done = [trial.run(one, given, standing.get(one.source_id)) for one in tried]
            trial.keys.save()
    return done


def _rejected(connection: DuckDBPyConnection, batch_id: int | None) -> list[_Tried]:
    found: dict[int, _Tried] = {}
    for batch, source_id, file, log_format, number, line in queries.run(
        connection, "models", "rejected_of", batch=batch_id
    ):
        found.setdefault(batch, _Tried(batch, source_id, file, log_format, {})).kept[number] = line
    return list(found.values())


def _places(project: Project, tried: list[_Tried]) -> list[Source]:
    """Where the logs may stand: under the names that they had, and where the contract says."""
    names = dict.fromkeys(Path(one.file) for one in tried if one.file != "-")
    # What was in an archive bears the archive's name before its own.
    files = [place for name in names for place in (name, *name.parents)]
    wanted = [
        (folder, str(file)) for folder in (project.root, Path.cwd()) for file in files if (folder / file).is_file()
    ]
    wanted += [(project.root, pattern) for pattern in project.contract.logs.files]
    found: list[Source] = []
    for folder, name in dict.fromkeys(wanted):
        try:
            found += source.find([name], folder)
        except CtaError:
            continue
    return source.once_each(found)


class _Trial:
    """One transaction in which rejected lines are read again."""

    def __init__(self, connection: DuckDBPyConnection, project: Project) -> None:
        contract = project.contract
        self._connection = connection
        self._contract = contract
        self._rules = Rules.of(contract)
        self._formats = detect.formats(contract.logs)
        self._excluded = Excluded(contract.exclude.networks)
        self._dimensions = Dimensions(connection, contract)
        self.keys = Keys(state_folder(project) / "keys", contract.privacy.key_days)
        day = forget.floor(connection)
        self._floor = forget.begins(day, contract.zone) if day else None

    def run(self, tried: _Tried, given: LogFormat | None, log: Source | None) -> Retried:
        """Try the rejected lines of one batch, from its log where that still stands."""
        # A log is read from its start, where what its lines mean is not yet said.
        state = tried.log_format.partition("\n")[0] if log else tried.log_format
        log_format = given or detect.named(state, self._formats)
        others = () if given else detect.others(log_format, self._formats)
        records = _reread(log, tried.kept, log_format, others) if log else _parsed(tried.kept, log_format, others)
        if records is not None and records.height:
            self._dimensions.unescape = log_format.unescape
            known = once.Known(tried.source_id, tried.log_format, 0, None, is_rewound=False)
            writing = BatchWriter(self._connection, self._contract, known, self.keys, self._floor)
            found = requests(records, self._rules, self._dimensions, self._excluded, self._contract.zone, self._floor)
            writing.add(found, has_addresses=log is not None)
            writing.join(tried.batch_id)
        taken_in = records.height if records is not None else 0
        read_from = "log" if log is not None else "kept line"
        return Retried(tried.batch_id, tried.file, read_from, taken_in, len(tried.kept) - taken_in)


def _standing(connection: DuckDBPyConnection, candidates: list[Source], wanted: set[int]) -> dict[int, Source]:
    """The logs that still stand, by source: each known by its beginning, and by what stands before where it was read to."""
    found: dict[int, Source] = {}
    for one in candidates:
        try:
            with source.opened(one) as opened:
                head = head_of(opened)
                for known, size, tail_bytes, tail_sha256 in once.recognise(connection, head):
                    if known.source_id in wanted - found.keys():
                        if once.resume(opened, head, size, tail_bytes, tail_sha256, known.lines):
                            found[known.source_id] = one
                        elif not opened.is_seekable:
                            break
        except CtaError:
            # A candidate that cannot be read is not where a log stands.
            continue
    return found


def _reread(log: Source, kept: dict[int, str], log_format: LogFormat, others: Sequence[LogFormat]) -> DataFrame | None:
    """The records of the lines that are understood now, from the log itself."""
    import polars as pl

    found = []
    with source.opened(log) as opened:
        for block in blocks(opened.stream, head_of(opened), Reading(), log.name):
            wanted = _wanted(block, kept)
            if wanted or log_format.directives:
                read = lines.read(block, log_format, others)
                log_format = read.log_format
                found.append(read.records.filter(pl.col("line_number").is_in(wanted)))
    return pl.concat(found) if found else None


def _wanted(block: Block, kept: dict[int, str]) -> list[int]:
    """The numbers of the lines of a block that are the ones that were kept."""
    last = block.first_line + block.text.count(b"\n")
    numbers = [number for number in kept if block.first_line <= number <= last]
    if not numbers:
        return []
    texts = block.text.decode().split("\n")
    return [
        number
        for number in numbers
        if masked(texts[number - block.first_line].rstrip("\r")) == kept[number].rstrip("\r")
    ]


def _parsed(kept: dict[int, str], log_format: LogFormat, others: Sequence[LogFormat]) -> DataFrame | None:
    """The records of the lines as they were kept, without addresses; a line that was cut off is not the line."""
    import polars as pl

    whole = {number: line for number, line in kept.items() if len(line) < LONGEST}
    if not whole:
        return None
    block = Block("\n".join(line.replace("\n", " ") for line in whole.values()).encode(), 0)
    records = lines.read(block, log_format, others).records
    return records.with_columns(pl.col("line_number").replace_strict(dict(enumerate(whole)), return_dtype=pl.Int64))
