"""What a log format is: one line in, one record or a reason out."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from polars import LazyFrame


@dataclass(frozen=True, slots=True)
class Record:
    """What a line says of one request. Texts stand as logged where `LogFormat.unescape` decodes them, else decoded."""

    address: str
    at: int
    """Seconds since 1970, UTC."""
    method: str
    """Empty where the request line holds no request (a TLS handshake, a time-out)."""
    target: str
    """Path and query, or what stands in their place; empty without a request."""
    status: int
    referrer: str
    """Empty or `-` where there is none."""
    user_agent: str
    """`-` where the client sent none; empty where the format has none."""
    rest: str
    """The line without the address, wherever it stands in it: what tells one line from another."""
    host: str = ""
    """Host that was asked, as logged, with its port if that was logged; empty where the format has none."""
    request_id: str = ""
    """What the server or the CDN calls this one request; empty where it does not."""
    no_tracking: bool = False
    """Whether it came with `Sec-GPC: 1` or `DNT: 1`, where the format logs such a header."""
    prefetch: bool = False
    """Whether a browser loaded it ahead, by `Sec-Purpose`, `Purpose`, `X-Purpose` or `X-Moz`, where the format logs such a header."""


@dataclass(frozen=True, slots=True)
class LogFormat:
    """A log format, as a value: it keeps nothing between two lines.

    Where a line such as `#Fields: …` says how those after it are to be read, `after` gives the format of those.
    """

    name: str
    title: str
    parse: Callable[[str], Record | str]
    """The record of a line, or the reason why it is not understood. The reference for `columns`."""
    order: int = 0
    """Where two formats fit the same lines, the higher is meant."""
    columns: Callable[[LazyFrame], LazyFrame] | None = None
    """For a frame of `line`: the fields of `Record` as columns, and `fits`, false where only `parse` can tell.

    `no_tracking` and `prefetch` may be left out by a format that does not log them.
    """
    unescape: Callable[[str], str] = str
    """Decodes the escapes that the server writes into texts."""
    aliases: tuple[str, ...] = ()
    """Other names for it on the command line."""
    about: str = ""
    """For the documentation, as Markdown: which of its fields are read, and who describes it."""
    is_export: bool = False
    """Whether its rows are events that another tool recorded, not requests to a server."""
    directives: tuple[str, ...] = ()
    """How the lines begin that say how those after them are to be read."""
    specialise: Callable[[str], LogFormat] | None = None
    """For such lines, joined by line feeds: the format of the lines after them. Needed where there are `directives`."""
    header: str = ""
    """The lines that this format was specialised by."""

    def after(self, line: str) -> LogFormat:
        """The format of the lines that follow this line."""
        line = line.rstrip("\r")
        found = next((directive for directive in self.directives if line.startswith(directive)), None)
        if found is None or self.specialise is None:
            return self
        others = [one for one in self.header.split("\n") if one and not one.startswith(found)]
        return self.specialise("\n".join([*others, line]))

    @property
    def family(self) -> str:
        """Where its request ids mean something: its name, and one for all format strings, which name the same fields."""
        return "custom" if set(self.name) & {"%", "$"} else self.name

    @property
    def state(self) -> str:
        """Its name and header, from which `detect.named` makes it again."""
        return f"{self.name}\n{self.header}" if self.header else self.name
