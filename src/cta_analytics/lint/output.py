"""How findings are printed."""

from __future__ import annotations

import posixpath
from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from cta_analytics.lint.finding import Report


@dataclass(frozen=True, slots=True)
class Setting:
    """Where a text is read. Only colours and links depend on a terminal."""

    colour: bool = False
    links: Literal["none", "file", "line"] = "none"
    """OSC 8 links: to the file, or to its line where the terminal passes that on."""
    root: str = ""
    """The URL of the folder of `cta.toml` (`file://host/home/larkmoor`), which links start with."""
    prefix: str = ""
    """The folder of `cta.toml` in its repository; empty where it is the same."""

    def in_repository(self, file: str) -> str:
        """The path of a finding's file from the root of the repository, as services want it."""
        return posixpath.normpath(posixpath.join(self.prefix, file))


def quoted(path: str) -> str:
    """A path as a URL has it, percent-encoded."""
    # Text without links, the usual case, starts faster without this.
    from urllib.parse import quote

    # Python reads the bytes of a file name that is not UTF-8 as these surrogates. Others are no file's.
    surrogates = [char for char in path if "\ud800" <= char <= "\udfff"]
    is_name = all("\udc80" <= char <= "\udcff" for char in surrogates)
    return quote(path.encode("utf-8", "surrogateescape" if is_name else "backslashreplace"))


PLAIN = Setting()
"""For a file or a pipe, with `cta.toml` at the root of the repository."""


@dataclass(frozen=True, slots=True)
class Output:
    """Makes a text of a report. The same report and setting give the same bytes."""

    name: str
    summary: str
    write: Callable[[Report, Setting], str]
