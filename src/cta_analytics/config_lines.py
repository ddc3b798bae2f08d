"""Where values and tables of `cta.toml` stand, which its parser does not tell."""

from __future__ import annotations

import re
from collections.abc import Sequence

_HEADER = re.compile(r"\s*(\[\[?)\s*(.+?)\s*\]\]?\s*(?:#.*)?$")
_KEY = re.compile(r"""\s*((?:[\w-]+|"[^"]*"|'[^']*')(?:\s*\.\s*(?:[\w-]+|"[^"]*"|'[^']*'))*)\s*=""")
_PART = re.compile(r"""[\w-]+|"([^"]*)"|'([^']*)'""")

Path = tuple[str | int, ...]


def line_of(path: Sequence[str | int], text: str) -> int | None:
    """The line, from 1, of the value at a path such as `("ctas", 1, "params")`, or of the nearest table around it."""
    wanted = tuple(path)
    table: Path = ()
    counts: dict[Path, int] = {}
    best, found = 0, None
    for number, line in enumerate(text.splitlines(), 1):
        header, key = _HEADER.match(line), _KEY.match(line)
        if header and not key:
            table = at = _entered(_parts(header[2]), counts, is_list=header[1] == "[[")
        elif key:
            at = table + _parts(key[1])
        else:
            continue
        if best < len(at) and at == wanted[: len(at)]:
            best, found = len(at), number
    return found


def tables(text: str) -> list[tuple[Path, int, int]]:
    """Each table with a header: its path, the header's line, from 1, and the last line that holds something of it.

    Comments and blank lines before the next header are the next table's.
    """
    found: list[tuple[Path, int, int]] = []
    counts: dict[Path, int] = {}
    for number, line in enumerate(text.splitlines(), 1):
        header = None if _KEY.match(line) else _HEADER.match(line)
        if header:
            found.append((_entered(_parts(header[2]), counts, is_list=header[1] == "[["), number, number))
        elif found and line.strip() and not line.lstrip().startswith("#"):
            path, start, _ = found[-1]
            found[-1] = (path, start, number)
    return found


def _parts(dotted: str) -> tuple[str, ...]:
    return tuple(next((text for text in part.groups() if text is not None), part[0]) for part in _PART.finditer(dotted))


def _entered(names: tuple[str, ...], counts: dict[Path, int], is_list: bool) -> Path:
    """The path of a table: a name that is one of a list stands for the list's last entry."""
    path: Path = ()
    for index, name in enumerate(names):
        path += (name,)
        if is_list and index == len(names) - 1:
            counts[path] = counts.get(path, 0) + 1
        if path in counts:
            path += (counts[path] - 1,)
    return path
