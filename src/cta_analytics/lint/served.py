"""What a site serves, told by the names of its files before one of them is read."""

from __future__ import annotations

from collections.abc import Sequence

from cta_analytics.links.extract import file_path
from cta_analytics.links.files import PageFile
from cta_analytics.lint.rule import Served

_SPELLINGS = ("", "/", ".html", "/index.html")


def served(files: Sequence[PageFile]) -> Served:
    """The addresses of page files. A page may state another one; its file is at this one all the same."""
    roots = tuple(dict.fromkeys((file.root, file.site) for file in files))
    paths = [file_path(file).rstrip("/") for file in files]
    return Served(frozenset(f"{path}{end}" for path in paths for end in _SPELLINGS), roots)
