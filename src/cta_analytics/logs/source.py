"""Which logs are meant, and their bytes: plain or packed, from a file or from standard input."""

from __future__ import annotations

import bz2
import glob
import gzip
import hashlib
import io
import lzma
import os
import stat
import sys
import zlib
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import cast

from cta_analytics.errors import CtaError

_PACKED = {b"\x1f\x8b": "gzip", b"BZh": "bzip2", b"\xfd7zXZ\x00": "xz"}
_UNPACK: dict[str, Callable[[io.BufferedReader], io.BufferedIOBase]] = {
    "gzip": lambda raw: gzip.GzipFile(fileobj=raw),
    "bzip2": bz2.BZ2File,
    "xz": lzma.LZMAFile,
}
_UNKNOWN = {b"\x28\xb5\x2f\xfd": ("zstd", "zstd -dc"), b"PK\x03\x04": ("zip", "unzip -p")}


@dataclass(frozen=True, slots=True)
class Source:
    """One log: its name for people, its path (None: standard input), and whether it was named itself."""

    name: str
    path: Path | None
    is_named: bool = True
    """False where it came out of a folder: then a file of no known format is passed over."""
    may_be_empty: bool = False
    """Where it came out of a folder or a pattern: logrotate leaves an empty file."""


def find(names: Sequence[str], root: Path) -> list[Source]:
    """The logs that names, folders and globs mean, in the order of the names.

    Raises: CtaError where one of them names nothing.
    """
    return [source for name in names for source in _named(name, root)]


def once_each(sources: Sequence[Source]) -> list[Source]:
    """The sources without those that are the same file as one before them."""
    found: dict[object, Source] = {}
    for source in sources:
        found.setdefault(_identity(source), source)
    return list(found.values())


def _named(name: str, root: Path) -> list[Source]:
    if name == "-":
        return [Source("-", None)]
    path = root / name
    if path.is_dir():
        files = sorted(
            file
            for file in path.rglob("*")
            if file.is_file() and not any(p.startswith(".") for p in file.relative_to(path).parts)
        )
        if not files:
            raise CtaError(f"{name}: a folder without a file; name a folder that holds logs")
        return [
            Source(str(Path(name) / file.relative_to(path)), file, is_named=False, may_be_empty=True) for file in files
        ]
    if not path.exists() and glob.has_magic(name):
        # A pattern may be absolute, which Path.glob does not take.
        matches = glob.glob(name, root_dir=root, recursive=True)  # noqa: PTH207
        files = sorted(Path(file) for file in matches if (root / file).is_file())
        if not files:
            raise CtaError(f"{name}: no file matches in {root}; check the pattern")
        return [Source(str(file), root / file, may_be_empty=True) for file in files]
    if not path.exists():
        raise CtaError(f"{name}: no such file; name a log, a folder of logs, or - for standard input")
    return [Source(name, path)]


def _identity(source: Source) -> object:
    if source.path is None:
        return "-"
    status = source.path.stat()
    return status.st_dev, status.st_ino


@dataclass(slots=True)
class Opened:
    """An open log: `stream` gives its bytes unpacked, from any place where `is_seekable`."""

    stream: io.BufferedIOBase
    is_seekable: bool


@contextmanager
def opened(source: Source) -> Iterator[Opened]:
    """The open log.

    Raises: CtaError where it cannot be read, is empty, or is packed in a way that Python does not unpack.
    """
    try:
        with _raw(source) as raw:
            kind = _kind(source, raw)
            if kind is None:
                yield Opened(raw, is_seekable=source.path is not None and raw.seekable())
                return
            with _UNPACK[kind](raw) as stream:
                yield Opened(stream, is_seekable=False)
    except (EOFError, zlib.error, gzip.BadGzipFile, lzma.LZMAError) as error:
        raise CtaError(f"{source.name}: the packed data is cut off or damaged ({error}); copy the file again") from None
    except OSError as error:
        raise CtaError(
            f"{source.name}: cannot be read ({error.strerror or error}); check the file and its permissions"
        ) from None


@contextmanager
def _raw(source: Source) -> Iterator[io.BufferedReader]:
    if source.path is None:
        yield cast(io.BufferedReader, sys.stdin.buffer)
        return
    if not stat.S_ISREG(source.path.stat().st_mode) and not stat.S_ISFIFO(source.path.stat().st_mode):
        raise CtaError(f"{source.name}: not a file; name a log, a folder of logs, or - for standard input")
    with source.path.open("rb") as raw:
        yield raw


def _kind(source: Source, raw: io.BufferedReader) -> str | None:
    magic = raw.peek(6)[:6]
    for sign, (name, command) in _UNKNOWN.items():
        if magic.startswith(sign):
            raise CtaError(
                f"{source.name}: packed with {name}; unpack it on the way: `{command} {source.name} | cta ingest -`"
            )
    return next((name for sign, name in _PACKED.items() if magic.startswith(sign)), None)


def packed_sha256(source: Source) -> str | None:
    """SHA-256 of the stored bytes of a packed file, None of any other: so a copy is known without unpacking it.

    Raises: CtaError where it cannot be read.
    """
    if source.path is None:
        return None
    try:
        with source.path.open("rb") as raw:
            return hashlib.file_digest(raw, "sha256").hexdigest() if _kind(source, raw) else None
    except OSError as error:
        raise CtaError(
            f"{source.name}: cannot be read ({error.strerror}); check the file and its permissions"
        ) from None


def stamp(source: Source) -> str | None:
    """What tells one state of a file from another without reading it; None for a stream."""
    if source.path is None:
        return None
    try:
        status = os.stat(source.path)  # noqa: PTH116
    except OSError as error:
        raise CtaError(
            f"{source.name}: cannot be read ({error.strerror}); check the file and its permissions"
        ) from None
    if not stat.S_ISREG(status.st_mode):
        return None
    return f"{status.st_dev} {status.st_ino} {status.st_size} {status.st_mtime_ns} {status.st_ctime_ns}"
