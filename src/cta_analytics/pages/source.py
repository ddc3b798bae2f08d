"""The text of one file, with exact positions: code points, lines and columns, bytes."""

from __future__ import annotations

import os
import re
from bisect import bisect_right
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate
from pathlib import Path

from cta_analytics.errors import CtaError
from cta_analytics.pages.charset import encoding_of

# A line ends at LF, CRLF or a lone CR, as editors and CommonMark have it; U+2028 and form feeds do not end one.
_LINE_END = re.compile(r"\r\n?|\n")
_LONE_SURROGATE = re.compile("[\ud800-\udfff]")
# Byte offsets are counted from the nearest of these, so that ten thousand links on one line cost no more than on many.
_STRIDE = 4096
_SNIFF_BYTES = 8192
_CONTROL = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f]")


@dataclass(frozen=True, slots=True)
class ReadFrom:
    """A file as it stood when it was read: a later look tells whether it was changed since."""

    path: Path
    size: int
    modified_ns: int

    @property
    def is_current(self) -> bool:
        """Whether the file still is as it was read."""
        try:
            now = self.path.stat()
        except OSError:
            return False
        return (now.st_size, now.st_mtime_ns) == (self.size, self.modified_ns)


class Source:
    """What stands in a file. Offsets are code points of `text`, which has no byte order mark."""

    def __init__(self, data: bytes, file: str, declares: bool = True, read_from: ReadFrom | None = None) -> None:
        self.file = file
        self.read_from = read_from
        self.size = len(data)
        self.encoding, self._bom = encoding_of(data, declares)
        self._errors = "surrogatepass" if self.encoding.startswith("utf-16") else "surrogateescape"
        body = data[self._bom :] if self._bom else data
        # Nearly every page is UTF-8 without a fault, and what decodes without a fault holds no surrogate to search for.
        clean = _decoded(body) if self.encoding == "utf-8" else None
        if clean is not None:
            self._exact = clean
        else:
            try:
                self._exact = body.decode(self.encoding, self._errors)
            except UnicodeDecodeError:
                self.encoding, self._errors = "utf-8", "surrogateescape"
                self._exact = body.decode(self.encoding, self._errors)
        self._wide = 2 if self.encoding.startswith("utf-16") else 1
        self._ascii = self._exact.isascii() and len(body) == self._wide * len(self._exact)
        # Some codecs read two byte sequences as one character, some have states: there bytes are counted along.
        self._read_along = (
            body
            if not self._ascii
            and self.encoding not in {"utf-8", "utf-16-le", "utf-16-be"}
            and (self.encoding.startswith(("iso2022", "hz")) or self._exact.encode(self.encoding, self._errors) != body)
            else None
        )
        # Same length, so that offsets hold for both; a lone surrogate can be neither printed nor parsed.
        self.text = self._exact if self._ascii or clean is not None else _LONE_SURROGATE.sub("�", self._exact)
        self._counted = (0, 0)

    @cached_property
    def line_starts(self) -> list[int]:
        """The offset of the first character of each line."""
        if "\r" in self.text:
            return [0, *(found.end() for found in _LINE_END.finditer(self.text))]
        lengths = [len(line) + 1 for line in self.text.split("\n")]
        lengths.pop()
        return list(accumulate(lengths, initial=0))

    def position(self, offset: int) -> tuple[int, int]:
        """Line and column of an offset, both from 1, columns in code points."""
        line = bisect_right(self.line_starts, offset)
        return line, offset - self.line_starts[line - 1] + 1

    def positions(self, *offsets: int) -> list[int]:
        """Line and column of each offset, one after another, as `position` gives them; cheap where they are near."""
        starts = self.line_starts
        found: list[int] = []
        start, after = 0, -1
        for offset in offsets:
            if not start <= offset < after:
                line = bisect_right(starts, offset)
                start = starts[line - 1]
                after = starts[line] if line < len(starts) else len(self.text) + 1
            found += (line, offset - start + 1)
        return found

    def byte_offset(self, offset: int) -> int:
        """Where in the file, in bytes, the character at an offset starts."""
        if self._ascii:
            return self._bom + offset * self._wide
        if self._read_along is not None:
            return self._bom + self._starts_read_along[offset]
        # Links are asked for in the order of the page, so the offset before is mostly the nearest known one.
        known, length = self._counted
        if not known <= offset <= known + _STRIDE:
            known = offset - offset % _STRIDE
            length = self._block_bytes[known // _STRIDE]
        length += self._length(known, offset)
        self._counted = (offset, length)
        return self._bom + length

    def _length(self, start: int, end: int) -> int:
        return len(self._exact[start:end].encode(self.encoding, self._errors))

    @cached_property
    def _block_bytes(self) -> list[int]:
        total, starts = 0, [0]
        for start in range(0, len(self._exact), _STRIDE):
            total += self._length(start, start + _STRIDE)
            starts.append(total)
        return starts

    @cached_property
    def _starts_read_along(self) -> list[int]:
        import codecs

        decoder = codecs.getincrementaldecoder(self.encoding)(self._errors)
        starts: list[int] = []
        pending = 0
        body = self._read_along or b""
        for index in range(len(body)):
            read = decoder.decode(body[index : index + 1], final=index == len(body) - 1)
            starts += [pending] * len(read)
            pending = index + 1 if read else pending
        return [*starts, len(body)]


def _decoded(body: bytes) -> str | None:
    try:
        return body.decode("utf-8")
    except UnicodeDecodeError:
        return None


def read(path: Path, file: str, declares: bool = True) -> Source:
    """The source at `path`; `file` is how messages and rows name it.

    Raises: CtaError where the file is missing, unreadable, or no text.
    """
    try:
        with path.open("rb") as file_read:
            data = file_read.read()
            stood = os.fstat(file_read.fileno())
    except FileNotFoundError:
        raise CtaError(f"{file}: no such file; name a page or a folder of pages") from None
    except OSError as error:
        raise CtaError(f"{file}: cannot be read ({error.strerror}); check its permissions") from None
    head = data[:_SNIFF_BYTES]
    if not head.startswith((b"\xff\xfe", b"\xfe\xff")) and len(_CONTROL.findall(head)) > len(head) / 10:
        raise CtaError(f"{file}: looks binary; name HTML or Markdown pages")
    return Source(data, file, declares, ReadFrom(path, stood.st_size, stood.st_mtime_ns))
