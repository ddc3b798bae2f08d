"""A report file as text: its bytes decoded or refused, its JSON parsed, its table cut into cells."""

from __future__ import annotations

import csv
import hashlib
import io
import json
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path, PurePosixPath
from typing import Any, NoReturn

from cta_analytics.conversions import archive
from cta_analytics.errors import CtaError

# First bytes of files that people drop beside reports, so that the message can name what it is.
_MAGIC = (
    (b"PK\x03\x04", "a spreadsheet or ZIP archive; save the report as CSV, or unpack it"),
    (b"\x1f\x8b", "gzipped; unpack it"),
    (b"%PDF", "a PDF; download the report as CSV or JSON"),
    (b"\xd0\xcf\x11\xe0", "an old Excel workbook; save the report as CSV"),
)


@dataclass(frozen=True, slots=True)
class Table:
    """A delimited text or a sheet: the header with its line, then (line, cells). Blank lines are left out.

    `above` are the lines above the header, such as a title.
    """

    header: tuple[str, ...]
    header_line: int
    rows: tuple[tuple[int, tuple[str, ...]], ...]
    above: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Document:
    """A file that may be a report, or a part of a packed one. `name` is how messages and the warehouse call it.

    `pages` are the JSON documents that stand in the file one after another, `table` is what it holds else, `text` the text
    that the table was cut from (a sheet has none). `broken` says why the text is no table by the rules, where it is not.
    `names` are the file names in which its time may stand, the nearest first; `sheet` the sheet of a workbook.
    """

    name: str
    path: Path
    sha256: str
    modified_at: datetime
    pages: tuple[Any, ...] | None
    table: Table | None
    text: str = ""
    broken: str = ""
    names: tuple[str, ...] = ()
    sheet: str = ""


@dataclass(frozen=True, slots=True)
class Parts:
    """The documents in a file: one, or several where it is packed; and what is to be said about the rest of it."""

    documents: tuple[Document, ...]
    notes: tuple[str, ...] = ()


def parts(path: Path, name: str) -> Parts:
    """The documents in the file at `path`: itself, the files of a ZIP, or the sheets of a workbook.

    A packed file in a packed file stays closed. Raises: CtaError as `read`, and where nothing in a packed file is text.
    """
    content, modified_at = _bytes(path, name)
    if not archive.is_packed(content):
        return Parts((_document(content, name, path, modified_at, (path.name,)),))
    if content.startswith(archive.GZIP):
        inner = archive.unzipped(content, name)
        return Parts((_document(inner, name, path, modified_at, (path.name,)),))
    members = archive.members(content, name)
    if archive.is_workbook(members):
        return _sheets(archive.sheets(content, members, name), name, path, modified_at)
    found: list[Document] = []
    notes: list[str] = []
    for member, inside in archive.files(members):
        called = f"{name}: {member}"
        try:
            found += _member(inside, called, path, modified_at, (PurePosixPath(member).name, path.name))
        except CtaError as error:
            notes.append(f"passed over {error}")
    if not found:
        raise CtaError("\n".join([f"{name}: no report in this archive; put CSV, JSON or XLSX files into it", *notes]))
    return Parts(tuple(found), tuple(notes))


def _member(
    content: bytes, name: str, path: Path, modified_at: datetime, names: tuple[str, ...]
) -> tuple[Document, ...]:
    """The documents of a member of a ZIP: Amazon's workbooks come in ZIPs too, so these are opened."""
    if content.startswith(archive.ZIP):
        members = archive.members(content, name)
        if archive.is_workbook(members):
            return _sheets(archive.sheets(content, members, name), name, path, modified_at, names).documents
    return (_document(content, name, path, modified_at, names),)


def _sheets(
    sheets: Mapping[str, Sequence[tuple[str, ...]]],
    name: str,
    path: Path,
    modified_at: datetime,
    names: tuple[str, ...] = (),
) -> Parts:
    found = []
    for sheet, rows in sheets.items():
        table = _headed([(line, cells) for line, cells in enumerate(rows, 1) if any(cells)])
        if table is not None:
            # Of the cells, as a workbook that is saved again has other bytes.
            sha256 = hashlib.sha256(json.dumps([sheet, [list(cells) for cells in rows]]).encode()).hexdigest()
            called = f"{name}: sheet {sheet}"
            found.append(
                Document(called, path, sha256, modified_at, None, table, names=names or (path.name,), sheet=sheet)
            )
    if not found:
        raise CtaError(f"{name}: empty; no sheet of it holds a table, download the report again")
    return Parts(tuple(found))


def read(path: Path, name: str) -> Document:
    """The document in the file at `path`.

    Raises: CtaError where it is missing, empty, binary, not UTF-8 or UTF-16, or cut off.
    """
    content, modified_at = _bytes(path, name)
    return _document(content, name, path, modified_at, (path.name,))


def _bytes(path: Path, name: str) -> tuple[bytes, datetime]:
    try:
        content = path.read_bytes()
        modified_at = datetime.fromtimestamp(path.stat().st_mtime, UTC)
    except FileNotFoundError:
        raise CtaError(f"{name}: no such file; check the name, or [imports] files in cta.toml") from None
    except IsADirectoryError:
        raise CtaError(f"{name}: a folder; name the files in it") from None
    except OSError as error:
        raise CtaError(f"{name}: cannot be read ({error.strerror}); check its permissions") from None
    return content, modified_at


def _document(content: bytes, name: str, path: Path, modified_at: datetime, names: tuple[str, ...]) -> Document:
    text = _decoded(content, name)
    sha256 = hashlib.sha256(content).hexdigest()
    if text.lstrip()[:1] in {"{", "["}:
        return Document(name, path, sha256, modified_at, tuple(_json(text, name)), None, names=names)
    try:
        table, broken = _table(text, name), ""
    except CtaError as error:
        # Associates quotes unreliably, so a text that breaks the rules of CSV may still be a report.
        table, broken = None, str(error)
    return Document(name, path, sha256, modified_at, None, table, text, broken, names)


def _decoded(content: bytes, name: str) -> str:
    if not content.strip():
        raise CtaError(f"{name}: empty; download the report again")
    for magic, kind in _MAGIC:
        if content.startswith(magic):
            raise CtaError(f"{name}: {kind}")
    wide = content.startswith((b"\xff\xfe", b"\xfe\xff"))
    try:
        text = content.decode("utf-16" if wide else "utf-8-sig")
    except UnicodeDecodeError as error:
        before = content[: error.start]
        row, column = before.count(b"\n") + 1, error.start - (before.rfind(b"\n") + 1) + 1
        kind = "UTF-16" if wide else "UTF-8"
        raise CtaError(
            f"{name}: row {row}, byte {column}: not {kind} (0x{content[error.start]:02x}); "
            "download it again, or save it as UTF-8"
        ) from None
    if "\0" in text:
        raise CtaError(f"{name}: binary, or UTF-16 without its mark; save the report as UTF-8 text")
    if not text.strip():
        raise CtaError(f"{name}: empty; download the report again")
    return text


def _json(text: str, name: str) -> Iterator[Any]:
    # Numbers keep their digits: 191.95999999999998 as a float could no longer be told from its neighbours.
    decoder = json.JSONDecoder(parse_float=Decimal, parse_constant=lambda word: _no_constant(word, name))
    position, end = 0, len(text.rstrip())
    while position < end:
        while text[position].isspace():
            position += 1
        try:
            page, position = decoder.raw_decode(text, position)
        except json.JSONDecodeError as error:
            cut = error.pos >= end - 1 or error.msg.startswith("Unterminated string")
            what = "cut off" if cut else f"not valid JSON ({error.msg})"
            raise CtaError(
                f"{name}: row {error.lineno}, column {error.colno}: {what}; download the report again"
            ) from None
        except RecursionError:
            raise CtaError(f"{name}: nested too deeply for a report; download it again") from None
        yield page


def _no_constant(word: str, name: str) -> NoReturn:
    raise CtaError(f'{name}: holds "{word}" where a number must stand; download the report again')


def _table(text: str, name: str) -> Table | None:
    delimiter = _delimiter(text)
    # A file object, as str.splitlines would also break lines at characters that stand inside names (U+2028, U+000B).
    reader = csv.reader(
        io.StringIO(text, newline=""), delimiter=delimiter, strict=True, skipinitialspace=delimiter == ","
    )
    lines: list[tuple[int, tuple[str, ...]]] = []
    start = 1
    try:
        for cells in reader:
            if any(cell.strip() for cell in cells):
                lines.append((start, tuple(cell.strip() for cell in cells)))
            start = reader.line_num + 1
    except csv.Error as error:
        what = (
            "a quote is not closed: the file is cut off"
            if "unexpected end" in str(error)
            else f"not readable ({error})"
        )
        raise CtaError(f"{name}: row {start}: {what}; download the report again") from None
    return _headed(lines)


def _headed(lines: Sequence[tuple[int, tuple[str, ...]]]) -> Table | None:
    # A title line stands above the header in some reports: the header is the first line of the usual width.
    # A sheet is as wide as its widest line, so its title is known by having one cell that is filled.
    widths = Counter(len(cells) for _, cells in lines[:8] if sum(map(bool, cells)) > 1)
    if not widths:
        return None
    usual = max(widths, key=lambda width: (widths[width], width))
    at = next(i for i, (_, cells) in enumerate(lines) if len(cells) == usual and sum(map(bool, cells)) > 1)
    line, header = lines[at]
    return Table(header, line, tuple(lines[at + 1 :]), tuple(" ".join(filter(None, cells)) for _, cells in lines[:at]))


def _delimiter(text: str) -> str:
    """The mark that cuts most of the first lines into equally many cells; a comma last, as numbers hold it too."""
    lines = [line for line in text.splitlines()[:8] if line.strip()]

    def agreement(mark: str) -> tuple[int, int]:
        counts = Counter(line.count(mark) for line in lines if mark in line)
        usual = max(counts, key=lambda count: (counts[count], count), default=0)
        return counts[usual], usual

    return max("\t;|,", key=agreement)
