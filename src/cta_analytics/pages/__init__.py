"""Pages of a site: files to documents with their links. `READERS` holds one reader for each language."""

from __future__ import annotations

from cta_analytics.pages.reader import PageReader
from cta_analytics.registry import Registry

READERS = Registry("cta_analytics.pages.readers", "READER", PageReader)
"""The page readers by name."""


def reader_of(file: str) -> PageReader | None:
    """The reader for a file of that name, or None where its ending is no page's."""
    lower = file.lower()
    return next((reader for reader in READERS.values() if lower.endswith(reader.suffixes)), None)
