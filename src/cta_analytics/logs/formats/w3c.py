"""The W3C extended log format, as IIS and others write it: `#Fields:` names the columns."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache
from typing import TYPE_CHECKING

from cta_analytics.logs import extended
from cta_analytics.logs.format import LogFormat, Record

if TYPE_CHECKING:
    from polars import Expr, LazyFrame

Reading = tuple[Callable[[str], Record | str], Callable[["LazyFrame"], "LazyFrame"] | None]

_TOKEN = re.compile(r'"(?:[^"]|"")*"(?=[ \t]|$)|[^ \t]+')
_EDGE = "x-edge-"
"""What the columns begin with that only CloudFront has."""
# IIS 7 and later, and IIS before 8.5, which had no referrer in it: for rows that no #Fields line is known of.
_IIS = (
    "date", "time", "s-ip", "cs-method", "cs-uri-stem", "cs-uri-query", "s-port", "cs-username", "c-ip", "cs(User-Agent)",
    "cs(Referer)", "sc-status", "sc-substatus", "sc-win32-status", "time-taken",
)  # fmt: skip
_REFERRER = _IIS.index("cs(Referer)")
_DEFAULTS = tuple(
    made for names in (_IIS, _IIS[:_REFERRER] + _IIS[_REFERRER + 1 :]) if (made := extended.layout(names)) is not None
)
_LINK = re.compile(r"([ (]) (https?:)")


def _values(line: str) -> list[str]:
    """The values of a row: a value with blanks stands in quotes, which are doubled inside."""
    if "\t" in line and '"' not in line:
        return line.split("\t")
    return [
        token[1:-1].replace('""', '"') if len(token) > 1 and token[0] == token[-1] == '"' else token
        for token in _TOKEN.findall(line)
    ]


def _agent(text: str) -> str:
    """The user agent as sent: IIS writes `+` for each blank, so the plus of `(+http://…` is one of two or follows a bracket."""
    return text if " " in text else _LINK.sub(r"\1+\2", text.replace("+", " "))


def _agents(text: Expr) -> Expr:
    return text.str.replace_all("+", " ", literal=True).str.replace_all(r"([ (]) (https?:)", "${1}+${2}")


def _plain(line: Expr) -> Expr:
    import polars as pl

    return ~pl.any_horizontal(*(line.str.contains(mark, literal=True) for mark in ('"', "\t", "  ", "#Fields"))) & ~(
        line.str.starts_with("#")
    )


def _row(line: str, layouts: tuple[extended.Layout, ...]) -> Record | str:
    values = _values(line)
    reason = ""
    for layout in layouts:
        # A row that has not the columns that were announced may still have those of the default.
        if layout in _DEFAULTS and not _is_default(layout, values):
            continue
        found = extended.record(layout, values, line, str, _agent)
        if isinstance(found, Record):
            return found
        reason = reason or found
    return (
        reason
        or f"no line that begins with {extended.FIELDS} before it, and not the columns that IIS writes by default"
    )


def _is_default(layout: extended.Layout, values: list[str]) -> bool:
    # Administrators add a column or two at the end. A status where the referrer should be tells the older order.
    return layout.width <= len(values) <= layout.width + 2 and (
        "referrer" not in layout.places or not values[_REFERRER].isdecimal()
    )


def _without_fields(line: str) -> Record | str:
    return _row(line, _DEFAULTS)


@lru_cache(maxsize=64)
def _reading(names: tuple[str, ...], day: str) -> Reading:
    """How rows with these columns are read: the same function for the same columns, so that they are read together."""
    layout = None if any(name.lower().startswith(_EDGE) for name in names) else extended.layout(names, day)
    if layout is None:
        return (lambda line: f"{extended.FIELDS} names no time, status and URL, or columns of another format"), None
    layouts = (layout, *_DEFAULTS)
    return (lambda line: _row(line, layouts)), extended.columns(layout, " ", _agents, _plain)


def _specialise(header: str) -> LogFormat:
    lines = dict(line.split(":", 1) for line in header.split("\n"))
    if "#Fields" not in lines:
        return _format(_without_fields, None, header)
    names = tuple(lines["#Fields"].split())
    day = "" if "date" in names else lines.get("#Date", "").strip()[:10]
    return _format(*_reading(names, day), header)


def _format(
    parse: Callable[[str], Record | str], columns: Callable[[LazyFrame], LazyFrame] | None, header: str = ""
) -> LogFormat:
    return LogFormat(
        name="w3c",
        title="W3C extended, as IIS writes it: #Fields names the columns",
        about=(
            "The line `#Fields:` names the columns of the rows after it; it may come again, with other columns, in the "
            "middle of a file. Read are `date` and `time` (UTC; where rows hold only a time, the date of `#Date:`), `c-ip`, "
            "`cs-method`, `cs-uri-stem` and `cs-uri-query` (or `cs-uri`), `sc-status`, `cs(Referer)`, `cs(User-Agent)` (`+` "
            "for each blank) and `cs-host`; a value with blanks may stand in quotes. Rows before any `#Fields:` are read as "
            "IIS writes them by default. Sources: W3C working draft (<https://www.w3.org/TR/WD-logfile.html>); Microsoft, "
            "W3C logging (<https://learn.microsoft.com/windows/win32/http/w3c-logging>)."
        ),
        aliases=("iis",),
        order=3,
        parse=parse,
        columns=columns,
        directives=(extended.FIELDS, extended.DATE),
        specialise=_specialise,
        header=header,
    )


FORMAT = _format(_without_fields, None)
