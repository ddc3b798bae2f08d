"""What a command prints: rows in a chosen format on stdout, progress and messages on stderr."""

from __future__ import annotations

import csv
import json
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from time import monotonic
from typing import Any, Protocol

from cta_analytics.spreadsheet import guarded

# C0, DEL, C1 and the bidi controls: what a log can carry to move the cursor or to disguise a line.
_UNSAFE = {code: f"\\x{code:02x}" for code in [*range(0x20), *range(0x7F, 0xA0)]} | {
    code: f"\\u{code:04x}" for code in [0x061C, 0x200E, 0x200F, *range(0x202A, 0x202F), *range(0x2066, 0x206A)]
}


_REDRAWN_AFTER = 0.1
"""Seconds."""


class TableFormat(StrEnum):
    """How rows are printed."""

    table = "table"
    json = "json"
    csv = "csv"


def escape(text: str, keep: str = "") -> str:
    """The text with control characters spelled out (`\\x1b`), so that data cannot drive a terminal."""
    safe = text.translate({code: shown for code, shown in _UNSAFE.items() if chr(code) not in keep})
    return safe.encode("utf-8", "backslashreplace").decode()


def as_json(value: Any) -> str:
    """JSON as every command prints it: two blanks deep, characters as they are, dates in ISO 8601."""
    text = json.dumps(value, indent=2, ensure_ascii=False, default=_plain)
    # A lone surrogate can stand in a str but not in UTF-8; JSON has an escape for it.
    return "".join(f"\\u{ord(char):04x}" if "\ud800" <= char <= "\udfff" else char for char in text)


def _plain(value: Any) -> Any:
    if isinstance(value, datetime):
        return value.isoformat(sep="T")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    return str(value)


def print_json(value: Any) -> None:
    """One JSON document on stdout."""
    sys.stdout.write(as_json(value) + "\n")


def emit_rows(rows: Iterable[Mapping[str, Any]], columns: Sequence[str], format: TableFormat) -> None:  # noqa: A002
    """Rows on stdout as a table for people, as a JSON array of objects, or as CSV with a header."""
    if format is TableFormat.json:
        print_json([{column: row[column] for column in columns} for row in rows])
    elif format is TableFormat.csv:
        writer = csv.writer(sys.stdout, lineterminator="\n")
        writer.writerow(columns)
        writer.writerows([["" if row[c] is None else _cell(row[c]) for c in columns] for row in rows])
    else:
        _print_table(list(rows), columns)


def _cell(value: Any) -> str:
    if isinstance(value, (dict, list)):
        return json.dumps(value, ensure_ascii=False, default=_plain)
    if isinstance(value, str):
        return guarded(value)
    return str(_plain(value) if isinstance(value, (datetime, date, Decimal)) else value)


def _print_table(rows: list[Mapping[str, Any]], columns: Sequence[str]) -> None:
    from rich.box import SIMPLE_HEAD
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    console = Console(highlight=False)
    if not console.is_terminal:
        console = Console(highlight=False, width=10_000)
    table = Table(box=SIMPLE_HEAD, pad_edge=False, header_style="bold")
    for column in columns:
        numeric = all(isinstance(row[column], (int, float, Decimal)) or row[column] is None for row in rows)
        table.add_column(column, justify="right" if rows and numeric else "left", overflow="fold")
    for row in rows:
        table.add_row(*[Text("" if row[c] is None else escape(_shown(row[c]))) for c in columns])
    # Rich ends the process where a pipe is closed; what becomes of that is the command line's to say.
    with console.capture() as printed:
        console.print(table)
    sys.stdout.write(printed.get())


def _shown(value: Any) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float):
        return f"{value:,.4g}" if abs(value) < 1000 else f"{value:,.0f}"
    if isinstance(value, int):
        return f"{value:,}"
    if isinstance(value, Decimal):
        return f"{value.normalize():,f}"
    return str(_plain(value)) if isinstance(value, (datetime, date)) else _cell_text(value)


def _cell_text(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, default=_plain) if isinstance(value, (dict, list)) else str(value)


def say(message: str, quiet: bool = False) -> None:
    """One line for people on stderr."""
    if not quiet:
        print(escape(message), file=sys.stderr)  # noqa: T201


class Step(Protocol):
    """Moves a progress display on."""

    def __call__(self, done: int, text: str = "") -> None:
        """`done` of the total is through; `text` names what is being done."""


@contextmanager
def progress(title: str, total: int | Callable[[], int], quiet: bool = False, forks: bool = False) -> Iterator[Step]:
    """A progress bar on a terminal's stderr, and silence elsewhere.

    `forks`: it is drawn when a step is told and not by a thread, beside which no process can be forked
    (`links.processes`); without, its clock goes on while nothing is told. `total` may be a function, which is asked only
    where a bar is drawn.
    """
    count = 0 if quiet or not sys.stderr.isatty() else total() if callable(total) else total
    if count < 1:
        yield lambda done, text="": None
        return
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        TextColumn("{task.completed}/{task.total}"),
        TimeElapsedColumn(),
    )
    with Progress(*columns, console=Console(stderr=True), transient=True, auto_refresh=not forks) as bar:
        task = bar.add_task(title, total=count)
        drawn = 0.0

        def step(done: int, text: str = "") -> None:
            nonlocal drawn
            now = monotonic()
            if now - drawn >= _REDRAWN_AFTER or done == count:
                drawn = now
                bar.update(task, completed=done, description=f"{title} {escape(text)}".rstrip(), refresh=True)

        yield step
