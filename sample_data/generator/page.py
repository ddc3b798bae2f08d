"""A page of the sample site as it is written to disk, with the links that a visitor can follow."""

from __future__ import annotations

import html
import re
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field

from . import hyperlinks
from .catalogue import Catalogue

_INLINE = re.compile(r"\[([^\]]+)\]\(([^)]+)\)|\*([^*]+)\*")


@dataclass(frozen=True, slots=True)
class PageLink:
    """A link of a page: `role` says what a visitor does with it, `ordinal` counts equal URLs from 1."""

    role: str
    url: str
    slot: str | None
    ordinal: int


@dataclass(frozen=True, slots=True)
class PageFile:
    """A page: where it stands on the site, the file it is in, its bytes and its links in document order."""

    path: str
    file: str
    kind: str
    text: str
    links: tuple[PageLink, ...]

    def by_role(self, *roles: str) -> list[PageLink]:
        """The links with one of these roles."""
        return [link for link in self.links if link.role in roles]


@dataclass(slots=True)
class Composer:
    """Writes the links of one page and remembers them in document order."""

    catalogue: Catalogue
    slug: str
    found: list[tuple[str, str, str | None]] = field(default_factory=list)

    def note(self, role: str, href: str, slot: str | None = None) -> str:
        """Remember a link; gives the href back."""
        url = self.catalogue.base_url + href if href.startswith("/") else href
        self.found.append((role, url, slot))
        return href

    def links(self) -> tuple[PageLink, ...]:
        """What was noted, with ordinals."""
        seen: Counter[str] = Counter()
        links = []
        for role, url, slot in self.found:
            seen[url] += 1
            links.append(PageLink(role, url, slot, seen[url]))
        return tuple(links)

    def anchor(self, role: str, href: str, inner: str, *, slot: str | None = None, css: str = "") -> str:
        """An `<a>` around `inner`, which is HTML already."""
        self.note(role, href, slot)
        attributes = f' class="{css}"' if css else ""
        attributes += f' href="{html.escape(href)}"'
        attributes += f' data-cta-slot="{slot}"' if slot else ""
        if href.startswith("http"):
            rel = "sponsored noopener" if role == "associates" else "noopener"
            attributes += f' target="_blank" rel="{rel}"'
        return f"<a{attributes}>{inner}</a>"

    def html(self, prose: str) -> str:
        """A paragraph of prose with its links and emphasis as HTML."""
        return self._inline(prose, lambda text: html.escape(text, quote=False), self._html_link, "<em>{}</em>")

    def markdown(self, prose: str) -> str:
        """A paragraph of prose with its links and emphasis as Markdown."""
        return self._inline(prose, lambda text: text, self._markdown_link, "*{}*")

    def _inline(
        self, prose: str, plain: Callable[[str], str], link: Callable[[str, str, str], str], emphasis: str
    ) -> str:
        parts, at = [], 0
        for found in _INLINE.finditer(prose):
            parts.append(plain(prose[at : found.start()]))
            if found[3] is not None:
                parts.append(emphasis.format(plain(found[3])))
            else:
                parts.append(link(found[1], *self._target(found[2])))
            at = found.end()
        return "".join([*parts, plain(prose[at:])])

    def _html_link(self, text: str, role: str, href: str) -> str:
        return self.anchor(role, href, html.escape(text, quote=False))

    def _markdown_link(self, text: str, role: str, href: str) -> str:
        return f"[{text}]({self.note(role, href)})"

    def _target(self, written: str) -> tuple[str, str]:
        scheme, _, rest = written.partition(":")
        if scheme == "store":
            return "amazon", hyperlinks.blog_store(self.catalogue, self.slug)
        if scheme == "listing":  # a role that nobody follows: the logs stay as they are
            return "listing", hyperlinks.answer_listing(self.catalogue, self.slug, self.catalogue.products[rest])
        if scheme == "recommend":
            return "associates", hyperlinks.recommended(self.catalogue, self.slug, rest)
        if scheme == "planted":
            return "amazon", str(self.catalogue.planted(rest)["href"])
        if scheme == "https":
            return "citation", written
        roles = {"products": "product", "answers": "related", "blog": "related", "go": "redirect"}
        return roles.get(written.split("/")[1], "page"), written
