"""Fastly's real-time log, in the JSON that Fastly proposes for it."""

from __future__ import annotations

from cta_analytics.logs.format import LogFormat
from cta_analytics.logs.json_object import Places, parser

FORMAT = LogFormat(
    name="fastly",
    title="Fastly's real-time log, JSON as Fastly proposes it",
    about=(
        "Read are `timestamp`, `client_ip`, `request_method`, `url`, `host`, `request_referer`, `request_user_agent` and "
        "`response_status`, and `sec_gpc` and `dnt` where the format was given them "
        '(`"sec_gpc": "%{json.escape(req.http.Sec-GPC)}V"`); '
        "`fastly_server`, `fastly_is_edge` or `response_state` tells it from other JSON. A Fastly log "
        "in the common or combined format is read as that. Source: Fastly's documentation of log streaming, the default "
        "JSON format (<https://docs.fastly.com/en/guides/useful-log-formats>)."
    ),
    order=3,
    parse=parser(
        Places(
            at=("timestamp", "time_start", "time"),
            status=("response_status", "status"),
            method=("request_method", "method"),
            target=("url", "request_url"),
            address=("client_ip", "req_client_ip"),
            forwarded=("x_forwarded_for", "fastly_client_ip"),
            referrer=("request_referer", "referer"),
            user_agent=("request_user_agent", "user_agent"),
            host=("host", "request_host"),
            request_id=("request_id", "req_id"),
            no_tracking=("sec_gpc", "request_sec_gpc", "dnt", "request_dnt"),
            marks=("fastly_server", "fastly_is_edge", "response_state", "fastly_info_state"),
        )
    ),
)
