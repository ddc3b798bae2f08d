"""A stream of bytes as blocks of whole lines that polars can split."""

from __future__ import annotations

import hashlib
import io
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from cta_analytics.errors import CtaError
from cta_analytics.logs.mask import without_addresses

BLOCK = 8 << 20
"""Bytes a block: with blocks of 8 MB polars takes half the time that it takes with 64 MB (measured on 3 million lines)."""
LONGEST_LINE = 128 << 20
HEAD = 64 << 10
"""Bytes at the start, and before the end, by which a log is known again."""
_ADDRESS_BYTES = 64
"""More than any address has: so much goes where a window may cut one."""


@dataclass(frozen=True, slots=True)
class Block:
    """Whole lines, as UTF-8, and the number of the first of them."""

    text: bytes
    first_line: int


@dataclass(slots=True)
class Reading:
    """Where a reading of a log stands; it may start behind what was read before."""

    offset: int = 0
    """Bytes that were handed out in lines with an end."""
    lines: int = 0
    """Those lines."""
    is_open: bool = False
    """Whether one more line was handed out that had no end, as where a server is about to write on."""
    tail: bytes = field(default=b"", repr=False)
    """The last bytes before `offset`, at most `HEAD`."""

    @property
    def tail_sha256(self) -> str:
        """By which the place in a log is known again."""
        return tail_sha256(self.tail)


def head_sha256(head: bytes) -> str:
    """The hash of the beginning of a log, without its addresses: those of a short log could else be found by trying them all."""
    end = head.rfind(b"\n") + 1 or max(0, len(head) - _ADDRESS_BYTES)
    return hashlib.sha256(without_addresses(head[:end])).hexdigest()


def head_sha256s(head: bytes, lengths: Iterable[int]) -> dict[int, str]:
    """`head_sha256` of each of these beginnings of a head; each byte is looked at once where they end with lines."""
    found: dict[int, str] = {}
    digest, done = hashlib.sha256(), 0
    for length in sorted(lengths):
        end = head.rfind(b"\n", 0, length) + 1
        if not end:
            found[length] = head_sha256(head[:length])
            continue
        digest.update(without_addresses(head[done:end]))
        found[length], done = digest.hexdigest(), end
    return found


def tail_sha256(tail: bytes) -> str:
    """The hash of the last bytes before a place in a log, without addresses; they may begin in the middle of a line."""
    start = 0 if len(tail) < HEAD else tail.find(b"\n") + 1 or _ADDRESS_BYTES
    return hashlib.sha256(without_addresses(tail[start:])).hexdigest()


def blocks(stream: io.BufferedIOBase, head: bytes, reading: Reading, name: str) -> Iterator[Block]:
    """The blocks of `head` (what was taken from the stream already) and of the rest of the stream; `reading` follows.

    Raises: CtaError where a line is longer than any log has.
    """
    # One buffer for all blocks: fresh memory costs page faults, which took longer than reading.
    buffer = bytearray(max(BLOCK, len(head)))
    filled = len(head)
    buffer[:filled] = head
    is_first = reading.offset == 0
    at_end = False
    while not at_end:
        with memoryview(buffer) as view:
            while filled < len(buffer) and not at_end:
                got = stream.readinto(view[filled:])
                at_end = not got
                filled += got or 0
            cut = buffer.rfind(b"\n", 0, filled) + 1
            if cut:
                text = bytes(view[:cut])
                yield Block(clean(text, is_first=is_first), reading.lines + 1)
                is_first = False
                reading.offset += cut
                reading.lines += text.count(b"\n")
                reading.tail = (reading.tail + text[-HEAD:])[-HEAD:]
                view[: filled - cut] = view[cut:filled]
                filled -= cut
                continue
        if not at_end:
            if len(buffer) >= LONGEST_LINE:
                raise CtaError(f"{name}: a line of over {LONGEST_LINE >> 20} MB; this is not a log")
            buffer.extend(bytes(len(buffer)))
    if filled:
        reading.is_open = True
        yield Block(clean(bytes(buffer[:filled]), is_first=is_first), reading.lines + 1)


def clean(text: bytes, *, is_first: bool = False) -> bytes:
    r"""Bytes that are UTF-8 as they are; a byte that is not becomes the escape `\xNN`, as a server would have written it.

    Zero bytes before the first line (a log that was cut while the server held it open) and a byte order mark are left out.
    """
    if is_first:
        text = text.lstrip(b"\0").removeprefix(b"\xef\xbb\xbf")
    return text if text.isascii() else text.decode("utf-8", "backslashreplace").encode()
