"""HAProxy's HTTP log, with or without what syslog writes before it."""

from __future__ import annotations

import re

from cta_analytics.logs import address, request, times
from cta_analytics.logs.format import LogFormat, Record

_HEAD = re.compile(
    r"(?P<syslog>[^\[]*\[[0-9]+\]: )?(?P<peer>[^ \[]+:[0-9]+) "
    r"\[(?P<time>[0-9]{2}/[A-Z][a-z]{2}/[0-9]{4}:[0-9:]{8})(?:\.[0-9]+)?(?P<zone> [+-][0-9]{4})?\] (?P<frontend>[^ ]+) ?"
)
_HTTP = re.compile(
    r"(?P<server>[^ ]+) [0-9/+-]+ (?P<status>-?[0-9]+) \+?[0-9]+ [^ ]+ [^ ]+ [A-Za-z-]{4} [0-9/+]+ [0-9/]+ "
    r'(?P<captured>(?:\{.*?\} ){0,2})"(?P<request>[^"]*)(?P<end>"(?: .*)?)?',
    re.DOTALL,
)
_OTHER = re.compile(
    r"(?:[^ ]+ [0-9/+-]+ \+?[0-9]+ [A-Za-z-]{2} [0-9/+]+ [0-9/]+|.*(?:handshake|[Cc]onnection|SSL).*)", re.DOTALL
)
_ISO_ZONE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9:.]+(Z|[+-][0-9]{2}:?[0-9]{2}) ")
_LONGEST = 1000
"""Syslog cuts lines at 1,024 bytes: a longer one may lack the end of its request."""
# Headers are captured in an order of the site's own, X-Forwarded-For among them.
_ADDRESS = re.compile(address.ANYWHERE)
_ESCAPE = re.compile(r"(?:#[0-9A-F]{2})+")


def _parse(line: str) -> Record | str:
    head = _HEAD.match(line)
    if not head:
        return "not an address with a port and a time in brackets"
    http = _HTTP.fullmatch(line, head.end())
    if http is None and not _OTHER.fullmatch(line, head.end()):
        return "no server, timers, status and quoted request after the time"
    if http and http["end"] is None and len(line) < _LONGEST:
        return "the request has no end"
    zone = head["zone"] or _zone(head["syslog"] or "")
    at = times.seconds(f"{head['time']} {zone.strip()}")
    if at is None:
        return "the time cannot be read"
    method, url = request.split(http["request"]) if http else ("", "")
    host, target = request.on_host(url)
    client = address.without_port(head["peer"])
    return Record(
        address=client,
        at=at,
        method=method,
        target=target,
        status=max(int(http["status"]), 0) if http else 0,
        referrer="",
        user_agent="",
        rest=address.cut(line, [client, *_ADDRESS.findall(http["captured"] if http else "")]),
        host=host,
    )


def _zone(syslog: str) -> str:
    found = _ISO_ZONE.match(syslog)
    return "+0000" if found is None or found[1] == "Z" else found[1].replace(":", "")


def _unescape(text: str) -> str:
    return _ESCAPE.sub(lambda found: bytes.fromhex(found[0].replace("#", "")).decode("utf-8", "replace"), text)


FORMAT = LogFormat(
    name="haproxy",
    title="HAProxy's HTTP log",
    about=(
        "Read are the client (without its port), the accept date, the status and the request. HAProxy writes local time "
        "without a zone: it is taken for the zone of an ISO time that syslog wrote before it, else for UTC; let HAProxy log "
        "`%trg` where that is not so. Captured headers stand in an order of the site's own, so there is no referrer and no "
        "user agent. Connections of the TCP log and failed handshakes count as `no_request`. Source: HAProxy's "
        "configuration manual, HTTP log format (<https://docs.haproxy.org/3.2/configuration.html#8.2.3>)."
    ),
    order=3,
    parse=_parse,
    unescape=_unescape,
)
