"""Traefik's access log, in both of its formats: its own extension of combined, and JSON."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from cta_analytics.logs import ncsa
from cta_analytics.logs.format import LogFormat, Record
from cta_analytics.logs.json_object import Places, parser

if TYPE_CHECKING:
    from polars import LazyFrame

_HEADER = "request_"
_TAIL = r' [0-9]+ "[^"]*" "[^"]*" [0-9]+ms$'
_OBJECT = "{"
_has_tail = re.compile(_TAIL).search
_combined = ncsa.parser(told=False)
_columns = ncsa.columns(told=False)
_json = parser(
    Places(
        at=("StartUTC", "StartLocal", "time"),
        status=("DownstreamStatus",),
        method=("RequestMethod",),
        target=("RequestPath",),
        address=("ClientHost",),
        peer=("ClientAddr",),
        forwarded=(f"{_HEADER}X-Forwarded-For", f"{_HEADER}X-Real-Ip"),
        referrer=(f"{_HEADER}Referer",),
        user_agent=(f"{_HEADER}User-Agent",),
        host=("RequestHost",),
        request_id=(f"{_HEADER}X-Request-Id",),
        purpose=tuple(f"{_HEADER}{name}" for name in ("Sec-Purpose", "Purpose", "X-Purpose", "X-Moz")),
        no_tracking=(f"{_HEADER}Sec-Gpc", f"{_HEADER}Dnt"),
        marks=("DownstreamStatus", "entryPointName"),
    )
)


def _parse(line: str) -> Record | str:
    if not _has_tail(line):
        return (
            _json(line)
            if _OBJECT in line
            else "neither JSON nor a combined line with the router, the server and the time"
        )
    return _combined(line)


def _plan(lines: LazyFrame) -> LazyFrame:
    import polars as pl

    return _columns(lines).with_columns(fits=pl.col("fits") & pl.col("line").str.contains(_TAIL))


FORMAT = LogFormat(
    name="traefik",
    title="Traefik's access log: its own common format, or JSON",
    about=(
        "A line of Traefik's common format is a combined line with the number of the request, the router, the server and "
        "the milliseconds behind it; referrer and user agent are `-` unless Traefik is told to keep these headers. In JSON "
        "`StartUTC`, `ClientHost`, `RequestMethod`, `RequestPath`, `RequestHost`, `DownstreamStatus`, "
        "`request_User-Agent`, `request_Referer`, `request_Sec-Gpc` and `request_Dnt` are read. `genericCLF` is "
        "`combined`. Source: Traefik's "
        "documentation of access logs (<https://doc.traefik.io/traefik/observability/access-logs/>)."
    ),
    order=5,
    parse=_parse,
    columns=_plan,
    unescape=ncsa.unescape,
)
