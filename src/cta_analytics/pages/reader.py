"""A page reader: one language that pages are written in."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from cta_analytics.pages.anchor import Document
from cta_analytics.pages.source import Source


@dataclass(frozen=True, slots=True)
class PageReader:
    """Makes a `Document` of a file. It touches no other file and never raises because of what a page holds."""

    name: str
    suffixes: tuple[str, ...]
    """The file name endings that it is for, lower-case, with the dot."""
    declares_encoding: bool
    """Whether a file of this language can state its encoding in its text."""
    read: Callable[[Source], Document]
