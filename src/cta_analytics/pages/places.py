"""From a Markdown parser's positions back to the file: blocks lose their indentation and markers on the way."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable
from itertools import pairwise

Place = Callable[[int], int]
"""Makes an offset in the file's text of an offset in what the parser read."""

_LINE_END = re.compile(r"\r\n?|\n")
_BLANKS = " \t"


class Places:
    """The lines of a file's text from `start` on."""

    def __init__(self, text: str, start: int) -> None:
        self.starts: list[int] = []
        self.lines: list[str] = []
        at = start
        for found in _LINE_END.finditer(text, start):
            self.starts.append(at)
            self.lines.append(text[at : found.start()])
            at = found.end()
        self.starts.append(at)
        self.lines.append(text[at:])
        self._row: tuple[int, list[tuple[int, int]]] = (-1, [])
        # The parser reads NUL as U+FFFD; nothing else in a line changes.
        self.body = "\n".join(self.lines)
        self._body_starts = [0]
        for line in self.lines:
            self._body_starts.append(self._body_starts[-1] + len(line) + 1)

    def of_body(self, offset: int) -> int:
        """The offset in the file of an offset in `body`."""
        line = bisect_right(self._body_starts, offset) - 1
        return self.starts[line] + offset - self._body_starts[line]

    def block(self, content: str, first_line: int) -> Place:
        """Where the lines of a block's content stand; each is the end of a line of the file."""
        inside: list[int] = []
        outside: list[int] = []
        at = 0
        for number, line in enumerate(content.split("\n")):
            blanks = len(line) - len(line.lstrip(_BLANKS))
            inside.append(at + blanks)
            outside.append(self.starts[first_line + number] + self._column(line.strip(_BLANKS), first_line + number))
            at += len(line) + 1

        def place(offset: int) -> int:
            index = max(0, bisect_right(inside, offset) - 1)
            return outside[index] + max(0, offset - inside[index])

        return place

    def _column(self, part: str, line: int) -> int:
        whole = self.lines[line].replace("\0", "�").rstrip()
        part = part.rstrip()
        if whole.endswith(part):
            return len(whole) - len(part)
        # A heading may have closing marks behind it. Only blanks and block markers stand before it, none of which can
        # begin a link, so the first place at which it is found is the right one for all that matters here.
        return max(0, whole.find(part))

    def cell(self, content: str, line: int, column: int, first: str) -> Place:
        """Where the content of a table's cell stands: the parser cuts at pipes and unescapes `\\|`.

        `first` is the content of the row's first cell.
        """
        text = self.lines[line]
        if self._row[0] != line:
            self._row = (line, _cells(text, first))
        cells = self._row[1]
        start, end = cells[column] if column < len(cells) else (len(text), len(text))
        start += len(text[start:end]) - len(text[start:end].lstrip())
        origins = [i for i in range(start, end) if not (text[i] == "\\" and text[i + 1 : i + 2] == "|")]
        origins.append(end)

        def place(offset: int) -> int:
            return self.starts[line] + origins[min(offset, len(origins) - 1)]

        return place


def _cells(line: str, first: str) -> list[tuple[int, int]]:
    cuts = [found.end() - 1 for found in re.finditer(r"(?<!\\)\|", line)]
    edges = [-1, *cuts, len(line)]
    cells = [(left + 1, right) for left, right in pairwise(edges)]
    # What stands before the first pipe is a cell, or nothing but the markers of the blocks around the table.
    before = line[slice(*cells[0])].replace("\\|", "|").replace("\0", "�").strip()
    return cells if first and before.endswith(first) else cells[1:]
