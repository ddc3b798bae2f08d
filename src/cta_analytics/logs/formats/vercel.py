"""Vercel's log drains: JSON objects, of requests and of what functions print."""

from __future__ import annotations

from cta_analytics.logs.format import LogFormat
from cta_analytics.logs.json_object import Places, parser

FORMAT = LogFormat(
    name="vercel",
    title="Vercel's log drains, one JSON object a line",
    about=(
        "Read are `proxy.timestamp` (else `timestamp`), `proxy.clientIp`, `method`, `path`, `host`, `referer`, `userAgent` "
        "(a list), `statusCode` and `requestId`: of the lines of one request (middleware, what a function prints) the first counts, "
        "the others are `already_seen`. Lines without `proxy` (builds) count as `no_request`. Rows that were "
        "exported from the dashboard (`requestPath`, `responseStatusCode`) have neither address nor referrer. "
        "Where a drain was stored as an array, write its objects one a line first (`jq -c '.[]'`). Source: Vercel's "
        "reference of log drains (<https://vercel.com/docs/drains/reference/logs>)."
    ),
    order=4,
    parse=parser(
        Places(
            at=("proxy.timestamp", "timestamp", "timestampInMs"),
            status=("proxy.statusCode", "responseStatusCode", "statusCode"),
            method=("proxy.method", "requestMethod"),
            target=("proxy.path", "requestPath"),
            query=("requestQueryString",),
            address=("proxy.clientIp",),
            referrer=("proxy.referer",),
            user_agent=("proxy.userAgent", "requestUserAgent"),
            host=("proxy.host", "host"),
            request_id=("requestId",),
            marks=("deploymentId", "projectId"),
            messages=True,
        ),
        lambda found: "proxy" in found or "requestPath" in found,
    ),
)
