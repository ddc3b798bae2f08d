"""Formats that a site made itself: its format string, as written in the configuration, compiled to a parser."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Sequence

from cta_analytics.errors import CtaError
from cta_analytics.logs import FORMATS, address, ncsa, request, times
from cta_analytics.logs.format import LogFormat, Record
from cta_analytics.logs.format_string import (
    ADDRESS,
    FORWARDED,
    HOST,
    METHOD,
    NO_TRACKING,
    PATH,
    PURPOSE,
    QUERY,
    REFERRER,
    REQUEST,
    REQUEST_ID,
    STATUS,
    TARGET,
    TIME,
    USER_AGENT,
    Field,
    Layout,
    Part,
    read,
)
from cta_analytics.logs.format_string import is_format_string as is_format_string

_TEXTS = frozenset({REQUEST, REFERRER, USER_AGENT, "user"})
"""What may hold blanks without quotes around it."""
_KEPT = frozenset(
    {
        REQUEST,
        METHOD,
        TARGET,
        PATH,
        QUERY,
        STATUS,
        REFERRER,
        USER_AGENT,
        HOST,
        REQUEST_ID,
        ADDRESS,
        FORWARDED,
        NO_TRACKING,
        PURPOSE,
    }
)
_LETTERS = {ADDRESS: "A", TIME: "T", REQUEST: "R", STATUS: "S", REFERRER: "F", USER_AGENT: "U", HOST: "H"}
_KNOWN = {
    'A - - [T] "R" S - "F" "U"': "combined",
    'A - - [T] "R" S -': "common",
    'H A - - [T] "R" S - "F" "U"': "vhost_combined",
    'H:- A - - [T] "R" S - "F" "U"': "vhost_combined",
    'H A - - [T] "R" S -': "vhost_common",
    'H:- A - - [T] "R" S -': "vhost_common",
}


def compiled(text: str) -> LogFormat:
    """The format that a format string of Apache or nginx, or a whole `LogFormat` or `log_format` directive, makes.

    Where the string is one of the known formats, with nothing behind it that is read, it is that format.

    Raises: CtaError where it says not when, what was asked for and how that ended.
    """
    layout = read(text)
    fields = [part for part in layout.parts if isinstance(part, Field)]
    roles = {field.role for field in fields}
    for missing, what in (
        (TIME not in roles, "time ($time_local, $time_iso8601, $msec; %t)"),
        (not roles & {REQUEST, TARGET, PATH}, 'request ("$request", $request_uri; "%r", %U%q)'),
        (STATUS not in roles, "status ($status; %>s)"),
    ):
        if missing:
            raise CtaError(f'the log format "{_short(text)}" has no {what}; add it to the format string')
    _check_zone(layout, text)
    known = _known(layout)
    if known is not None:
        return known
    return LogFormat(
        name=layout.written,
        title=f"format string of {layout.server}",
        parse=_parser(layout.parts),
        unescape=_unescape_json if layout.is_json else ncsa.unescape,
    )


def _short(text: str) -> str:
    return f"{text[:60]}…" if len(text) > 60 else text


def _check_zone(layout: Layout, text: str) -> None:
    formats = " ".join(part.format for part in layout.parts if isinstance(part, Field) and part.format)
    if formats and "%z" not in formats:
        raise CtaError(f'the log format "{_short(text)}" has a time without a zone; add %z to it, or log %t')


def _known(layout: Layout) -> LogFormat | None:
    if layout.is_json or any(isinstance(part, Field) and part.format for part in layout.parts):
        return None
    drawn = "".join(part if isinstance(part, str) else _LETTERS.get(part.role, "-") for part in layout.parts)
    for shape, name in _KNOWN.items():
        if drawn == shape:
            return FORMATS[name]
        behind = drawn.removeprefix(shape)
        # More may follow the combined format, where none of it is read.
        if shape.endswith('"U"') and behind != drawn and behind.startswith(" ") and not _reads_behind(layout.parts):
            return FORMATS[name]
    return None


def _reads_behind(parts: Sequence[Part]) -> bool:
    agent = next(n for n, part in enumerate(parts) if isinstance(part, Field) and part.role == USER_AGENT)
    return any(isinstance(part, Field) and part.role in _KEPT for part in parts[agent + 1 :])


def _parser(parts: Sequence[Part]) -> Callable[[str], Record | str]:
    pieces, groups = _pieces(parts)
    pattern = re.compile("".join(pieces) + r"[ \t]*", re.DOTALL)
    # Which part of the format a line departs from is told by how many of its parts it fits.
    prefixes = [re.compile("".join(pieces[: n + 1]), re.DOTALL) for n in range(len(pieces))]
    time_fields = [(group, field) for group, field in groups if field.role == TIME]
    addresses = [group for group, field in groups if field.role in {ADDRESS, FORWARDED}]
    addresses.sort(key=lambda group: next(field.role for name, field in groups if name == group) != ADDRESS)
    wishes = [group for group, field in groups if field.role == NO_TRACKING]
    purposes = [group for group, field in groups if field.role == PURPOSE]
    by_role = {field.role: group for group, field in reversed(groups)}

    def parse(line: str) -> Record | str:
        found = pattern.fullmatch(line)
        if not found:
            fits = next((n for n, prefix in enumerate(prefixes) if not prefix.match(line)), len(parts))
            return (
                f"it departs from the format at {_written(parts[fits])}"
                if fits < len(parts)
                else "more than the format holds"
            )
        at = _at(time_fields, found)
        if at is None:
            return "the time cannot be read"

        def value(role: str) -> str:
            return (found[by_role[role]] or "") if role in by_role else ""

        if REQUEST in by_role:
            method, url = request.split(value(REQUEST))
        else:
            path = value(TARGET) or value(PATH)
            method, url = request.of(value(METHOD) if METHOD in by_role else "GET", request.joined(path, value(QUERY)))
        host, target = request.on_host(url)
        status = value(STATUS)
        return Record(
            address=address.client(",".join(found[group] for group in addresses)),
            at=at,
            method=method,
            target=target,
            status=int(status) if status.isdecimal() else 0,
            referrer=value(REFERRER),
            user_agent=(value(USER_AGENT) or "-") if USER_AGENT in by_role else "",
            rest=address.cut(line, [one for group in addresses for one in address.each(found[group])]),
            host=host or value(HOST).removeprefix("-"),
            request_id=value(REQUEST_ID).removeprefix("-") if method else "",
            no_tracking=any(found[group] == "1" for group in wishes),
            prefetch=any(request.is_prefetch(found[group]) for group in purposes),
        )

    return parse


def _written(part: Part) -> str:
    return part.written if isinstance(part, Field) else f'"{part}"'


def _at(fields: Sequence[tuple[str, Field]], found: re.Match[str]) -> int | None:
    formats = [field.format for _, field in fields if field.format]
    if not formats:
        return times.instant(found[fields[0][0]])
    text = " ".join(found[group] for group, field in fields if field.format)
    return times.formatted(text, " ".join(formats))


def _pieces(parts: Sequence[Part]) -> tuple[list[str], list[tuple[str, Field]]]:
    """A regular expression for each part, and which group holds which field."""
    pieces: list[str] = []
    groups: list[tuple[str, Field]] = []
    for number, part in enumerate(parts):
        if isinstance(part, str):
            pieces.append(re.escape(part))
            continue
        before = parts[number - 1] if number else ""
        after = parts[number + 1] if number + 1 < len(parts) else ""
        begins = before[-1:] if isinstance(before, str) else ""
        ends = after[:1] if isinstance(after, str) else ""
        group = f"g{number}"
        groups.append((group, part))
        pieces.append(f"(?P<{group}>{_values(part, begins, ends, is_last=number + 1 == len(parts))})")
    return pieces, groups


def _values(field: Field, begins: str, ends: str, *, is_last: bool) -> str:
    """What a field may hold: up to the quote or bracket that ends it, else up to the next blank."""
    if begins == ends == '"':
        return r'(?:[^"\\]|\\.)*'
    if begins == "[" and ends == "]":
        return r"[^\]]*"
    if field.role == STATUS:
        return "[0-9]{3}|-"
    if field.role in {ADDRESS, FORWARDED}:
        return '[^ ,"]+(?:, ?[^ ,"]+)*'
    if field.role == HOST:
        return '[^ /"]*'
    if field.role == PATH and ends != '"':
        return '[^ ?"]*'
    if field.role == TIME:
        return r".+?" if field.format or ends != " " else "[^ ]+"
    if field.role in _TEXTS or not ends:
        return ".*" if is_last else ".*?"
    # nginx writes one value for each server that it asked, with a comma or a colon between them.
    return "[^ ]*(?:(?:, | : )[^ ]*)*" if ends == " " else f"[^{re.escape(ends)}]*"


def _unescape_json(text: str) -> str:
    if "\\" not in text:
        return text
    try:
        return str(json.loads(f'"{text}"'))
    except ValueError:
        return ncsa.unescape(text)
