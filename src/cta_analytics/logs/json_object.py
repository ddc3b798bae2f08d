"""Lines that are one JSON object each: a format says where in the object the fields of a record stand."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields, replace
from functools import lru_cache, partial
from typing import Any

from cta_analytics.logs import address, request, times
from cta_analytics.logs.format import Record

LONGEST_PREFIX = 256
"""So much may stand before the object: what syslog, Docker or Kubernetes write before each line."""

_DECODER = json.JSONDecoder()
_BYTES = re.compile(r"(?<!\\)((?:\\\\)*)((?:\\x[0-9A-Fa-f]{2})+)")
_STATUS = re.compile(r"[0-9]{1,3}")


@dataclass(frozen=True, slots=True)
class Places:
    """Keys of the fields, of nested objects joined by dots; of several the first that holds something counts."""

    at: tuple[str, ...]
    status: tuple[str, ...]
    target: tuple[str, ...]
    """Path and query, or the whole URL."""
    method: tuple[str, ...]
    """Where an object has none of these keys, the method is GET: who leaves it out logs what was read."""
    request: tuple[str, ...] = ()
    """A request line, where the format has one, before `method` and `target`."""
    query: tuple[str, ...] = ()
    """The query, where it is not in the target."""
    address: tuple[str, ...] = ()
    peer: tuple[str, ...] = ()
    """Addresses with a port, behind `address`."""
    forwarded: tuple[str, ...] = ()
    """Addresses that a proxy told; one of them counts where the address itself is a private one."""
    referrer: tuple[str, ...] = ()
    user_agent: tuple[str, ...] = ()
    host: tuple[str, ...] = ()
    request_id: tuple[str, ...] = ()
    purpose: tuple[str, ...] = ()
    """The headers by which a browser says that it loads something ahead."""
    no_tracking: tuple[str, ...] = ()
    """The headers by which a reader says that nobody is to track them."""
    marks: tuple[str, ...] = ()
    """An object of the format has one of these keys."""
    messages: bool = False
    """Whether the server writes other objects among the requests: then one is a line without a request."""
    no_user_agent: str = ""
    """What a request without a user agent gives: `-` where the format logs every one that was sent."""


def parser(
    places: Places, is_request: Callable[[Mapping[str, Any]], bool] | None = None
) -> Callable[[str], Record | str]:
    """The function that reads one line; an object of which `is_request` says no is a line without a request."""

    # The lines of a log have the same keys over and over: where none of a field's is, it is not looked for.
    present = lru_cache(maxsize=256)(partial(_present, places))

    def parse(line: str) -> Record | str:
        found = decoded(line)
        if isinstance(found, str):
            return found
        here = present(tuple(found))
        if places.marks and all(_get(found, mark) is None for mark in here.marks):
            return f"none of the keys {', '.join(places.marks)}"
        record = _record(here, found, line, is_request is None or is_request(found))
        return f"no time in {' or '.join(places.at)}" if record is None else record

    return parse


def _present(places: Places, keys: tuple[str, ...]) -> Places:
    """The places without those that an object with these keys cannot have."""
    have = set(keys)
    paths: dict[str, Any] = {
        name: tuple(path for path in value if path in have or path.partition(".")[0] in have)
        for name in (field.name for field in fields(Places))
        if isinstance(value := getattr(places, name), tuple)
    }
    return replace(places, **paths)


def decoded(line: str) -> dict[str, Any] | str:
    r"""The object on the line, or the reason why there is none.

    A server that escapes bytes as `\xNN` (nginx without `escape=json`) writes no JSON by that; it is read all the same.
    """
    start = line.find("{")
    if not 0 <= start <= LONGEST_PREFIX:
        return "no JSON object"
    try:
        try:
            found, end = _DECODER.raw_decode(line, start)
        except json.JSONDecodeError:
            if "\\x" not in line:
                raise
            line = _BYTES.sub(_as_json, line)
            found, end = _DECODER.raw_decode(line, start)
    except (ValueError, RecursionError):
        return "no whole JSON object"
    if line[end:].strip(" \t\r,]"):
        return "more than a JSON object"
    return found  # type: ignore[no-any-return]


def _as_json(found: re.Match[str]) -> str:
    text = bytes.fromhex(found[2].replace("\\x", "")).decode("utf-8", "replace")
    return found[1] + json.dumps(text)[1:-1]


def _record(places: Places, found: Mapping[str, Any], line: str, is_request: bool) -> Record | str | None:
    at = next((at for path in places.at if (at := times.instant(_first(_get(found, path)))) is not None), None)
    if at is None:
        return None
    host = _text(found, places.host)
    method, target, asked = _asked(places, found, host)
    status = _text(found, places.status)
    if not is_request or not (method or status or asked):
        method, target = "", ""
        if is_request and not places.messages:
            return "neither a request nor a status"
    client, all_of_them = _address(places, found)
    agent = next((_get(found, path) for path in places.user_agent if _get(found, path) is not None), None)
    return Record(
        address=client,
        at=at,
        method=method,
        target=target,
        status=int(status) if _STATUS.fullmatch(status) else 0,
        referrer=_text(found, places.referrer),
        user_agent=places.no_user_agent if agent is None else _text(found, places.user_agent) or "-",
        rest=address.cut(line, all_of_them),
        host=host or request.on_host(asked)[0],
        request_id=_text(found, places.request_id) if method else "",
        no_tracking=any(_text(found, (path,)).strip() == "1" for path in places.no_tracking),
        prefetch=any(request.is_prefetch(_text(found, (path,))) for path in places.purpose),
    )


def _asked(places: Places, found: Mapping[str, Any], host: str) -> tuple[str, str, str]:
    """Method, target, and the URL or the request line as it stands there."""
    line = _text(found, places.request)
    if line:
        method, url = request.split(line)
    else:
        url = _text(found, places.target)
        method = _text(found, places.method)
        if all(_get(found, path) is None for path in places.method):
            method = "GET"
    if host and not url.startswith("/"):
        url = url.removeprefix(host) or url
    method, target = request.of(method, request.joined(request.on_host(url)[1], _text(found, places.query)))
    return method, target, line or url


def _address(places: Places, found: Mapping[str, Any]) -> tuple[str, list[str]]:
    """The address of the client, and all addresses of the line."""
    own = [text for path in places.address if (text := _text(found, (path,))) not in request.ABSENT]
    own += [address.without_port(text) for path in places.peer if (text := _text(found, (path,))) not in request.ABSENT]
    told = [text for path in places.forwarded if (text := _text(found, (path,)))]
    return address.client(",".join([*own[:1], *told])), [one for text in own + told for one in address.each(text)]


def _get(found: Mapping[str, Any], path: str) -> Any:
    if path in found or "." not in path:
        return found.get(path)
    value: Any = found
    for key in path.split("."):
        value = value.get(key) if isinstance(value, dict) else None
    return value


def _first(value: Any) -> Any:
    # A header may come several times, so that some write a list of them.
    return (value[0] if value else None) if isinstance(value, list) else value


def _text(found: Mapping[str, Any], paths: tuple[str, ...]) -> str:
    """The first of these values that is there, as text; half a pair of UTF-16 becomes U+FFFD, as no UTF-8 can hold it."""
    for path in paths:
        value = _first(_get(found, path))
        if isinstance(value, str) and value:
            return value if value.isascii() else value.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
        if isinstance(value, int | float) and not isinstance(value, bool):
            return str(value)
    return ""
