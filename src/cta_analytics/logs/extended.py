"""The W3C extended log file format: rows whose columns a line `#Fields: …` names, whoever writes it.

Source: W3C working draft WD-logfile (<https://www.w3.org/TR/WD-logfile.html>); times are UTC.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from cta_analytics.logs import address, request, times
from cta_analytics.logs.format import Record

if TYPE_CHECKING:
    from polars import Expr, LazyFrame

FIELDS = "#Fields:"
DATE = "#Date:"

_NAMES = {
    "day": ("date",),
    "time": ("time",),
    "instant": ("timestamp", "timestamp(ms)"),
    "address": ("c-ip",),
    "forwarded": ("x-forwarded-for", "cs(x-forwarded-for)", "s-xff"),
    "method": ("cs-method",),
    "path": ("cs-uri-stem",),
    "query": ("cs-uri-query",),
    "url": ("cs-uri",),
    "status": ("sc-status",),
    "referrer": ("cs(referer)", "cs(referrer)", "cs-referer"),
    "user_agent": ("cs(user-agent)", "cs-user-agent"),
    "host": ("x-host-header", "cs-host", "cs(host)"),
    "request_id": ("x-edge-request-id",),
    "gpc": ("cs(sec-gpc)",),
    "dnt": ("cs(dnt)",),
    "headers": ("cs-headers",),
}
# All headers of a request in one column, `Name:value`, parted by line feeds, which are encoded as in a URL.
_GPC = r"(?i)(?:^|%0A)(?:Sec-GPC|DNT):(?: |%20|\+)?1(?:%0D)?(?:%0A|$)"
_asks = re.compile(_GPC).search


@dataclass(frozen=True, slots=True)
class Layout:
    """Which column is what; `day` stands for the date of rows that hold only a time."""

    places: Mapping[str, int]
    width: int
    """Columns that a row has."""
    needed: int
    """Columns up to the last that is read."""
    day: str = ""


def layout(names: Sequence[str], day: str = "") -> Layout | None:
    """The layout of these columns, or None where they do not say when what was asked for, and how it ended."""
    found = {name.lower(): number for number, name in reversed(list(enumerate(names)))}
    places = {
        field: found[name]
        for field, known in _NAMES.items()
        if (name := next((name for name in known if name in found), None)) is not None
    }
    has_time = "instant" in places or ("time" in places and ("day" in places or day))
    if not has_time or "status" not in places or not {"path", "url"} & set(places):
        return None
    return Layout(places, len(names), max(places.values()) + 1, day)


def record(
    layout: Layout, values: Sequence[str], line: str, target: Callable[[str], str], agent: Callable[[str], str]
) -> Record | str:
    """The record of a row; `target` decodes what stands in a URL, `agent` a user agent."""
    if len(values) < layout.needed:
        return f"{len(values)} of the {layout.width} columns that {FIELDS} names"

    def value(field: str) -> str:
        return values[layout.places[field]] if field in layout.places else ""

    at = _at(layout, value)
    if at is None:
        return "the time cannot be read"
    status = value("status")
    if status not in request.ABSENT and not (status.isascii() and status.isdecimal() and len(status) <= 3):
        return "the status is no number of three digits"
    url = value("path") or value("url")
    host, path = request.on_host(url)
    if "path" not in layout.places and not host and not path.startswith("/"):
        host, slash, path = path.partition("/")
        path = slash + path
    method, asked = request.of(
        value("method") if "method" in layout.places else "GET", request.joined(target(path), target(value("query")))
    )
    addresses = ",".join(text for text in (value("address"), value("forwarded")) if text)
    user_agent = value("user_agent")
    logged_host = value("host")
    return Record(
        address=address.client(addresses),
        at=at,
        method=method,
        target=asked,
        status=int(status) if status not in request.ABSENT else 0,
        referrer=target(value("referrer")),
        user_agent=(agent(user_agent) or "-") if "user_agent" in layout.places else "",
        rest=address.cut(line, address.each(addresses)),
        host=logged_host if logged_host not in request.ABSENT else host,
        request_id=value("request_id") if method and value("request_id") != "-" else "",
        no_tracking="1" in (value("gpc"), value("dnt")) or _asks(value("headers")) is not None,
    )


def _at(layout: Layout, value: Callable[[str], str]) -> int | None:
    if "instant" in layout.places:
        return times.instant(value("instant"))
    try:
        at = datetime.fromisoformat(f"{value('day') or layout.day}T{value('time')}+00:00")
    except ValueError:
        return None
    return int(at.timestamp()) if 1970 < at.year <= 2199 else None


def columns(
    layout: Layout, separator: str, agent: Callable[[Expr], Expr], plain: Callable[[Expr], Expr]
) -> Callable[[LazyFrame], LazyFrame] | None:
    """The plan that reads a column of rows, for rows of the plain shape; None where such rows lack something usual.

    `agent` decodes a user agent; `plain` says whether in a line nothing else is encoded.
    """
    places = layout.places
    if not {"day", "time", "address", "method", "path", "status"} <= set(places):
        return None

    def plan(lines: LazyFrame) -> LazyFrame:
        import polars as pl

        col, line = pl.col, pl.col("line")
        frame = lines.with_columns(_parts=line.str.split(separator)).with_columns(
            **{f"_{field}": col("_parts").list.get(number, null_on_oob=True) for field, number in places.items()}
        )

        def value(field: str) -> Expr:
            return col(f"_{field}") if field in places else pl.lit("")

        frame = frame.with_columns(_found=line.str.find(value("address"), literal=True)).with_columns(
            rest=pl.concat_str(
                _cut(line, 0, col("_found")), _cut(line, col("_found") + value("address").str.len_bytes())
            ),
        )
        query = value("query").str.strip_prefix("?")
        fits = [
            col("_parts").list.len() == layout.width,
            value("day").str.contains("^[0-9]{4}-[0-9]{2}-[0-9]{2}$"),
            value("time").str.contains("^[0-9]{2}:[0-9]{2}:[0-5][0-9]$"),
            value("method").str.contains("^[A-Z]{1,32}$"),
            value("path").str.starts_with("/") & ~value("path").str.contains("?", literal=True),
            value("status").str.contains("^[0-9]{3}$"),
            value("address").str.contains("^[0-9A-Fa-f.:]{3,}$"),
            ~col("rest").str.contains(value("address"), literal=True),
            value("forwarded").is_in(["", "-"]),
            plain(line),
        ]
        if separator == " ":
            # Several blanks part two columns, and none stands before the first.
            fits.append(~line.str.contains("^ |  | $"))
        return frame.with_columns(
            address=value("address"),
            at=pl.concat_str(value("day"), value("time"), separator=" ")
            .str.to_datetime("%Y-%m-%d %H:%M:%S", strict=False)
            .dt.epoch("s"),
            method=value("method"),
            target=pl.when(value("query").is_in(["", "-"]))
            .then(value("path"))
            .otherwise(pl.concat_str(value("path"), pl.lit("?"), query)),
            status=value("status").cast(pl.Int16, strict=False),
            referrer=value("referrer"),
            user_agent=pl.when(value("user_agent") == "").then(pl.lit("-")).otherwise(agent(value("user_agent")))
            if "user_agent" in places
            else pl.lit(""),
            host=pl.when(value("host") == "-").then(pl.lit("")).otherwise(value("host")),
            request_id=pl.when(value("request_id") == "-").then(pl.lit("")).otherwise(value("request_id")),
            no_tracking=(value("gpc") == "1") | (value("dnt") == "1") | value("headers").str.contains(_GPC),
        ).with_columns(
            fits=pl.all_horizontal(*fits, col("at").is_between(31_536_000, times.LAST)).fill_null(value=False)
        )

    return plan


def _cut(text: Expr, start: Expr | int, length: Expr | int | None = None) -> Expr:
    import polars as pl

    return text.cast(pl.Binary).bin.slice(start, length).cast(pl.String)
