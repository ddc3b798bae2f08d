"""Amazon CloudFront: standard logs as tab-separated rows or JSON objects, and real-time logs with `#Fields`."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING
from urllib.parse import unquote

from cta_analytics.logs import extended
from cta_analytics.logs.format import LogFormat, Record
from cta_analytics.logs.json_object import decoded

if TYPE_CHECKING:
    from polars import Expr, LazyFrame

Reading = tuple[Callable[[str], Record | str], Callable[["LazyFrame"], "LazyFrame"] | None]

# The 24 columns that each version has; newer ones have more behind them.
_NAMES = (
    "date", "time", "x-edge-location", "sc-bytes", "c-ip", "cs-method", "cs(Host)", "cs-uri-stem", "sc-status",
    "cs(Referer)", "cs(User-Agent)", "cs-uri-query", "cs(Cookie)", "x-edge-result-type", "x-edge-request-id",
    "x-host-header", "cs-protocol", "cs-bytes", "time-taken", "x-forwarded-for", "ssl-protocol", "ssl-cipher",
    "x-edge-response-result-type", "cs-protocol-version",
)  # fmt: skip
_LOCATION = re.compile(r"[A-Z]{3}[0-9A-Z]{1,4}(?:-[A-Z][0-9]+)?")
_EDGE = "x-edge-"
_TWICE = re.compile(r"%25([0-9A-Fa-f]{2})")


def _target(text: str) -> str:
    """What was asked for: where every percent sign is itself encoded, CloudFront encoded what was encoded already."""
    if "%25" not in text or len(_TWICE.findall(text)) != text.count("%"):
        return text
    return _TWICE.sub(r"%\1", text)


def _agent(text: str) -> str:
    return unquote(_target(text)) if "%" in text else text


def _agents(text: Expr) -> Expr:
    return text.str.replace_all("%20", " ", literal=True)


def _plan(layout: extended.Layout) -> Callable[[LazyFrame], LazyFrame] | None:
    columns = extended.columns(layout, "\t", _agents, lambda line: ~line.str.contains("%25", literal=True))
    if columns is None:
        return None

    def plan(lines: LazyFrame) -> LazyFrame:
        import polars as pl

        # Blanks are nearly all that is encoded in a user agent.
        return columns(lines).with_columns(fits=pl.col("fits") & ~pl.col("user_agent").str.contains("%", literal=True))

    return plan


def _row(layout: extended.Layout, line: str) -> Record | str:
    return extended.record(layout, line.split("\t"), line, _target, _agent)


@lru_cache(maxsize=64)
def _layout(names: tuple[str, ...]) -> extended.Layout | None:
    return extended.layout(names) if any(name.startswith(_EDGE) for name in names) else None


def _object(line: str) -> Record | str:
    found = decoded(line)
    if isinstance(found, str):
        return found
    layout = _layout(tuple(found))
    if layout is None:
        return "no columns of CloudFront: a time, sc-status, cs-uri-stem and one that begins with x-edge-"
    return extended.record(layout, _texts(list(found.values())), line, _target, _agent)


def _texts(values: Sequence[object]) -> list[str]:
    return ["-" if value is None else str(value) for value in values]


def _without_fields(line: str) -> Record | str:
    if line.startswith("{"):
        return _object(line)
    values = line.split("\t")
    layout = _layout(_NAMES[: len(values)])
    if layout is None or not _LOCATION.fullmatch(values[2]):
        return "neither a JSON object nor the columns of a standard log, separated by tabs"
    return _row(layout, line)


@lru_cache(maxsize=64)
def _reading(names: tuple[str, ...]) -> Reading:
    layout = _layout(names)
    if layout is None:
        return (lambda line: f"{extended.FIELDS} names no time, status and URL, or no column of CloudFront"), None
    return (lambda line: _row(layout, line)), _plan(layout)


def _specialise(header: str) -> LogFormat:
    return _format(*_reading(tuple(header.removeprefix(extended.FIELDS).split())), header)


def _format(
    parse: Callable[[str], Record | str], columns: Callable[[LazyFrame], LazyFrame] | None, header: str = ""
) -> LogFormat:
    return LogFormat(
        name="cloudfront",
        title="Amazon CloudFront: standard logs (rows or JSON), real-time logs",
        about=(
            "The line `#Fields:` names the columns; without one they are those of the standard log, in its order. Read are "
            "`date` and `time` (or `timestamp`, `timestamp(ms)`), `c-ip`, `cs-method`, `cs-uri-stem`, `cs-uri-query`, "
            "`sc-status` (`000` where the reader left before an answer), `cs(Referer)`, `cs(User-Agent)`, `x-host-header` "
            "and `x-edge-request-id`; of real-time logs also `cs-headers`, for `Sec-GPC` and `DNT`. "
            "JSON objects of the newer delivery have the same names; Parquet is not read. What "
            "CloudFront encoded twice (`%2520`) is decoded once more. Source: AWS, standard logging reference "
            "(<https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/standard-logs-reference.html>)."
        ),
        order=5,
        parse=parse,
        columns=columns,
        directives=(extended.FIELDS,),
        specialise=_specialise,
        header=header,
    )


FORMAT = _format(_without_fields, None)
