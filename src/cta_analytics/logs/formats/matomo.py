"""Matomo's visits log (`Live.getLastVisitsDetails`), an action a row.

Source: https://developer.matomo.org/api-reference/reporting-api#Live
"""

from __future__ import annotations

from cta_analytics.logs import event
from cta_analytics.logs.format import LogFormat, Record

_TYPES = {"action": "view", "outlink": "click", "download": "click"}


def parse(line: str) -> Record | str:
    """The record of an action; `logs.exports` writes each action of a visit on a line, with what holds for the visit."""
    found = event.of_object(line)
    if isinstance(found, str):
        return found
    kind, page = event.text(found.get("type")), event.text(found.get("page"))
    if "idVisit" not in found or not kind:
        return "no idVisit and type, as every action of Matomo has"
    if kind not in _TYPES:
        return event.unused(found.get("timestamp"), found)
    url = event.text(found.get("url"))
    is_view = _TYPES[kind] == "view"
    return event.record(
        {
            "occurred_at": found.get("timestamp"),
            "type": _TYPES[kind],
            "page": url if is_view else page,
            "target_url": "" if is_view else url,
            "visitor": found.get("visitorId") or found.get("fingerprint"),
            "address": found.get("visitIp"),
            "referrer": found.get("referrerUrl") if is_view else "",
        },
        found,
    )


FORMAT = LogFormat(name="matomo", title="Matomo, the visits log", parse=parse, is_export=True, order=2)
