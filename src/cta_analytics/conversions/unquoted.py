"""Lines of a report that quotes unreliably: names that hold commas and bare quotes, one record a line."""

from __future__ import annotations

import csv
from collections.abc import Callable, Sequence

from cta_analytics.conversions.document import Document, Table

_SEARCHED = 6


def table(document: Document, likeness: Callable[[Sequence[str]], int], is_name: Callable[[str], bool]) -> Table | None:
    """The table of a document, its header the line of the first few that `likeness` finds most of.

    A line that is too wide for the header has commas in the column that `is_name` knows, so they are put back there.
    None where no line is like a header.
    """
    if document.table is not None and not document.text:
        return _best_of_sheet(document.table, likeness)
    lines = document.text.splitlines() if "\r" in document.text else document.text.split("\n")
    cut = [(number, line, _delimiter(line)) for number, line in enumerate(lines, 1) if line.strip()]
    heads = [(likeness(_cells(line, mark)), -place) for place, (_, line, mark) in enumerate(cut[:_SEARCHED])]
    most, place = max(heads, default=(0, 0))
    if most < 1:
        return None
    number, line, mark = cut[-place]
    header = _cells(line, mark)
    name = next((at for at, column in enumerate(header) if is_name(column)), None)
    rows = tuple((at, _folded(text, mark, len(header), name)) for at, text, _ in cut[1 - place :])
    return Table(header, number, rows, tuple(text.strip() for _, text, _ in cut[:-place]))


def _best_of_sheet(found: Table, likeness: Callable[[Sequence[str]], int]) -> Table | None:
    return found if likeness(found.header) else None


def _delimiter(line: str) -> str:
    return max("\t;,", key=line.count)


def _cells(line: str, mark: str) -> tuple[str, ...]:
    try:
        (cells,) = csv.reader([line], delimiter=mark, strict=True)
    except csv.Error:
        cells = [_bare(cell.strip()) for cell in line.split(mark)]
    return tuple(cell.strip() for cell in cells)


def _folded(line: str, mark: str, width: int, name: int | None) -> tuple[str, ...]:
    """The cells of a line, as many as the header has where that can be had."""
    cells = _cells(line, mark)
    surplus = len(cells) - width
    if surplus <= 0 or name is None or not any(cells[width:]):
        return cells
    try:
        (texts,) = csv.reader([line], delimiter=mark, strict=True)
    except csv.Error:
        texts = line.split(mark)
    whole = mark.join(texts[name : name + surplus + 1]).strip()
    return tuple(text.strip() for text in (*texts[:name], _bare(whole), *texts[name + surplus + 1 :]))


def _bare(text: str) -> str:
    return text[1:-1] if len(text) > 1 and text[0] == text[-1] == '"' else text
