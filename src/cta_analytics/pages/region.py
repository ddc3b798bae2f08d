"""What an element's ancestors say about a place on a page: landmarks, forms, and hints of class names."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from cta_analytics.pages.anchor import Landmark

_INLINE = frozenset(
    [
        "a",
        "abbr",
        "acronym",
        "area",
        "b",
        "bdi",
        "bdo",
        "big",
        "button",
        "cite",
        "code",
        "data",
        "del",
        "dfn",
        "em",
        "font",
        "i",
        "img",
        "ins",
        "kbd",
        "label",
        "mark",
        "math",
        "nobr",
        "picture",
        "q",
        "rp",
        "rt",
        "ruby",
        "s",
        "samp",
        "slot",
        "small",
        "source",
        "span",
        "strike",
        "strong",
        "sub",
        "sup",
        "svg",
        "time",
        "tt",
        "u",
        "var",
        "wbr",
    ]
)
# In these a header or footer is that of an article, not of the page: https://www.w3.org/TR/html-aria/#el-footer
_SECTIONING = frozenset({"article", "aside", "main", "nav", "section"})
_BY_TAG: dict[str, Landmark] = {"nav": "nav", "header": "header", "footer": "footer"}
_BY_ROLE: dict[str, Landmark] = {"navigation": "nav", "banner": "header", "contentinfo": "footer"}
_CITING_ROLES = frozenset(
    {"doc-endnotes", "doc-endnote", "doc-bibliography", "doc-biblioentry", "doc-footnote", "doc-noteref"}
)

_NAMING = ("class", "id", "itemprop", "role", "aria-label")
_NAMING_SET = frozenset(_NAMING)
# Only these say something by themselves; all others need a name.
_TELLING = frozenset({"nav", "header", "footer", "form", "sup", "cite", *_SECTIONING})
_HINT = re.compile(
    r"(?P<related>related|read-?next|see-also|recommend|similar|more-(?:answers|articles|posts|questions|stories))"
    r"|(?P<author>author|byline|\bbio\b)"
    r"|(?P<legal>legal|disclaimer|disclosure|privacy)"
    r"|(?P<references>references|citation|footnote|bibliograph|sources)"
    r"|(?P<cta>\bcta\b|call-to-action)"
    r"|(?P<button>\bbtn\b|\bbutton\b)"
    r"|(?P<nav>breadcrumb|pagination|\btoc\b|table-of-contents|navbar)",
    re.IGNORECASE,
)
_FOOTER_NAME = re.compile(r"(?:^|\s)(?:(?:site|page|global)-?)?footer(?:\s|$)", re.IGNORECASE)
_HEADER_NAME = re.compile(r"(?:^|\s)(?:(?:site|page|global)-?header|masthead|topbar)(?:\s|$)", re.IGNORECASE)
_NAV_NAME = re.compile(r"(?:^|\s)(?:(?:site|main|top|primary)-?)?(?:nav|navbar|menu)(?:\s|$)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Region:
    """A place on a page."""

    landmark: Landmark = ""
    in_form: bool = False
    citing: bool = False
    in_content: bool = False
    hints: frozenset[str] = frozenset()


PLAIN = Region()


def is_block(tag: str | None) -> bool:
    """Whether an element starts a line of text of its own."""
    return tag not in _INLINE


def enter(outer: Region, tag: str, attributes: Mapping[str, str | None]) -> Region:
    """The region inside an element that stands in `outer`."""
    if tag not in _TELLING and _NAMING_SET.isdisjoint(attributes):
        return outer
    landmark = _landmark(outer, tag, attributes)
    # A footer holds what it holds, also a nav; a nav in a header is the navigation.
    if not landmark or outer.landmark == "footer" or (outer.landmark == "nav" and landmark == "header"):
        landmark = outer.landmark
    hints = outer.hints
    if attributes:
        own = _hints(" ".join([attributes[name] or "" for name in _NAMING if name in attributes]))
        hints = hints if own <= hints else hints | own
    return Region(
        landmark,
        outer.in_form or tag == "form",
        outer.citing or tag in {"sup", "cite"} or attributes.get("role") in _CITING_ROLES,
        outer.in_content or tag in _SECTIONING,
        hints,
    )


def _landmark(outer: Region, tag: str, attributes: Mapping[str, str | None]) -> Landmark:
    role = attributes.get("role") or ""
    if role in _BY_ROLE:
        return _BY_ROLE[role]
    if tag in _BY_TAG:
        return "" if outer.in_content and tag != "nav" else _BY_TAG[tag]
    if outer.in_content or outer.landmark:
        return ""
    name = f"{attributes.get('class') or ''} {attributes.get('id') or ''}".strip()
    if not name or tag in {"a", "body", "html"}:
        return ""
    return _named_landmark(name)


@lru_cache(maxsize=4096)
def _named_landmark(name: str) -> Landmark:
    if _FOOTER_NAME.search(name):
        return "footer"
    if _HEADER_NAME.search(name):
        return "header"
    return "nav" if _NAV_NAME.search(name) else ""


@lru_cache(maxsize=4096)
def _hints(names: str) -> frozenset[str]:
    return frozenset(found.lastgroup for found in _HINT.finditer(names) if found.lastgroup)
