"""A string as a browser reads it in a `href`: WHATWG parsing that never raises and keeps the input as it stood."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from ada_url import URL

from cta_analytics.urls.query import Query, scalars

# Stands in for the page where none is known: reserved by RFC 2606, so it cannot be a link's own host.
_NO_BASE = "https://base.invalid/"
_NO_QUERY = Query.parse("")
_C0_AND_BLANK = "".join(map(chr, range(0x21)))
_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:")
# A first segment that is meant as a host: a dot and a top-level domain, `localhost`, an IPv4 address; maybe a port.
_HOST_LIKE = re.compile(
    r"(?:[\w-]+(?:\.[\w-]+)*\.(?:[^\W\d_]{2,63}|xn--[a-z0-9-]{1,59})\.?|localhost|\d{1,3}(?:\.\d{1,3}){3})"
    r"(?::\d{1,5})?(?=[/?#\\]|$)",
    re.IGNORECASE,
)
# A URL that a browser takes as it stands and whose shape has no fault: all that is left to do is to cut it. It has no
# dot segments, escapes of them, or IDNA (see `_plain`); whatever else there is goes the long way.
_PLAIN = re.compile(
    r"(?:(?P<scheme>https?)://(?P<host>(?:[a-z0-9-]+\.)+[a-z]{2,63})|(?=/(?!/)))"
    r"(?P<path>/[\w~.,:=+@!$()*%/-]*)?"
    r"(?:\?(?P<query>[\w~.,:=+@!$()*%/-]+(?:&[\w~.,:=+@!$()*%/-]+)*))?"
    r"(?:\#(?P<fragment>[\w~.,:+@!$()*%/-]*))?",
    re.ASCII,
)


@dataclass(slots=True, unsafe_hash=True)
class Parsed:
    """The parts of a URL string. Offsets count characters of `raw`.

    `scheme`, `host`, `path`, `href` are as a browser normalises them; `query`, `fragment` are raw. `is_relative`: the
    page decides scheme and host. `error`: why the string cannot be a URL (then the normalised parts are empty).
    """

    raw: str
    start: int
    end: int
    scheme: str = ""
    host: str | None = None
    port: str = ""
    userinfo: str = ""
    path: str = ""
    href: str = ""
    query: Query = _NO_QUERY
    has_query: bool = False
    fragment: str | None = None
    is_relative: bool = False
    error: str | None = None
    is_plain: bool = False
    """Its shape is certainly without fault."""

    @property
    def query_start(self) -> int:
        """Where the query starts, behind its `?`."""
        return self.query.offset

    @property
    def path_end(self) -> int:
        """Where path and all before it end: at `?`, `#` or the end."""
        return first_of(self.raw, "?#", self.start, self.end)

    @property
    def fragment_start(self) -> int:
        """Where the fragment starts, behind its `#`; the end where there is none."""
        return self.end - len(self.fragment) if self.fragment is not None else self.end

    def with_query(self, query: str | None) -> str:
        """The raw string with another query (None: without `?`), all else as it stood."""
        head = self.raw[: self.path_end]
        tail = f"#{self.fragment}{self.raw[self.end :]}" if self.fragment is not None else self.raw[self.end :]
        return head + (f"?{query}" if query is not None else "") + tail


def first_of(text: str, chars: str, start: int, end: int) -> int:
    """The first position of one of `chars` in `text[start:end]`, or `end`."""
    return min((at for at in (text.find(char, start, end) for char in chars) if at >= 0), default=end)


def host_like(text: str) -> bool:
    """Whether a string without scheme begins like a host: `www.amazon.com/dp/…`, `localhost:3000`."""
    return _HOST_LIKE.match(text.strip(_C0_AND_BLANK)) is not None


def scheme_of(text: str) -> str:
    """The scheme as written, lower-case, without `:`; empty where there is none."""
    found = _SCHEME.match(text)
    return found[0][:-1].lower() if found else ""


def parse(raw: str, base: str | None = None) -> Parsed:
    """The parts of `raw`, read against the URL of its page where one is given. Never raises."""
    plain = _plain(raw, base)
    return plain if plain is not None else parse_at_length(raw, base)


def _plain(raw: str, base: str | None) -> Parsed | None:
    """The parts of a URL that need no normalising, as nearly all do not; None for all others."""
    found = _PLAIN.fullmatch(raw)
    if found is None:
        return None
    scheme, host, path, text, fragment = found.groups()
    if (path is not None and ("/." in path or "%2" in path)) or "%25" in raw or raw.endswith("\n"):
        return None
    query_at, end = found.start("query"), len(raw)
    if text is not None:
        query = Query.parse(text, query_at)
    else:
        query = Query.parse("", end if fragment is None else found.start("fragment") - 1)
    if scheme is not None:
        if "xn--" in host:
            return None
        href = raw if path is not None else f"{scheme}://{host}/{raw[found.end('host') :]}"
        port = userinfo = ""
    elif base is None:
        scheme, port, userinfo, href = "https", "", "", ""
    else:
        origin = _origin(base)
        if origin is None:
            return None
        scheme, host, port, userinfo, before = origin
        href = before + raw
    return Parsed(
        raw, 0, end, scheme, host, port, userinfo, path or "/", href, query, text is not None, fragment,
        found.start("scheme") < 0, None, True,
    )  # fmt: skip


@lru_cache(maxsize=1024)
def _origin(base: str) -> tuple[str, str | None, str, str, str] | None:
    """Scheme, host, port, login of a page's URL, and what stands before the path; None where it is not of the web."""
    found = parse_at_length(base)
    if found.error is not None or found.scheme not in {"http", "https"} or found.is_relative:
        return None
    login = f"{found.userinfo}@" if found.userinfo else ""
    port = f":{found.port}" if found.port else ""
    return found.scheme, found.host, found.port, found.userinfo, f"{found.scheme}://{login}{found.host}{port}"


@lru_cache(maxsize=1024)
def host_of(url: str) -> str | None:
    """The host of a URL; pages of one site are asked for again and again."""
    return parse_at_length(url).host


def parse_at_length(raw: str, base: str | None = None) -> Parsed:
    """The same as `parse`, without the short way for plain URLs."""
    trimmed = raw.strip(_C0_AND_BLANK)
    start = len(raw) - len(raw.lstrip(_C0_AND_BLANK))
    end = start + len(trimmed)
    hash_at = first_of(raw, "#", start, end)
    query_at = first_of(raw, "?", start, hash_at)
    has_query = query_at < hash_at
    query = Query.parse(raw[query_at + 1 : hash_at] if has_query else "", query_at + 1 if has_query else hash_at)
    fragment = raw[hash_at + 1 : end] if hash_at < end else None
    text = scalars(trimmed)
    compact = text.replace("\t", "").replace("\n", "").replace("\r", "")
    relative = not scheme_of(compact) and not re.match(r"[/\\]{2}", compact)
    url = _url(text, base, needs_base=not scheme_of(compact))
    if url is None:
        return Parsed(
            raw,
            start,
            end,
            query=query,
            has_query=has_query,
            fragment=fragment,
            is_relative=relative,
            error=_why(compact),
        )
    known = base is not None or not relative
    return Parsed(
        raw=raw,
        start=start,
        end=end,
        scheme=url.protocol[:-1],
        host=(url.hostname or None) if known else None,
        port=url.port if known else "",
        userinfo=url.username + (f":{url.password}" if url.password else ""),
        path=url.pathname,
        href=url.href if known else "",
        query=query,
        has_query=has_query,
        fragment=fragment,
        is_relative=relative,
    )


def _url(text: str, base: str | None, needs_base: bool) -> URL | None:
    if base is None:
        # Else none, so that `https:example.com` is not read as a path of the stand-in.
        base = _NO_BASE if needs_base else None
    else:
        base = scalars(base) if URL.can_parse(scalars(base)) else _NO_BASE
    try:
        return URL(text, base)
    except ValueError:
        return None


def _why(text: str) -> str:
    """Why a string is no URL, in words."""
    scheme = scheme_of(text)
    rest = text[len(scheme) + 1 :] if scheme else text
    authority = re.split(r"[/\\?#]", rest.lstrip("/\\"), maxsplit=1)[0]
    host = authority.rpartition("@")[2]
    if not host.strip():
        return "there is no host"
    if host.startswith("["):
        return "the IPv6 address in it is not valid"
    port = re.search(r":([^:]*)$", host)
    if port and not re.fullmatch(r"\d{0,5}", port[1]):
        return "its port is no number"
    if port and port[1] and int(port[1]) > 65535:
        return "its port is above 65535"
    bare = host[: port.start()] if port else host
    if not bare:
        return "there is no host"
    odd = next((char for char in bare if char in ' "<>[]^`{|}%\\' or ord(char) <= 0x20 or ord(char) == 0x7F), None)
    if odd:
        return f"its host holds {_spelled(odd)}"
    if re.search(r"(?:^|\.)(?:\d+|0[xX][0-9A-Fa-f]*)\.?$", bare):
        return "its host is no valid IPv4 address"
    return "its host is not valid"


def _spelled(char: str) -> str:
    if char == " ":
        return "a blank"
    return f'"{char}"' if char.isprintable() else f"the control character U+{ord(char):04X}"
