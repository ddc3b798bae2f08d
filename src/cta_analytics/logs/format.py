"""What a log format is: one line in, one record or a reason out."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from polars import LazyFrame


@dataclass(frozen=True, slots=True)
class Record:
    """What a line says of one request. Texts stand as logged; `LogFormat.unescape` decodes them."""

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
    """The line without the address: what tells one line from another."""


@dataclass(frozen=True, slots=True)
class LogFormat:
    """A log format, as a value: it keeps nothing between two lines."""

    name: str
    title: str
    parse: Callable[[str], Record | str]
    """The record of a line, or the reason why it is not understood. The reference for `columns`."""
    order: int = 0
    """Where two formats fit the same lines, the higher is meant."""
    columns: Callable[[LazyFrame], LazyFrame] | None = None
    """For a frame of `line`: the fields of `Record` as columns, and `fits`, false where only `parse` can tell."""
    unescape: Callable[[str], str] = str
    """Decodes the escapes that the server writes into texts."""
