"""The files that findings are about, opened once more to be fixed."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from cta_analytics.pages import reader_of
from cta_analytics.pages.source import Source


@dataclass(frozen=True, slots=True)
class Opened:
    """A file as it stands now."""

    path: Path
    data: bytes
    source: Source


class Sources:
    """The files that links stand in, by the names that links carry. The last one is kept."""

    def __init__(self, paths: Mapping[str, Path], root: Path) -> None:
        self._paths = paths
        self._root = Path(os.path.realpath(root))
        self._last: tuple[str, Opened | None] = ("", None)

    def open(self, name: str) -> Opened | None:
        """The file of that name; None where it is gone or cannot be read."""
        if self._last[0] != name:
            self._last = (name, self._opened(name))
        return self._last[1]

    def is_page(self, name: str) -> bool:
        """Whether the file was read as a page; else it is what a page was built from."""
        return name in self._paths

    def _elsewhere(self, name: str) -> Path:
        """A file that was not read as a page: an authored one is named relative to the project, a sitemap as given."""
        inside = self._root / name
        return inside if inside.is_file() else Path(name)

    def _opened(self, name: str) -> Opened | None:
        path = self._paths.get(name) or self._elsewhere(name)
        reader = reader_of(name)
        try:
            data = path.read_bytes()
        except OSError:
            return None
        return Opened(path, data, Source(data, name, reader is None or reader.declares_encoding))
