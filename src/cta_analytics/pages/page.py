"""A page of the site, and how a path becomes one."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from urllib.parse import unquote

from cta_analytics.config import PageKind

# What a request for one of these is not a page, where the contract names no page kinds at all.
_ASSET = re.compile(
    r"\.(?:css|js|mjs|map|json|xml|txt|ico|png|jpe?g|gif|svg|webp|avif|bmp|woff2?|ttf|otf|eot|pdf|zip|gz|mp[34]|webm|ogg|"
    r"php|asp|aspx|cgi|env|bak|sql|ini|yml|yaml|rss|atom|wasm|swf|jar|exe)$",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class PageIdentity:
    """What the contract makes of a path: its kind, the answer it is about, its language."""

    path: str
    kind: str
    answer: str | None = None
    slug: str | None = None
    lang: str | None = None
    site: str | None = None


# Called for each link, and a site has few paths.
@lru_cache(maxsize=8192)
def site_path(path: str) -> str:
    """The path under which a page is known: without query, fragment, `index.html`, `.html` and trailing slash."""
    path = re.split(r"[?#]", path, maxsplit=1)[0]
    path = re.sub(r"/{2,}", "/", path if path.startswith("/") else f"/{path}")
    path = re.sub(r"/index\.html?$", "/", path)
    path = re.sub(r"\.html?$", "", path)
    return path.rstrip("/") or "/"


@lru_cache(maxsize=256)
def _pattern(path: str) -> re.Pattern[str]:
    parts = re.split(r"({\w+})", path)
    shape = {
        "{slug}": r"(?P<slug>[^/]+)",
        "{lang}": r"(?P<lang>[a-z]{2}(?:-[A-Za-z]{2,4})?)",
        "{path}": r"(?P<path>.+)",
    }
    return re.compile("".join(shape.get(part, re.escape(part)) for part in parts) + "$")


def identify(path: str, kinds: tuple[PageKind, ...], site: str | None = None) -> PageIdentity | None:
    """The identity of a site path by the first page kind that matches it, or None.

    Where the contract names no kinds, every path that does not look like an asset is a `page`. `site`: kinds of other
    sites do not count.
    """
    for kind in kinds:
        if site is not None and kind.site not in {None, site}:
            continue
        found = _pattern(site_path(kind.path)).match(path)
        if found:
            named = found.groupdict()
            slug = unquote(named["slug"]) if named.get("slug") else None
            # A product page is what answers lead to, so it is no answer itself, whatever its slug.
            answer = None if kind.kind == "product" else slug
            return PageIdentity(path, kind.kind, answer, slug, named.get("lang"), kind.site)
    if not kinds and not _ASSET.search(path):
        return PageIdentity(path, "page")
    return None


def source_of(path: str, kinds: tuple[PageKind, ...]) -> tuple[str, str] | None:
    """The `source` of the page kind that a site path is of, as written and filled in; None where there is none.

    `{slug}`, `{lang}` and `{path}` are what they matched in the kind's `path`; a `{path}` that is not in there is the
    whole path without its first slash, `index` for the home page.
    """
    for kind in kinds:
        found = _pattern(site_path(kind.path)).match(path)
        if not found:
            continue
        if kind.source is None:
            return None
        named = {"path": path.lstrip("/") or "index"} | {k: v for k, v in found.groupdict().items() if v is not None}
        parts = re.split(r"{(\w+)}", kind.source)
        filled = "".join(unquote(named.get(part, "")) if index % 2 else part for index, part in enumerate(parts))
        return (kind.source, filled) if "\0" not in filled else None
    return None
