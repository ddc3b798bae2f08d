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
import zipfile
import zlib
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass, replace
from pathlib import Path
from typing import cast

from cta_analytics.errors import CtaError
from cta_analytics.logs import exports, zstd

_PACKED = {b"\x1f\x8b": "gzip", b"BZh": "bzip2", b"\xfd7zXZ\x00": "xz", b"\x28\xb5\x2f\xfd": "zstd"}
_UNPACK: dict[str, Callable[[io.BufferedReader], io.BufferedIOBase]] = {
    "gzip": lambda raw: gzip.GzipFile(fileobj=raw),
    "bzip2": bz2.BZ2File,
    "xz": lzma.LZMAFile,
    "zstd": zstd.opened,
}
_ZIP = b"PK\x03\x04"


@dataclass(frozen=True, slots=True)
class Source:
    """One log: its name for people, its path (None: standard input), and whether it was named itself."""

    name: str
    path: Path | None
    member: str | None = None
    """Its name in the zip archive that `path` is."""
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
            one
            for file in files
            for one in _members(
                Source(str(Path(name) / file.relative_to(path)), file, is_named=False, may_be_empty=True)
            )
        ]
    if not path.exists() and glob.has_magic(name):
        # A pattern may be absolute, which Path.glob does not take.
        matches = glob.glob(name, root_dir=root, recursive=True)  # noqa: PTH207
        files = sorted(Path(file) for file in matches if (root / file).is_file())
        if not files:
            raise CtaError(f"{name}: no file matches in {root}; check the pattern")
        return [one for file in files for one in _members(Source(str(file), root / file, may_be_empty=True))]
    if not path.exists():
        raise CtaError(f"{name}: no such file; name a log, a folder of logs, or - for standard input")
    return _members(Source(name, path))


def _members(source: Source) -> list[Source]:
    """The logs in a zip archive; any other file is one log itself."""
    if source.path is None or not source.path.is_file():
        return [source]
    try:
        with source.path.open("rb") as raw:
            if raw.read(len(_ZIP)) != _ZIP:
                return [source]
        with zipfile.ZipFile(source.path) as archive:
            names = sorted(one.filename for one in archive.infolist() if not one.is_dir() and one.file_size)
    except zipfile.BadZipFile as error:
        raise CtaError(f"{source.name}: the archive is cut off or damaged ({error}); copy the file again") from None
    except OSError:
        # What cannot be read is told where it is read.
        return [source]
    logs = [name for name in names if not any(map(_is_hidden, name.split("/")))]
    if not logs:
        raise CtaError(f"{source.name}: an archive without a file; name one that holds logs")
    return [replace(source, name=f"{source.name}/{name}", member=name) for name in logs]


def _is_hidden(part: str) -> bool:
    # Some programs write "./" before each name; and where a file of the archive would lie outside, it is read all the same.
    return part.startswith((".", "__MACOSX")) and part not in {".", ".."}


def _identity(source: Source) -> object:
    if source.path is None:
        return "-"
    status = source.path.stat()
    return status.st_dev, status.st_ino, source.member


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
            kind = _kind(raw)
            with _UNPACK[kind](raw) if kind else nullcontext(raw) as stream:
                lines = exports.reader_of(_peeked(stream))
                if lines is not None:
                    with io.BufferedReader(exports.Lines(lines(stream, source.name)), exports.AT_ONCE) as made:
                        yield Opened(made, is_seekable=False)
                    return
                is_file = source.path is not None and source.member is None
                yield Opened(stream, is_seekable=is_file and kind is None and raw.seekable())
    except (EOFError, zlib.error, gzip.BadGzipFile, lzma.LZMAError, zipfile.BadZipFile) as error:
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
    if source.member is None:
        with source.path.open("rb") as raw:
            yield raw
        return
    with zipfile.ZipFile(source.path) as archive:
        try:
            member = archive.open(source.member)
        except (RuntimeError, NotImplementedError) as error:
            raise CtaError(f"{source.name}: cannot be unpacked ({error}); unpack the archive yourself") from None
        except KeyError:
            raise CtaError(f"{source.name}: no longer in the archive; run the command again") from None
        with io.BufferedReader(cast(io.RawIOBase, member)) as unpacked:
            yield cast(io.BufferedReader, unpacked)


def _kind(raw: io.BufferedReader) -> str | None:
    magic = raw.peek(6)[:6]
    return next((name for sign, name in _PACKED.items() if magic.startswith(sign)), None)


def _peeked(stream: io.BufferedIOBase) -> bytes:
    # All of them can peek; only their common class does not say so.
    return cast(io.BufferedReader, stream).peek(exports.HEAD)


def packed_sha256(source: Source) -> str | None:
    """SHA-256 of the stored bytes of a packed file or export, None of any other: so a copy is known without unpacking it.

    Raises: CtaError where it cannot be read.
    """
    if source.path is None:
        return None
    try:
        with source.path.open("rb") as raw:
            if source.member is None and _kind(raw) is None and exports.reader_of(_peeked(raw)) is None:
                return None
            digest = hashlib.file_digest(raw, "sha256")
            digest.update((source.member or "").encode("utf-8", "surrogateescape"))
            return digest.hexdigest()
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
    parts = (status.st_dev, status.st_ino, status.st_size, status.st_mtime_ns, status.st_ctime_ns)
    return " ".join([*map(str, parts), *([source.member] if source.member else [])])
