"""Exports that are no lines as one JSON object a line: CSV, Parquet, a JSON array, Matomo's visits."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any, cast

from cta_analytics.errors import CtaError

if TYPE_CHECKING:
    from polars import DataFrame

HEAD = 4096
AT_ONCE = 1 << 20
"""Bytes."""
_NAME = re.compile(r"[A-Za-z_$][\w $.:/()-]*")
_DELIMITERS = (",", ";", "\t")
_ROWS = 50_000
_LONGEST_CELL = 8 << 20


def reader_of(head: bytes) -> Callable[[io.BufferedIOBase, str], Iterator[str]] | None:
    """What makes lines of an export that begins so; None where it is lines already, of whatever kind.

    The lines are the same each time, so that what was read before is known again.
    """
    if head.startswith(b"PAR1"):
        return _of_parquet
    text = head.removeprefix(b"\xef\xbb\xbf").lstrip()
    if re.match(rb"\[\s*\{", text):
        return _of_array
    if re.match(rb"(?:<\?xml[^>]*\?>\s*)?<result\b", text) and b"<row>" in text:
        return _of_visits
    if text.startswith(b"{") and b'"actionDetails"' in text:
        return _of_visit_lines
    return _of_csv if _delimiter(text) else None


def _line(row: Any) -> str:
    return json.dumps(row, ensure_ascii=False, separators=(",", ":"), default=str)


def _delimiter(head: bytes) -> str | None:
    """What parts the names of columns in the first line; None where it is no such line, as in every log."""
    first = head.split(b"\n")[0].decode("utf-8", "replace").rstrip("\r")
    for delimiter in _DELIMITERS:
        cells = [cell.strip('"').strip() for cell in first.split(delimiter)]
        if len(cells) > 2 and all(_NAME.fullmatch(cell) for cell in cells):
            return delimiter
    return None


def _of_csv(stream: io.BufferedIOBase, name: str) -> Iterator[str]:
    text = io.TextIOWrapper(
        cast(io.BufferedReader, stream), encoding="utf-8-sig", errors="backslashreplace", newline=""
    )
    first = text.readline()
    delimiter = _delimiter(first.encode()) or ","
    columns = [cell.strip() for cell in next(csv.reader([first], delimiter=delimiter))]
    # Strict, because a quote that is never closed would swallow all the rows after it.
    csv.field_size_limit(_LONGEST_CELL)
    rows = csv.DictReader(text, columns, restkey="", delimiter=delimiter, strict=True)
    try:
        for row in rows:
            yield _line({column: value for column, value in row.items() if value not in {None, ""}} if row else {})
    except csv.Error as error:
        raise CtaError(f"{name}:{rows.line_num + 1}: no CSV from here on ({error}); export it again") from None
    text.detach()


def _of_parquet(stream: io.BufferedIOBase, name: str) -> Iterator[str]:
    import polars as pl
    from polars.exceptions import PolarsError

    try:
        source = cast(io.BytesIO, stream) if stream.seekable() else io.BytesIO(stream.read())
        for frame in pl.scan_parquet(source).collect_batches(chunk_size=_ROWS, maintain_order=True):
            for row in _with_zones(frame).iter_rows(named=True):
                yield _line({column: value for column, value in row.items() if value is not None})
    except (PolarsError, OSError) as error:
        reason = str(error).splitlines()[0]
        raise CtaError(f"{name}: cannot be read as Parquet ({reason}); export it again") from None


def _with_zones(frame: DataFrame) -> DataFrame:
    """Times as text, with their zone; without one they are UTC, as Parquet has them."""
    import polars as pl
    from polars import selectors

    times = selectors.datetime()
    return frame.with_columns(times.dt.convert_time_zone("UTC")).with_columns(
        times.dt.strftime("%Y-%m-%dT%H:%M:%S%.f") + pl.lit("+00:00")
    )


def _of_array(stream: io.BufferedIOBase, name: str) -> Iterator[str]:
    import ijson

    try:
        for element in ijson.items(stream, "item", use_float=True):
            yield from _of_element(element)
    except ijson.JSONError as error:
        reason = str(error).splitlines()[0]
        raise CtaError(f"{name}: no whole JSON array ({reason}); export it again") from None


def _of_visit_lines(stream: io.BufferedIOBase, name: str) -> Iterator[str]:
    for number, line in enumerate(stream, 1):
        try:
            element = json.loads(line)
        except (ValueError, RecursionError):
            raise CtaError(f"{name}:{number}: no whole JSON object; export it again") from None
        yield from _of_element(element)


def _of_element(element: Any) -> Iterator[str]:
    """A row; of a visit of Matomo each action, with what holds for the visit and the page before an outlink."""
    actions = element.get("actionDetails") if isinstance(element, dict) else None
    if not isinstance(actions, list):
        yield _line(element)
        return
    visit = {key: value for key, value in element.items() if not isinstance(value, (dict, list))}
    page = ""
    for action in actions:
        row = {key: value for key, value in action.items() if not isinstance(value, (dict, list))}
        yield _line(visit | row | {"page": page})
        if row.get("type") == "action":
            page = str(row.get("url") or "")


def _of_visits(stream: io.BufferedIOBase, name: str) -> Iterator[str]:
    """The XML of Matomo's API, read as a stream; a document that declares entities is refused, since it needs none."""
    from xml.etree import ElementTree
    from xml.parsers import expat

    def refuse(*_: object) -> None:
        raise CtaError(f"{name}: declares XML entities, which no export needs; remove its DOCTYPE")

    depth, root = 0, None
    parser: ElementTree.XMLPullParser[Any] = ElementTree.XMLPullParser(("start", "end"))
    check = expat.ParserCreate()
    check.EntityDeclHandler = refuse
    try:
        while block := stream.read(1 << 16):
            check.Parse(block, False)
            parser.feed(block)
            for event, found in cast("Iterator[tuple[str, ElementTree.Element]]", parser.read_events()):
                root = found if root is None else root
                depth += 1 if event == "start" else -1
                if event == "end" and depth == 1:
                    yield from _of_element(_value(found))
                    root.clear()
        parser.close()
    except (expat.ExpatError, ElementTree.ParseError) as error:
        raise CtaError(f"{name}: no well-formed XML ({error}); export it again") from None


def _value(found: Any) -> Any:
    children = list(found)
    if not children:
        return (found.text or "").strip() or None
    if all(child.tag == "row" for child in children):
        return [_value(child) for child in children]
    return {child.tag: _value(child) for child in children}


class Lines(io.RawIOBase):
    """Lines as a stream of bytes."""

    def __init__(self, lines: Iterator[str]) -> None:
        self._lines = lines
        self._left = b""

    def readable(self) -> bool:
        """Always."""
        return True

    def readinto(self, buffer: Any) -> int:
        """Fills the buffer as far as the lines go."""
        parts, filled = [self._left], len(self._left)
        while filled < len(buffer):
            line = next(self._lines, None)
            if line is None:
                break
            data = line.encode("utf-8", "surrogatepass") + b"\n"
            parts.append(data)
            filled += len(data)
        whole = b"".join(parts)
        taken = whole[: len(buffer)]
        self._left = whole[len(taken) :]
        buffer[: len(taken)] = taken
        return len(taken)
