"""What a line can turn out to be: the codes that the warehouse stores, and their names in an account."""

from __future__ import annotations

PAGEVIEW, IMPRESSION, CLICK, SUBMIT = 1, 2, 3, 4
LAST_EVENT = SUBMIT
"""Codes up to this one are events."""

OTHER = {
    SUBMIT: "submit",  # a form; stored as an event, but no click
    16: "asset",  # a style sheet, an image and the like
    17: "not_a_page",  # a path that the contract knows no page kind for
    18: "method",  # neither GET nor what the beacon uses
    19: "redirected",  # 3xx
    20: "client_error",  # 4xx
    21: "server_error",  # 5xx
    22: "status",  # any other status
    23: "no_request",  # a TLS handshake, a time-out
    24: "beacon_view",  # a view as the beacon saw it, where views are counted from the log
    25: "bad_beacon",  # a beacon without a type or a target that we know
    29: "prefetched",  # a page or a redirect that a browser loaded ahead, by its own word
    27: "unused_event",  # an event of an export that is no view, impression, click or form
    28: "forgotten",  # older than what `cta forget` or [privacy] retention_days keeps; never stored
    26: "logged_view",  # a view as the log saw it, where views are counted from the beacon
}
"""Codes of requests that are neither page view, impression nor click, with the reason."""

CODES = {name: code for code, name in OTHER.items()}

FORGOTTEN = CODES["forgotten"]
UNSTORED = ("blank", "comment", OTHER[FORGOTTEN])
"""Reasons of lines of which nothing is stored but their number."""

REJECTED = 255
"""Code of a line that was not understood."""

VIA_BEACON, VIA_REDIRECT, VIA_LOG = 1, 2, 3
