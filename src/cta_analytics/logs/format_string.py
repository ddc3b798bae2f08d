"""Format strings of Apache's `LogFormat` and nginx's `log_format`, taken apart.

Sources: Apache mod_log_config, custom log formats (<https://httpd.apache.org/docs/2.4/mod/mod_log_config.html#formats>);
nginx ngx_http_log_module (<https://nginx.org/en/docs/http/ngx_http_log_module.html#log_format>).
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

ADDRESS, FORWARDED, HOST, USER, TIME = "address", "forwarded", "host", "user", "time"
REQUEST, METHOD, TARGET, PATH, QUERY, STATUS = "request", "method", "target", "path", "query", "status"
REFERRER, USER_AGENT, REQUEST_ID, OTHER = "referrer", "user_agent", "request_id", "other"
NO_TRACKING = "no_tracking"
"""`Sec-GPC` or `DNT`: 1 where the visitor does not want to be tracked."""
PURPOSE = "purpose"
"""`Sec-Purpose` and its forerunners: `prefetch` where a browser loads ahead what may be asked for next."""


@dataclass(frozen=True, slots=True)
class Field:
    """A place in the format that holds a value."""

    role: str
    written: str
    """As it stands in the format string."""
    format: str = ""
    """Of a time: its strftime format; empty where `times.instant` reads it."""


Part = str | Field
"""What stands between the values, or a value."""


@dataclass(frozen=True, slots=True)
class Layout:
    """A format string, taken apart."""

    server: str
    written: str
    """As given, on one line."""
    parts: tuple[Part, ...]
    is_json: bool
    """Whether values are escaped as JSON escapes them."""


_NGINX = re.compile(r"\$(?:\{(?P<braced>[a-z0-9_]+)\}|(?P<name>[a-z][a-z0-9_]*))", re.IGNORECASE)
_APACHE = re.compile(
    r"%(?:[<>]|!?[0-9]{3}(?:,[0-9]{3})*)*(?:\{(?P<argument>[^}]*)\})?[<>]?(?P<letter>\^[A-Za-z]{2}|[A-Za-z%])"
)
_NGINX_DIRECTIVE = re.compile(r"\s*log_format\s+\S+(?:\s+escape=(?P<escape>\w+))?\s+(?P<text>.+?)\s*;?\s*", re.DOTALL)
_APACHE_DIRECTIVE = re.compile(
    r'\s*(?:LogFormat|CustomLog\s+\S+)\s+"(?P<text>(?:[^"\\]|\\.)*)".*', re.DOTALL | re.IGNORECASE
)
_QUOTED = re.compile(r"""'((?:[^'\\]|\\.)*)'|"((?:[^"\\]|\\.)*)\"""")
_ESCAPES = {'\\"': '"', "\\'": "'", "\\\\": "\\", "\\t": "\t", "\\n": "\n"}

_VARIABLES = {
    "remote_addr": ADDRESS, "remote_user": USER, "request": REQUEST, "request_method": METHOD, "request_uri": TARGET,
    "uri": PATH, "document_uri": PATH, "args": QUERY, "query_string": QUERY, "status": STATUS, "http_referer": REFERRER,
    "http_user_agent": USER_AGENT, "host": HOST, "http_host": HOST, "server_name": HOST, "request_id": REQUEST_ID,
    "http_x_request_id": REQUEST_ID, "time_local": TIME, "time_iso8601": TIME, "msec": TIME,
    "http_x_forwarded_for": FORWARDED, "proxy_add_x_forwarded_for": FORWARDED, "http_x_real_ip": FORWARDED,
    "http_sec_gpc": NO_TRACKING, "http_dnt": NO_TRACKING,
    "http_sec_purpose": PURPOSE, "http_purpose": PURPOSE, "http_x_purpose": PURPOSE, "http_x_moz": PURPOSE,
    "http_cf_connecting_ip": FORWARDED, "realip_remote_addr": FORWARDED, "proxy_protocol_addr": FORWARDED,
}  # fmt: skip
_LETTERS = {
    "h": ADDRESS, "a": ADDRESS, "l": USER, "u": USER, "r": REQUEST, "s": STATUS, "m": METHOD, "U": PATH, "q": QUERY,
    "v": HOST, "V": HOST,
}  # fmt: skip
_HEADERS = {
    "referer": REFERRER, "user-agent": USER_AGENT, "host": HOST, "x-request-id": REQUEST_ID, "x-forwarded-for": FORWARDED,
    "sec-gpc": NO_TRACKING, "dnt": NO_TRACKING,
    "sec-purpose": PURPOSE, "purpose": PURPOSE, "x-purpose": PURPOSE, "x-moz": PURPOSE,
    "x-real-ip": FORWARDED, "cf-connecting-ip": FORWARDED, "true-client-ip": FORWARDED,
}  # fmt: skip
# Short forms that Python's strptime does not know.
_STRFTIME = {"%T": "%H:%M:%S", "%F": "%Y-%m-%d", "%D": "%m/%d/%y", "%R": "%H:%M", "%e": "%d", "%h": "%b"}


def is_format_string(text: str) -> bool:
    """Whether a text is a format string, and not a name."""
    return bool(_NGINX.search(text) or _APACHE.search(text))


def read(text: str) -> Layout:
    """The layout of a format string, or of a whole directive with one."""
    written = re.sub(r"\s*\n\s*", " ", text.strip())
    if _NGINX.search(text):
        found = _NGINX_DIRECTIVE.fullmatch(text)
        escape = found["escape"] if found else None
        string = "".join(single or double for single, double in _QUOTED.findall(found["text"])) if found else text
        is_json = escape == "json" or (escape is None and string.lstrip().startswith("{"))
        return Layout("nginx", written, _parts(string, _NGINX, _variable), is_json)
    found = _APACHE_DIRECTIVE.fullmatch(text)
    return Layout("Apache", written, _parts(found["text"] if found else text, _APACHE, _directive), is_json=False)


def _parts(text: str, pattern: re.Pattern[str], make: Callable[[re.Match[str]], tuple[Part, ...]]) -> tuple[Part, ...]:
    parts: list[Part] = []
    start = 0
    for found in pattern.finditer(text):
        _add(parts, _literal(text[start : found.start()]))
        for part in make(found):
            _add(parts, part)
        start = found.end()
    _add(parts, _literal(text[start:].rstrip()))
    return tuple(parts)


def _add(parts: list[Part], part: Part) -> None:
    if isinstance(part, str) and parts and isinstance(parts[-1], str):
        parts[-1] += part
    elif part:
        parts.append(part)


def _literal(text: str) -> str:
    return re.sub(r"\\[\"'\\tn]", lambda found: _ESCAPES[found[0]], text)


def _variable(found: re.Match[str]) -> tuple[Part, ...]:
    return (Field(_VARIABLES.get((found["braced"] or found["name"]).lower(), OTHER), found[0]),)


def _directive(found: re.Match[str]) -> tuple[Part, ...]:
    letter, argument = found["letter"], found["argument"]
    if letter == "%":
        return ("%",)
    if letter == "t":
        return _time(argument, found[0])
    role = OTHER
    if letter in {"i", "o"}:
        role = _HEADERS.get((argument or "").lower(), OTHER)
    elif letter == "e":
        role = REQUEST_ID if argument == "UNIQUE_ID" else OTHER
    elif letter == "a" and argument == "c":
        role = FORWARDED
    elif letter in _LETTERS:
        role = _LETTERS[letter]
    return (Field(role, found[0]),)


def _time(argument: str | None, written: str) -> tuple[Part, ...]:
    if argument is None:
        return "[", Field(TIME, written), "]"
    argument = argument.removeprefix("begin:").removeprefix("end:")
    if argument in {"sec", "msec", "usec", "%s"}:
        return (Field(TIME, written),)
    if argument in {"msec_frac", "usec_frac"}:
        return (Field(OTHER, written),)
    for short, long in _STRFTIME.items():
        argument = argument.replace(short, long)
    return (Field(TIME, written, argument),)
