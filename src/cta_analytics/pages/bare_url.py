"""Bare URLs that GitHub Flavored Markdown makes links of: https://github.github.com/gfm/#autolinks-extension-."""

from __future__ import annotations

import re

_DOMAIN = r"(?:[A-Za-z0-9_-]+\.)*[A-Za-z0-9-]+\.[A-Za-z0-9-]+"
_URL = re.compile(rf"://{_DOMAIN}(?P<path>[^\s<]*)")
_ENTITY = re.compile(r"&[A-Za-z0-9]+;")
_PUNCTUATION = "?!.,:*_~'\""
_BEFORE = " \t\n\r*_~("


def scheme_start(text: str, colon: int) -> int | None:
    """Where the scheme before a colon starts; None where no bare URL begins there."""
    for scheme in ("https", "http"):
        start = colon - len(scheme)
        if start >= 0 and text[start:colon].lower() == scheme:
            return start if start == 0 or text[start - 1] in _BEFORE else None
    return None


def url_end(text: str, colon: int, end: int) -> int | None:
    """Where the URL with that colon ends, without the punctuation that ends a sentence; None where it has no domain."""
    found = _URL.match(text, colon, end)
    if not found:
        return None
    least, end = found.start("path"), found.end()
    unopened = text.count(")", colon, end) - text.count("(", colon, end)
    while end > least:
        last = text[end - 1]
        if last == ";":
            ampersand = text.rfind("&", least, end)
            if ampersand < 0 or not _ENTITY.fullmatch(text, ampersand, end):
                break
            end = ampersand
        elif last in _PUNCTUATION:
            end -= 1
        elif last == ")" and unopened > 0:
            end -= 1
            unopened -= 1
        else:
            break
    return end
