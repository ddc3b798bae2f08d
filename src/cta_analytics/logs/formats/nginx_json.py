"""JSON that a site's own configuration makes, such as nginx's `log_format … escape=json`."""

from __future__ import annotations

from cta_analytics.logs.format import LogFormat
from cta_analytics.logs.json_object import Places, parser

FORMAT = LogFormat(
    name="nginx_json",
    title="JSON objects with the usual names, as nginx's `log_format … escape=json` makes them",
    about=(
        "There is no one layout, so each field is looked for under the names of nginx's variables and under those that are "
        "common in such configurations: the time as `time_iso8601`, `time_local`, `msec`, `time`, `timestamp`, "
        "`@timestamp` or `date`; the address as `remote_addr`, `client_ip`, `clientip`, `remote_ip` or `ip`; the request "
        "as `request`, or as `request_method` or `method` with `request_uri`, `uri`, `url` or `path`; then `status`, "
        "`http_referer`, `http_user_agent`, `host`, `http_sec_gpc`, `http_dnt` and `request_id`, and their like. With any "
        "other names, give the "
        "`log_format` itself to `--log-format`. Source: nginx's documentation of `log_format` "
        "(<https://nginx.org/en/docs/http/ngx_http_log_module.html#log_format>)."
    ),
    parse=parser(
        Places(
            at=("time_iso8601", "time_local", "msec", "time", "timestamp", "@timestamp", "date", "start_time"),
            status=("status", "status_code", "response_status", "response_code", "response"),
            request=("request", "request_line"),
            method=("request_method", "method", "verb", "http_method"),
            target=("request_uri", "uri", "url", "path", "request_path", "x-envoy-origin-path"),
            query=("args", "query_string", "query"),
            address=("remote_addr", "client_ip", "clientip", "remote_ip", "ip", "client", "remote_host"),
            peer=("client_addr", "downstream_remote_address"),
            forwarded=(
                "http_x_forwarded_for",
                "x_forwarded_for",
                "x-forwarded-for",
                "realip_remote_addr",
                "http_x_real_ip",
            ),
            referrer=("http_referer", "http_referrer", "referer", "referrer"),
            user_agent=("http_user_agent", "user_agent", "agent", "useragent", "user-agent"),
            host=("host", "http_host", "server_name", "vhost", ":authority"),
            purpose=("http_sec_purpose", "sec_purpose", "http_purpose", "http_x_purpose", "http_x_moz"),
            no_tracking=("http_sec_gpc", "sec_gpc", "sec-gpc", "http_dnt", "dnt"),
            request_id=("request_id", "req_id", "x-request-id"),
        )
    ),
)
