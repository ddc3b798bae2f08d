"""Pages of a site: files to documents with their links. `READERS` holds one reader for each language."""

from __future__ import annotations

from functools import lru_cache

from cta_analytics.pages.reader import PageReader
from cta_analytics.registry import Registry

READERS = Registry("cta_analytics.pages.readers", "READER", PageReader)
"""The page readers by name."""


def reader_of(file: str) -> PageReader | None:
    """The reader for a file of that name, or None where its ending is no page's."""
    lower = file.lower()
    return next((reader for reader in _readers() if lower.endswith(reader.suffixes)), None)


@lru_cache(maxsize=1)
def _readers() -> tuple[PageReader, ...]:
    return tuple(READERS.values())


def without_ending(file: str) -> str:
    """The file's name without the ending that tells its reader: `about` of `about.html.erb`."""
    endings = [ending for reader in _readers() for ending in reader.suffixes if file.lower().endswith(ending)]
    return file[: len(file) - max(map(len, endings), default=0)]
