"""An event of an export (a page view, an impression, a click, a form) as the record of a request that would have told it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode

from cta_analytics.logs import address, request, times
from cta_analytics.logs.format import Record

# No method of a request: a colon may not stand in one (RFC 9110, section 9.1), so that no client can claim to be an export.
VIEW = "export:view"
"""Method of a page view; the target is the page's path and query."""
EVENT = "export:event"
"""Method of any other event; the target is the query that the beacon would have sent."""

COLUMNS = {
    "occurred_at": "when: ISO 8601 with a zone, or seconds, milliseconds or microseconds since 1970",
    "type": "`view`, `impression`, `click` or `submit`",
    "page": "URL or path of the page that it happened on",
    "target_url": "URL of the link; absent for a view",
    "slot": "`data-cta-slot` of the link",
    "ordinal": "number of the link among those with the same URL on the page, from 1",
    "event_id": "what is the same when the event is exported again",
    "visitor": "any name of the visitor or the browser; only a keyed hash of it is stored",
    "address": "address of the client, where there is no `visitor`",
    "referrer": "URL of the page before",
    "user_agent": "as the browser sent it",
}
"""The columns of the project's own schema; the first three are needed."""
TYPES = {
    "view": "view",
    "pageview": "view",
    "page_view": "view",
    "page": "view",
    "impression": "impression",
    "click": "click",
    "submit": "submit",
}


def of_object(line: str) -> dict[str, Any] | str:
    """The JSON object that a line is, or why it is none."""
    if not line.lstrip().startswith("{"):
        return "it is no JSON object"
    try:
        found = json.loads(line)
    except (ValueError, RecursionError):
        return "it is no whole JSON object"
    return found if isinstance(found, dict) else "it is no JSON object"


def canonical(found: Mapping[str, Any]) -> str:
    """The object as text, the same however an export wrote it: by that a row is known again."""
    return json.dumps(found, ensure_ascii=False, separators=(",", ":"), sort_keys=True)


def text(value: object) -> str:
    """A value of an export as text; empty where there is none."""
    if value is None or isinstance(value, (dict, list, bool)):
        return ""
    return str(int(value)) if isinstance(value, float) and value.is_integer() else str(value).strip()


def unused(occurred_at: object, found: Mapping[str, Any]) -> Record | str:
    """The record of an event that is none of the types: it is accounted for, and counts as nothing."""
    at = times.instant(occurred_at)
    if at is None:
        return "occurred_at is no time with a zone"
    return Record(address.NONE, at, EVENT, "?t=", 200, "", "", rest=canonical(found))


def record(event: Mapping[str, Any], found: Mapping[str, Any]) -> Record | str:
    """The record of an event whose values stand under the names of `COLUMNS`, or why it is none; `found`: its row."""
    at = times.instant(event.get("occurred_at"))
    if at is None:
        return "occurred_at is no time with a zone"
    kind = TYPES.get(text(event.get("type")).lower())
    if kind is None:
        return "type is none of view, impression, click, submit"
    page, target_url = text(event.get("page")), text(event.get("target_url"))
    if not page:
        return "page is empty"
    if kind != "view" and not target_url:
        return "target_url is empty"
    host, target = request.on_host(page)
    visitor, at_address = text(event.get("visitor")), text(event.get("address"))
    client = visitor or at_address or address.NONE
    if kind != "view":
        sent = {"t": kind, "u": target_url, "p": page, "s": text(event.get("slot")), "o": text(event.get("ordinal"))}
        sent["i"] = text(event.get("event_id"))
        target = "?" + urlencode({name: value for name, value in sent.items() if value})
    return Record(
        address=client,
        at=at,
        method=VIEW if kind == "view" else EVENT,
        target=target.partition("#")[0] if kind == "view" else target,
        status=200,
        referrer=text(event.get("referrer")),
        user_agent=text(event.get("user_agent")),
        # The name of a visitor tells lines apart; only an address could be found by trying all of them.
        rest=address.cut(canonical(found), [at_address, visitor] if address.is_one(visitor) else [at_address]),
        host=host,
        request_id=text(event.get("event_id")),
    )
