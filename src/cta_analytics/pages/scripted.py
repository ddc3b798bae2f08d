"""Links that are no `<a href>`: `data-href`, and a click handler that does nothing but go to one literal URL."""

from __future__ import annotations

import re

from cta_analytics.pages.anchor import Span
from cta_analytics.pages.attributes import Attribute, decode
from cta_analytics.pages.structure import MARKED_TAG, Marked

TAGS = frozenset({"button", "div", "span", "img", "li", "td", "tr", "p", "section", "article", "figure", "label"})
_MAYBE = ("data-href", "location", "window.open")
MARKED = re.compile(
    rf"{MARKED_TAG.pattern}|<(?:{'|'.join(sorted(TAGS, key=len, reverse=True))})"
    r"(?=[\t\n\f\r ][^<>]*?(?:data-href|onclick)[\t\n\f\r ]*=)",
    re.IGNORECASE,
)
_URL = r"(?P<{0}>'|\"|&quot;|&#39;|&#34;)(?P<{1}>(?:(?!(?P={0}))[^\\<>'\"`])+)(?P={0})"
_HANDLER = re.compile(
    r"\s*(?:javascript:\s*)?(?:(?:window|document|self|top|parent|globalThis)\.){0,2}"
    rf"(?:location(?:\.href)?\s*=\s*{_URL.format('q1', 'set')}"
    rf"|location\.(?:assign|replace)\(\s*{_URL.format('q2', 'called')}\s*\)"
    rf"|open\(\s*{_URL.format('q3', 'opened')}\s*(?:,[^()]*)?\))"
    r"\s*;?\s*(?:return(?:\s+(?:true|false))?\s*;?\s*)?$"
)
_GROUPS = ("set", "called", "opened")


def possible(html: str) -> bool:
    """Whether a page can hold such links at all."""
    return any(word in html for word in _MAYBE)


def marked(offset: int, end: int, attributes: dict[str, Attribute]) -> Marked | None:
    """The source of a tag that has no `href`; None where it is not certain that it leads to one URL."""
    if "href" in attributes or "xlink:href" in attributes:
        return None
    named = attributes.get("data-href")
    if named is not None and named.raw.strip():
        url = named.trimmed()
        return Marked(Span(offset, end, url.start, url.end), url.value, url.raw, "html")
    handler = attributes.get("onclick")
    found = _HANDLER.match(handler.raw) if handler else None
    if handler is None or found is None:
        return None
    group = next(name for name in _GROUPS if found[name] is not None)
    start = handler.start + found.start(group)
    raw = found[group]
    return Marked(Span(offset, end, start, start + len(raw)), decode(raw), raw, "html")
