r"""The family of the NCSA common log format: one grammar for a single line, one plan for a column of lines.

Sources: Apache's mod_log_config ("combined"; `"` and `\` are escaped by a backslash, other bytes as `\xhh` or `\n`) and
nginx's ngx_http_log_module (`log_format combined`; `"`, `\` and bytes outside 32 to 126 as `\xXX`).
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TYPE_CHECKING

from cta_analytics.logs import address, request, times
from cta_analytics.logs.format import Record

if TYPE_CHECKING:
    from polars import Expr, LazyFrame

# A proxy may pass on a list of addresses where there should be one.
_ADDRESS = r'(?P<address>"?[^ ,"]+(?:, ?[^ ,"]+)*"?) '
# Behind the name of a host stands a number: else the first word of any line would pass for a host.
_NUMERIC = r"(?P<vhost>[^ ]+) (?P<address>(?=[^ ]*[.:])[0-9A-Fa-f.:]+) "
_TIMES = r'(?P<who>.*?)\[(?P<time>[^\]\["]*)\] '
_FAST_TIME = r"^\[[0-9]{2}/[A-Z][a-z]{2}/[0-9]{4}:[0-9]{2}:[0-9]{2}:[0-5][0-9] [+-][0-9]{4}\] $"
_TIME_LENGTH = len("[07/Sep/2026:05:00:00 +0000] ")
_FAST_NUMERIC = r"^[0-9A-Fa-f]*[.:][0-9A-Fa-f.:]*$"
_QUOTED = r'"(?P<{}>(?:[^"\\]|\\.)*)"'
_NUMBERS = r" (?P<status>[0-9]{3}|-) (?:[0-9]+|-)"
_AGENTS = " (?:" + _QUOTED.format("referrer") + "|-) (?:" + _QUOTED.format("user_agent") + "|-)"
# Some servers write a quote inside a value as it is; then the first that lets the rest of the line fit ends the value.
_BARE_REQUEST = r'"(?P<request>.*?)"'
_BARE_AGENTS = r' "(?P<referrer>.*?)" "(?P<user_agent>.*)"'
_TAIL = r"(?P<tail>(?: .*)?)"
# What `cta snippet --server` lets nginx and Apache write behind the user agent.
_GPC = r"^ sec-gpc=1(?: |$)"
# A proxy's log ends in the address that the proxy was told.
_FORWARDED = re.compile(address.ANYWHERE)


def parser(*, vhost: bool = False, agents: bool = True, told: bool = True) -> Callable[[str], Record | str]:
    """The function that reads one line.

    `vhost`: the name of the host stands before it; `agents`: referrer and user agent behind; `told`: behind these may be
    addresses that a proxy was told.
    """
    head = (_NUMERIC if vhost else _ADDRESS) + _TIMES
    shapes = [head + _QUOTED.format("request") + _NUMBERS + (_AGENTS + _TAIL if agents else " ?")]
    shapes.append(head + _BARE_REQUEST + _NUMBERS + (_BARE_AGENTS + _TAIL if agents else " ?"))
    patterns = [re.compile(shape, re.DOTALL) for shape in shapes]
    steps = [
        (re.compile(head, re.DOTALL), "it does not begin with an address and a time in brackets"),
        (re.compile(head + _BARE_REQUEST + _NUMBERS, re.DOTALL), "no quoted request, status and size after the time"),
    ]

    def parse(line: str) -> Record | str:
        for pattern in patterns:
            found = pattern.fullmatch(line)
            if found:
                return _record(found, line, vhost=vhost, agents=agents, told=told)
        for step, reason in steps:
            if not step.match(line):
                return reason
        return "no quoted referrer and user agent at the end" if agents else "more than the common format holds"

    return parse


def _record(found: re.Match[str], line: str, *, vhost: bool, agents: bool, told: bool) -> Record | str:
    at = times.seconds(found["time"])
    if at is None:
        return "the time cannot be read"
    method, target = request.split(found["request"])
    start, end = found.span("address")
    return Record(
        address=address.client(found["address"]),
        at=at,
        method=method,
        target=target,
        status=int(found["status"]) if found["status"] != "-" else 0,
        referrer=(found["referrer"] or "") if agents else "",
        user_agent=(found["user_agent"] or "-") if agents else "",
        rest=line[:start] + line[end : found.start("tail")] + _FORWARDED.sub("", found["tail"])
        if agents and told
        else line[:start] + line[end:],
        host=found["vhost"] if vhost else "",
        no_tracking=agents and re.search(_GPC, found["tail"]) is not None,
    )


def columns(*, vhost: bool = False, agents: bool = True, told: bool = True) -> Callable[[LazyFrame], LazyFrame]:
    """The plan that reads a column of lines, for lines of the plain shape; `fits` is false for any other.

    A line is split at its quotes at once: one regular expression takes six times as long on 3 million lines, and to cut
    off one field after the other twice as long.
    """

    def plan(lines: LazyFrame) -> LazyFrame:
        import polars as pl

        col = pl.col
        parts = col("line").str.split('"')
        names = (
            ("_head", "_request", "_numbers", "referrer", "_between", "user_agent", "_tail")
            if agents
            else ("_head", "_request", "_numbers")
        )
        frame = lines.with_columns(
            *(parts.list.get(number, null_on_oob=True).alias(name) for number, name in enumerate(names)),
            _parts=parts.list.len(),
        )
        words = col("_request").str.split(" ")
        # The address begins where the name of the host ends.
        after = _find(col("_head"), " ") + 1 if vhost else pl.lit(0, pl.UInt32)
        frame = frame.with_columns(
            *(
                words.list.get(number, null_on_oob=True).alias(name)
                for number, name in enumerate(("method", "target", "_protocol"))
            ),
            _words=words.list.len(),
            _after=after,
            _time=col("_head").str.tail(_TIME_LENGTH),
        ).with_columns(_from=_cut(col("_head"), col("_after")) if vhost else col("_head"))
        frame = frame.with_columns(_blank=_find(col("_from"), " ") + col("_after")).with_columns(
            address=_cut(col("_head"), col("_after"), col("_blank") - col("_after")),
            rest=_cut(col("line"), col("_blank")),
            host=pl.lit(""),
            request_id=pl.lit(""),
        )
        if vhost:
            frame = frame.with_columns(
                rest=pl.concat_str(_cut(col("line"), 0, col("_after")), col("rest")),
                host=_cut(col("_head"), 0, col("_after") - 1),
            )
        if agents and told:
            # All behind the user agent; its quote is one byte, so that no character is cut.
            behind = pl.sum_horizontal(col(name).str.len_bytes() + 1 for name in names[:-1])
            frame = frame.with_columns(_tail_on=_cut(col("line"), behind))
        fits = [
            ~col("line").str.contains('\\"', literal=True),
            col("_blank") > col("_after"),
            col("address").str.contains(_FAST_NUMERIC) if vhost else ~col("address").str.contains(","),
            col("_head").str.len_bytes() > col("_blank") + _TIME_LENGTH,
            col("_time").str.contains(_FAST_TIME),
            col("_words") == 3,
            col("method").str.contains("^[A-Z]+$"),
            col("target").str.starts_with("/"),
            col("_protocol").str.contains(r"^HTTP/[0-9]\.[0-9]$"),
            col("_numbers").str.contains(r"^ [0-9]{3} (?:[0-9]+|-) $" if agents else r"^ [0-9]{3} (?:[0-9]+|-) ?$"),
        ]
        if agents:
            # A quote may stand in what follows the user agent, but not before it.
            fits += [
                col("_between") == " ",
                (col("_tail") == "") & (col("_parts") == 7) | col("_tail").str.starts_with(" "),
            ]
            if told:
                fits.append(~col("_tail_on").str.contains(address.ANYWHERE))
        else:
            fits.append(col("_parts") == 3)
            frame = frame.with_columns(referrer=pl.lit(""), user_agent=pl.lit(""), _tail=pl.lit(""))
        return frame.with_columns(
            at=col("_time").str.to_datetime("[%d/%b/%Y:%H:%M:%S %z] ", strict=False, cache=True).dt.epoch("s"),
            status=col("_numbers").str.slice(1, 3).cast(pl.Int16, strict=False),
            user_agent=pl.when(col("user_agent") == "").then(pl.lit("-")).otherwise("user_agent")
            if agents
            else pl.lit(""),
            no_tracking=col("_tail").str.contains(_GPC).fill_null(False),
        ).with_columns(fits=pl.all_horizontal(*fits, col("at").is_between(0, times.LAST)).fill_null(False))

    return plan


def _find(text: Expr, what: str) -> Expr:
    return text.str.find(what, literal=True)


def _cut(text: Expr, start: Expr | int, length: Expr | int | None = None) -> Expr:
    import polars as pl

    # Only ever at the place of a character that was found: elsewhere a cut may fall into one.
    return text.cast(pl.Binary).bin.slice(start, length).cast(pl.String)


_ESCAPE = re.compile(r"(?:\\x[0-9A-Fa-f]{2})+|\\[\"\\nrtbfv]")
_PLAIN_ESCAPES = {
    '\\"': '"',
    "\\\\": "\\",
    "\\n": "\n",
    "\\r": "\r",
    "\\t": "\t",
    "\\b": "\b",
    "\\f": "\f",
    "\\v": "\v",
}


def unescape(text: str) -> str:
    r"""The text that was logged: `\xNN` are bytes of UTF-8, `\"` and its like single characters."""
    return _ESCAPE.sub(_unescaped, text) if "\\" in text else text


def _unescaped(found: re.Match[str]) -> str:
    known = _PLAIN_ESCAPES.get(found[0])
    return known if known is not None else bytes.fromhex(found[0].replace("\\x", "")).decode("utf-8", "replace")
