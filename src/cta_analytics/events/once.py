"""A log is known by its content, under whatever name, packed or not, and however much it has grown."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from cta_analytics.logs.blocks import HEAD, Reading, head_sha256s
from cta_analytics.logs.blocks import tail_sha256 as sha256_of_tail
from cta_analytics.logs.source import Opened, Source, packed_sha256, stamp

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection


@dataclass(frozen=True, slots=True)
class Known:
    """What the warehouse has of a log before it is read."""

    source_id: int
    log_format: str
    """The `LogFormat.state` at the end of what was read."""
    lines: int
    """Lines with an end that were read before."""
    open_fingerprint: int | None
    is_rewound: bool
    """Whether it is to be read again from its start, since a batch of it was taken back."""

    @property
    def from_start(self) -> Known:
        """The same log, of which nothing was read."""
        return replace(self, lines=0, open_fingerprint=None)


@dataclass(frozen=True, slots=True)
class Mark:
    """The marks of a file as it lies on disk, either of which tells that it was read: both None of a stream."""

    stamp: str | None
    sha256: str | None


def mark(source: Source) -> Mark:
    """The marks of a file; it is read where it is packed. To be taken before its lines are: it may grow meanwhile."""
    return Mark(stamp(source), packed_sha256(source))


class Unchanged:
    """The files that were read to their end: mark -> lines and format."""

    def __init__(self, connection: DuckDBPyConnection) -> None:
        rows = connection.execute(
            "SELECT f.stamp, f.sha256, f.lines, s.log_format FROM internal.stored_files AS f JOIN internal.sources AS s USING (source_id)"
        ).fetchall()
        self._known = {
            mark: (int(lines), str(state).partition("\n")[0]) for *marks, lines, state in rows for mark in marks if mark
        }

    def find(self, source: Source) -> tuple[int, str] | None:
        """How many lines a file has that did not change since, and its format; None where it must be looked into."""
        known = self._known.get(stamp(source) or "")
        if known or not self._known:
            return known
        return self._known.get(packed_sha256(source) or "")


def recognise(connection: DuckDBPyConnection, head: bytes) -> list[tuple[Known, int, int, str]]:
    """The logs that begin like this one, the longest first: what is known, bytes read, bytes and hash of their tail."""
    rows = connection.execute(
        "SELECT source_id, log_format, lines, open_fingerprint, is_rewound, head_bytes, head_sha256, bytes, tail_bytes, tail_sha256 "
        "FROM internal.sources WHERE head_bytes BETWEEN 1 AND $length ORDER BY bytes DESC",
        {"length": len(head)},
    ).fetchall()
    hashes = head_sha256s(head, {row[-5] for row in rows})
    found = []
    for *values, head_bytes, head_sha256, size, tail_bytes, tail_sha256 in rows:
        if hashes[head_bytes] == head_sha256:
            found.append((Known(*values), size, tail_bytes, tail_sha256))
    return found


def resume(
    opened: Opened, head: bytes, size: int, tail_bytes: int, tail_sha256: str, lines: int
) -> tuple[Reading, bytes] | None:
    """The stream set behind the first `size` bytes, with what was already taken from it behind that point.

    None where what stands before that point is something else: then the stream has moved, and must be opened again
    unless it is seekable.
    """
    stream = opened.stream
    if opened.is_seekable:
        stream.seek(size - tail_bytes)
        tail, rest = stream.read(tail_bytes), b""
    elif size <= len(head):
        tail, rest = head[size - tail_bytes : size], head[size:]
    else:
        tail, rest, left = head[-HEAD:], b"", size - len(head)
        while left:
            block = stream.read(min(left, 1 << 20))
            if not block:
                return None
            left -= len(block)
            tail = (tail + block)[-HEAD:]
        tail = tail[-tail_bytes:]
    if len(tail) != tail_bytes or sha256_of_tail(tail) != tail_sha256:
        return None
    return Reading(offset=size, lines=lines, tail=tail), rest
