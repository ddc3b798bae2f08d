"""Markdown pages: CommonMark with tables and front matter, and exported pages that state their `**URL:**`."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Any

from cta_analytics.pages import frontmatter, structure
from cta_analytics.pages.anchor import Document, Span
from cta_analytics.pages.attributes import start_tag
from cta_analytics.pages.places import Place, Places
from cta_analytics.pages.reader import PageReader
from cta_analytics.pages.source import Source
from cta_analytics.pages.structure import MARK, Marked

if TYPE_CHECKING:
    from markdown_it.token import Token

_URL_LINE = re.compile(r"^[ \t]*\*\*URL:\*\*[ \t]*<?(?P<url>[^\s<>]+)>?[ \t]*$", re.MULTILINE)


def read(source: Source) -> Document:
    """The links of a Markdown page."""
    values, start = frontmatter.split(source.text)
    document = page(source.text, start)
    return replace(
        document,
        title=values.get("title") or document.title,
        lang=values.get("lang") or document.lang,
        permalink=values.get("permalink") or document.permalink,
    )


def page(text: str, start: int, tags: Mapping[int, Marked] | None = None) -> Document:
    """The links of the Markdown from `start` on. `tags`: of MDX, the links among its tags by where they start."""
    found = _Page(text, start, tags)
    document = structure.read(found.html(), found.locate, lines_are_blocks=True)
    return replace(document, permalink=document.permalink or found.url)


class _Page:
    def __init__(self, text: str, start: int, tags: Mapping[int, Marked] | None) -> None:
        self.text = text
        self.tags = tags
        self.places = Places(text, start)
        self.located: list[Callable[[], Marked | None]] = []
        self.references: dict[str, Any] = {}
        self.url: str | None = None
        self.url_line = range(0)

    def locate(self, mark: int) -> Marked | None:
        """The source of the link with that mark. The line that states the page's own URL holds no link."""
        found = self.located[mark]()
        return None if found and found.span.start in self.url_line else found

    def html(self) -> str:
        """The page as HTML with a mark in each tag that can be a link."""
        from cta_analytics.pages.commonmark import parser

        engine = parser(mdx=self.tags is not None)
        env: dict[str, Any] = {}
        tokens = engine.parse(self.places.body, env)
        self.references = env.get("references", {})
        column, first, before = 0, "", ""
        for token in tokens:
            if token.type == "tr_open":
                column = -1
            elif token.type in {"th_open", "td_open"}:
                column += 1
            elif token.type == "inline" and token.map:
                line = token.map[0]
                if before in {"th_open", "td_open"}:
                    first = token.content if column == 0 else first
                    self._inline(token, partial(self.places.cell, line=line, column=column, first=first))
                else:
                    self._url_in(token.content, line, before)
                    self._inline(token, partial(self.places.block, first_line=line))
            elif token.type == "html_block" and token.map:
                token.content = self._html(token.content, self.places.block(token.content, token.map[0]))
            before = token.type
        html: str = engine.renderer.render(tokens, engine.options, env)
        return html

    def _url_in(self, content: str, first_line: int, before: str) -> None:
        found = _URL_LINE.search(content) if self.url is None and before == "paragraph_open" else None
        if found:
            self.url = found["url"]
            line = first_line + content.count("\n", 0, found.start())
            start = self.places.starts[line]
            self.url_line = range(start, start + len(self.places.lines[line]))

    def _inline(self, token: Token, place_of: Callable[[str], Place]) -> None:
        links = [child for child in token.children or () if child.type in {"link_open", "html_inline"}]
        if not links:
            return
        place = place_of(token.content)
        for child in links:
            if child.type == "html_inline":
                child.content = self._html(child.content, place, child.meta["at"])
            else:
                child.attrs = {MARK: self._number(self._link(child.meta, token.content, place))}

    def _link(self, meta: dict[str, Any], content: str, place: Place) -> Callable[[], Marked | None]:
        start, end = place(meta["at"]), place(meta["end"] - 1) + 1
        if "defined" in meta:
            defined = self.references[meta["defined"]]
            left, right = (self.places.of_body(at) for at in defined["href"])
            url, escapes = defined["url"], True
        else:
            left, right = (place(at) for at in meta["href"])
            url, escapes = meta["url"], content[meta["at"]] == "["
        raw = self.text[left:right]
        marked = Marked(Span(start, end, left, right), url, raw, "markdown" if escapes else "plain")
        return lambda: marked

    def _html(self, html: str, place: Place, shift: int = 0) -> str:
        def locate(offset: int) -> Marked | None:
            if self.tags is not None:
                return self.tags.get(place(offset + shift))
            attributes, end = start_tag(html, offset)
            tag = "form" if html[offset + 1] in "fF" else "a"
            found = structure.marked(tag, offset, end, attributes)
            if found is None:
                return None
            span = found.span
            ends = place(span.end - 1 + shift) + 1
            left, right = (place(at + shift) for at in (span.href_start, span.href_end))
            return replace(found, span=Span(place(span.start + shift), ends, left, right))

        return structure.mark(html, lambda offset: self._number(lambda: locate(offset)))

    def _number(self, located: Callable[[], Marked | None]) -> int:
        self.located.append(located)
        return len(self.located) - 1


READER = PageReader(
    name="markdown", suffixes=(".md", ".markdown", ".mdown", ".mkd"), declares_encoding=False, read=read
)
