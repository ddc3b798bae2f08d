"""GA4's export to BigQuery, a row an event, as JSON.

Source: https://support.google.com/analytics/answer/7029846 (schema). GA4 cuts values of event parameters at 100 characters.
"""

from __future__ import annotations

import re
from typing import Any

from cta_analytics.logs import event
from cta_analytics.logs.format import LogFormat, Record

CUT_AT = 100
"""A value of that length is not known to be whole."""
_LAST_PARAM = re.compile(r"[?&][^?&]*$")


def parse(line: str) -> Record | str:
    """The record of an event; all but `page_view`, `click` and `form_submit` are unused."""
    found = event.of_object(line)
    if isinstance(found, str):
        return found
    name, rows = event.text(found.get("event_name")), found.get("event_params")
    if not name or not isinstance(rows, list):
        return "no event_name and event_params, as every row of GA4 has"
    params = {row.get("key"): _value(row.get("value")) for row in rows if isinstance(row, dict)}
    if name not in _TYPES:
        return event.unused(found.get("event_timestamp"), found)
    url = params.get(_TYPES[name][1], "")
    if len(url) == CUT_AT:
        whole = _LAST_PARAM.sub("", url)
        if whole == url:
            return f"{_TYPES[name][1]} was cut at {CUT_AT} characters, within its path: no whole URL is left"
        url = whole
    return event.record(
        {
            "occurred_at": found.get("event_timestamp"),
            "type": _TYPES[name][0],
            "page": params.get("page_location", ""),
            "target_url": url,
            "visitor": found.get("user_pseudo_id"),
            "referrer": params.get("page_referrer", ""),
        },
        found,
    )


_TYPES = {
    "page_view": ("view", ""),
    "click": ("click", "link_url"),
    "form_submit": ("submit", "form_destination"),
}
"""Event -> its type here, and the parameter that holds the target."""


def _value(value: Any) -> str:
    if not isinstance(value, dict):
        return event.text(value)
    return next((event.text(one) for one in value.values() if one is not None), "")


FORMAT = LogFormat(name="ga4", title="GA4, the export to BigQuery", parse=parse, is_export=True, order=2)
