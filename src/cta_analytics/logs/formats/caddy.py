"""Caddy's access log: JSON objects, with what else Caddy reports among them."""

from __future__ import annotations

from cta_analytics.logs.format import LogFormat
from cta_analytics.logs.json_object import Places, parser

_HEADERS = "request.headers."

FORMAT = LogFormat(
    name="caddy",
    title="Caddy's access log, JSON",
    about=(
        "Read are `ts` (a number or a text), `request.client_ip` (before Caddy 2.7 `remote_ip`, before 2.5 `remote_addr`), "
        "`request.method`, `uri`, `host`, the headers `User-Agent`, `Referer`, `Sec-Gpc`, `Dnt` and `Sec-Purpose` with its "
        "forerunners, and `status`. Other messages of the server in the same file count as `no_request`. Source: Caddy's documentation of "
        "the `log` directive (<https://caddyserver.com/docs/logging>)."
    ),
    order=4,
    parse=parser(
        Places(
            at=("ts", "time"),
            status=("status",),
            method=("request.method",),
            target=("request.uri",),
            address=("request.client_ip", "request.remote_ip"),
            peer=("request.remote_addr",),
            forwarded=(f"{_HEADERS}X-Forwarded-For", f"{_HEADERS}X-Real-Ip", f"{_HEADERS}Cf-Connecting-Ip"),
            referrer=(f"{_HEADERS}Referer", f"{_HEADERS}referer"),
            user_agent=(f"{_HEADERS}User-Agent", f"{_HEADERS}user-agent"),
            host=("request.host",),
            request_id=("uuid", "request_id"),
            purpose=tuple(f"{_HEADERS}{name}" for name in ("Sec-Purpose", "Purpose", "X-Purpose", "X-Moz")),
            no_tracking=(f"{_HEADERS}Sec-Gpc", f"{_HEADERS}Dnt"),
            marks=("request.uri", "logger", "msg"),
            messages=True,
            no_user_agent="-",
        )
    ),
)
