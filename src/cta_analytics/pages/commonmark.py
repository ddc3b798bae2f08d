"""A CommonMark parser, with tables and bare URLs, whose link tokens say where they stand in what the parser read."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock
from markdown_it.rules_block.reference import reference
from markdown_it.rules_core import StateCore
from markdown_it.rules_inline import StateInline
from markdown_it.rules_inline.autolink import autolink
from markdown_it.rules_inline.html_inline import html_inline
from markdown_it.rules_inline.link import link
from markdown_it.token import Token

from cta_analytics.pages import bare_url

_SPACE = " \t\n"
_LABEL = re.compile(r"\[(?:[^\[\]\\]|\\.)*\]:", re.DOTALL)
# A paragraph without these holds no link. Most have none, and reading inline marks is most of the cost.
_CAN_LINK = re.compile(r"[\[<]|://")

# What the tokens' `meta` and the definitions of references hold.
AT, END, HREF, URL, DEFINED = "at", "end", "href", "url", "defined"


class _Engine(MarkdownIt):
    """The library's way to set these is to assign functions; they are methods here for the type checker's sake."""

    def validateLink(self, url: str) -> bool:  # noqa: N802
        """A link with any scheme is a link: what becomes of `javascript:` is for the caller to say."""
        return True

    def normalizeLink(self, url: str) -> str:  # noqa: N802
        """Percent-encoding is what a renderer needs; here the URL stays as the author wrote it."""
        return url

    def normalizeLinkText(self, link: str) -> str:  # noqa: N802
        """The text of `<https://…>` stays as well."""
        return link


@lru_cache(maxsize=2)
def parser(mdx: bool = False) -> MarkdownIt:
    """The parser; that of MDX knows no code by indentation, and reads Markdown between tags.

    A `link_open` token's `meta` has `at` and `end` (offsets in the block's content), and either `href`
    (start and end there) with `url` (escapes decoded), or `defined`, the label of a reference.

    `env["references"][label]` has `href` (start and end in the page's text) and `url`. An `html_inline` token has `at`.
    """
    engine = _Engine("commonmark", {"store_labels": True}).enable(["table", "strikethrough"])
    if mdx:
        # https://mdxjs.com/docs/what-is-mdx/#markdown: no indented code, no HTML blocks.
        engine.disable(["code", "html_block"])
    engine.inline.ruler.at("link", _link)
    engine.inline.ruler.at("autolink", _autolink)
    engine.inline.ruler.at("html_inline", _html_inline)
    engine.inline.add_terminator_char(":")
    engine.inline.ruler.push("bare_url", _bare_url)
    engine.block.ruler.at("reference", _reference)
    engine.core.ruler.at("inline", _inline)
    return engine


def _opened(state: StateInline, since: int) -> Token:
    return next(token for token in state.tokens[since:] if token.type == "link_open")


def _link(state: StateInline, silent: bool) -> bool:
    start, since = state.pos, len(state.tokens)
    if not link(state, silent):
        return False
    if silent:
        return True
    token = _opened(state, since)
    token.meta = {AT: start, END: state.pos, **token.meta}
    if "label" in token.meta:
        token.meta[DEFINED] = token.meta.pop("label")
    else:
        # What lies inside the brackets was read before, and the parser remembers where each part of it ended.
        label_end = state.md.helpers.parseLinkLabel(state, start, True)
        token.meta |= _destination(state.md, state.src, label_end + 2)
    return True


def _destination(engine: MarkdownIt, text: str, position: int) -> dict[str, Any]:
    while position < len(text) and text[position] in _SPACE:
        position += 1
    found = engine.helpers.parseLinkDestination(text, position, len(text))
    if not found.ok:
        return {HREF: (position, position), URL: ""}
    in_angles = text.startswith("<", position)
    return {HREF: (position + in_angles, found.pos - in_angles), URL: found.str}


def _autolink(state: StateInline, silent: bool) -> bool:
    start, since = state.pos, len(state.tokens)
    if not autolink(state, silent):
        return False
    if not silent:
        token = _opened(state, since)
        token.meta = {AT: start, END: state.pos, HREF: (start + 1, state.pos - 1), URL: str(token.attrs["href"])}
    return True


def _bare_url(state: StateInline, silent: bool) -> bool:
    colon = state.pos
    if state.src[colon] != ":" or state.linkLevel > 0:
        return False
    start = bare_url.scheme_start(state.src, colon)
    end = bare_url.url_end(state.src, colon, state.posMax) if start is not None else None
    if start is None or end is None or len(state.pending) < colon - start:
        return False
    if not silent:
        state.pending = state.pending[: start - colon]
        token = state.push("link_open", "a", 1)
        token.meta = {AT: start, END: end, HREF: (start, end), URL: state.src[start:end]}
        state.push("text", "", 0).content = state.src[start:end]
        state.push("link_close", "a", -1)
    state.pos = end
    return True


def _html_inline(state: StateInline, silent: bool) -> bool:
    start = state.pos
    if not html_inline(state, silent):
        return False
    if not silent:
        state.tokens[-1].meta = {AT: start}
    return True


def _reference(state: StateBlock, start_line: int, end_line: int, silent: bool) -> bool:
    known = len(state.env.get("references", ()))
    if not reference(state, start_line, end_line, silent):
        return False
    references = state.env.get("references", {})
    if not silent and len(references) > known:
        # The lines without what blocks around them put before each.
        pieces: list[str] = []
        starts: list[tuple[int, int]] = []
        length = 0
        for line in range(start_line, state.line):
            begin = state.bMarks[line] + state.tShift[line]
            pieces.append(state.src[begin : state.eMarks[line] + 1])
            starts.append((length, begin))
            length += len(pieces[-1])
        text = "".join(pieces)
        label = _LABEL.match(text)
        found = _destination(state.md, text, label.end() if label else 0)
        inside, outside = next(pair for pair in reversed(starts) if pair[0] <= found[HREF][0])
        span = (found[HREF][0] - inside + outside, found[HREF][1] - inside + outside)
        references[next(reversed(references))] |= {HREF: span, URL: found[URL]}
    return True


def _inline(state: StateCore) -> None:
    for index, token in enumerate(state.tokens):
        if token.type != "inline":
            continue
        if _CAN_LINK.search(token.content) or state.tokens[index - 1].type == "heading_open":
            token.children = []
            state.md.inline.parse(token.content, state.md, state.env, token.children)
        else:
            token.children = [Token("text", "", 0, content=token.content)]
