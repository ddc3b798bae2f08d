"""Segment's `page` and `track` calls, as its webhook, its storage destination and its warehouse's tables hold them.

Source: https://segment.com/docs/connections/spec/common/ (fields), /spec/page/ (page).
"""

from __future__ import annotations

import re
from typing import Any

from cta_analytics.logs import event
from cta_analytics.logs.format import LogFormat, Record

# A link's URL has no name of its own in Segment's specification: these are the ones that link trackers use.
_TARGETS = ("href", "url", "link_url", "target_url", "destination")
_CLICK = re.compile(r"click", re.IGNORECASE)


def _first(found: dict[str, Any], *names: str) -> str:
    return next((value for value in (event.text(found.get(name)) for name in names) if value), "")


def _of(found: dict[str, Any], name: str) -> dict[str, Any]:
    value = found.get(name)
    return value if isinstance(value, dict) else {}


def parse(line: str) -> Record | str:
    """The record of a call; one that is neither a page view nor a click with a URL is unused."""
    found = event.of_object(line)
    if isinstance(found, str):
        return found
    context, properties = _of(found, "context"), _of(found, "properties")
    page = _of(context, "page")
    if "anonymousId" not in found and "userId" not in found and "context_user_agent" not in found:
        return "no anonymousId or userId, as every call of Segment has"
    kind = _first(found, "type") or "page"
    name = _first(found, "event")
    target = next((text for text in (event.text(properties.get(key)) for key in _TARGETS) if text), "")
    if kind == "track" and _CLICK.search(name) and target:
        kind = "click"
    at = _zoned(_first(found, "originalTimestamp", "timestamp", "sentAt", "sent_at", "receivedAt"))
    if kind not in {"page", "click"}:
        return event.unused(at, found)
    shown = page if kind == "click" else {**page, **properties}
    return event.record(
        {
            "occurred_at": at,
            "type": kind,
            "page": _first(shown, "url", "path") or _first(found, "url", "path"),
            "target_url": target,
            "event_id": _first(found, "messageId", "id"),
            "visitor": _first(found, "anonymousId", "anonymous_id", "userId", "user_id"),
            "address": _first(context, "ip") or _first(found, "context_ip"),
            "referrer": _first(shown, "referrer") or _first(found, "referrer"),
            "user_agent": _first(context, "userAgent") or _first(found, "context_user_agent"),
        },
        found,
    )


def _zoned(text: str) -> str:
    # The tables of a warehouse hold UTC without saying so.
    return f"{text}+00:00" if re.fullmatch(r"\d{4}-\d\d-\d\d[ T]\d\d:\d\d:\d\d(?:\.\d+)?", text) else text


FORMAT = LogFormat(name="segment", title="Segment, page and track calls", parse=parse, is_export=True, order=2)
