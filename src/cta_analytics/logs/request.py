"""What was asked for: out of a request line, or of a URL in parts."""

from __future__ import annotations

import re

_REQUEST = re.compile(r"([A-Za-z][A-Za-z_-]{0,31}) (\S.*?) ?(?: HTTP/[0-9](?:\.[0-9])?)?", re.DOTALL)
_URL = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*://([^/?#]*)(.*)", re.DOTALL)
_METHOD = re.compile(r"[A-Za-z][A-Za-z_-]{0,31}")
_AHEAD = re.compile(r"prefetch\b|prerender\b|preview\b", re.IGNORECASE)
ABSENT = ("", "-")


def split(line: str) -> tuple[str, str]:
    """Method and target of a request line; both empty where it holds no request."""
    found = _REQUEST.fullmatch(line)
    return (found[1], found[2]) if found else ("", "")


def of(method: str, target: str) -> tuple[str, str]:
    """Method and target as they stand in fields of their own; both empty where one of them is absent."""
    return (method, target) if _METHOD.fullmatch(method) and target not in ABSENT else ("", "")


def joined(path: str, query: str) -> str:
    """The target of a path and a query; a path that holds its query already stays as it is."""
    return path if query in ABSENT or "?" in path else f"{path}?{query.removeprefix('?')}"


def on_host(target: str) -> tuple[str, str]:
    """Host (with its port) and target of an absolute URL; of any other target no host, and the target itself."""
    found = _URL.fullmatch(target)
    if not found:
        return "", target
    return found[1], found[2] if found[2].startswith("/") else f"/{found[2]}"


def is_prefetch(purpose: str | None) -> bool:
    """Whether the value of `Sec-Purpose`, `Purpose`, `X-Purpose` or `X-Moz` says that a browser loads something ahead.

    Sources: the Fetch standard, `Sec-Purpose` (<https://fetch.spec.whatwg.org/#sec-purpose-header>); before it Chrome sent
    `Purpose: prefetch`, Firefox `X-Moz: prefetch`, Safari `X-Purpose: preview`.
    """
    return bool(_AHEAD.match(purpose or ""))
