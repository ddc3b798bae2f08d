"""Cloudflare Logpush: the data set of HTTP requests, as JSON objects."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from cta_analytics.logs.format import LogFormat
from cta_analytics.logs.json_object import Places, parser


def _is_from_a_client(found: Mapping[str, Any]) -> bool:
    # A Worker that fetches the page logs one more line for the same view, in its own name.
    return found.get("WorkerSubrequest") is not True


FORMAT = LogFormat(
    name="cloudflare",
    title="Cloudflare Logpush, HTTP requests, JSON",
    about=(
        "Read are `EdgeStartTimestamp` (RFC 3339, seconds or nanoseconds), `ClientIP`, `ClientRequestMethod`, "
        "`ClientRequestURI` (else `ClientRequestPath`), `ClientRequestHost`, `ClientRequestReferer`, "
        "`ClientRequestUserAgent`, `EdgeResponseStatus` and `RayID`; with custom fields for `sec-gpc`, `dnt` and "
        "`sec-purpose` also `RequestHeaders`. What a Worker fetched (`WorkerSubrequest`) counts as "
        "`no_request`: the request of the reader has a line of its own. Source: Cloudflare's documentation of the data set "
        "`http_requests` (<https://developers.cloudflare.com/logs/logpush/logpush-job/datasets/zone/http_requests/>)."
    ),
    order=4,
    parse=parser(
        Places(
            at=("EdgeStartTimestamp", "EdgeEndTimestamp"),
            status=("EdgeResponseStatus",),
            method=("ClientRequestMethod",),
            target=("ClientRequestURI", "ClientRequestPath"),
            address=("ClientIP",),
            referrer=("ClientRequestReferer",),
            user_agent=("ClientRequestUserAgent",),
            host=("ClientRequestHost",),
            request_id=("RayID",),
            no_tracking=("RequestHeaders.sec-gpc", "RequestHeaders.dnt"),
            purpose=tuple(f"RequestHeaders.{name}" for name in ("sec-purpose", "purpose", "x-purpose", "x-moz")),
            marks=("RayID", "EdgeStartTimestamp", "EdgeResponseStatus", "ClientRequestURI"),
            messages=True,
        ),
        _is_from_a_client,
    ),
)
