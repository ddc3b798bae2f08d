"""What a tag of a template is in HTML, and which of its attributes is the URL of a link."""

from __future__ import annotations

import re
from typing import Literal

from cta_analytics.pages.tag import Tag, Value

Dialect = Literal["jsx", "astro", "mdx", "vue", "embedded"]
"""`embedded`: Liquid, Nunjucks, ERB: expressions within HTML."""

_ROUTE = re.compile(r"link$", re.IGNORECASE)
# What a component of these relations loads is no link to follow.
_RESOURCES = frozenset(
    {"stylesheet", "preload", "prefetch", "icon", "manifest", "canonical", "alternate", "preconnect"}
)
_LANDMARKS = frozenset({"Header", "Footer", "Nav", "Main", "Article", "Section", "Aside"})


def html_name(name: str, dialect: Dialect, is_link: bool) -> str:
    """The element that a tag is in HTML: `a` for a component that is a link."""
    if is_link:
        return "a"
    if dialect == "vue" and name == "template":
        return "div"
    if name[0].isupper() and dialect != "embedded":
        # A component named like an element (`Table`, `Title`) is none.
        return name.lower() if name in _LANDMARKS else f"x{name[1:].lower()}"
    return name


def url_of(tag: Tag, dialect: Dialect) -> Value | None:
    """The URL of a tag that is a link: of an element, or of a component with `href` or, of a router's, `to`."""
    attributes = tag.attributes
    lower = tag.name.lower() if dialect == "embedded" else tag.name
    if lower == "form":
        found = attributes.get("action")
        # React's `action={save}` is a function.
        is_link = found is not None and bool(found.raw.strip()) and (found.is_literal or dialect == "embedded")
        return found.trimmed() if found and is_link else None
    is_component = lower not in {"a", "area"}
    if is_component and not (tag.name[0].isupper() or (_ROUTE.search(tag.name) and tag.name != "link")):
        return None
    if is_component and dialect == "embedded":
        return None
    names = ["href", "xlink:href", "xlinkhref"]
    if is_component and _ROUTE.search(tag.name):
        names.append("to")
    relation = attributes.get("rel")
    if is_component and relation and set(relation.raw.lower().split()) & _RESOURCES:
        return None
    for name in names:
        if name in attributes:
            return attributes[name].trimmed()
        bound = next((attributes[key] for key in (f":{name}", f"v-bind:{name}") if key in attributes), None)
        if bound is not None and dialect == "vue":
            return _bound(bound)
    return None


def _bound(value: Value) -> Value:
    """A value that Vue reads as an expression: a literal where it is a plain string."""
    found = re.fullmatch(r"""\s*(["'`])([^"'`\\$&]*)\1\s*""", value.raw)
    if found:
        start = value.start + found.start(2)
        return Value(start, start + len(found[2]), found[2], True, "plain")
    return Value(value.start, value.end, value.raw, is_literal=False)
