"""What a page says around its links. Each part is made where a rule first asks for it, and for most pages none does."""

from __future__ import annotations

import re
from functools import cached_property
from html import unescape
from typing import TYPE_CHECKING

from cta_analytics.links.disclosure import SENTENCE
from cta_analytics.lint.programs import Program, program_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from cta_analytics.config import Contract
    from cta_analytics.links.extract import Read
    from cta_analytics.links.inventory import Page
    from cta_analytics.links.link import Link

_HTML = (".html", ".htm", ".xhtml")
# What a layout begins with stands at the beginning.
_WHOLE = re.compile(r"<!doctype\b|<html\b|<body\b", re.IGNORECASE)
_HEAD = 10_000
_MARKDOWN = (".md", ".markdown", ".mdown", ".mkd", ".mdx")
# What a reader of the page does not see. An unclosed comment or script goes on to the end, as in browsers.
_UNSEEN = re.compile(
    r"<!--.*?(?:-->|\Z)|<(script|style|template|textarea)\b.*?(?:</\1\s*>|\Z)"
    r"|</?(?P<tag>[a-zA-Z][\w.:-]*)[^<>]*>|<[!?][^<>]*>|&(?:nbsp|#160|#xa0);",
    re.IGNORECASE | re.DOTALL,
)
_UNSEEN_MARKDOWN = re.compile(r"\]\([^()\s]*\)|[\[\]]|(?<=\S)[*_]+|[*_]+(?=\S)")
_BLOCK_TAGS = (
    "address article aside blockquote body caption dd details dialog div dl dt fieldset figcaption figure footer form "
    "h1 h2 h3 h4 h5 h6 head header hr html legend li main menu nav ol p pre section summary table tbody tfoot thead "
    "title tr ul"
)
_BLOCKS = frozenset(_BLOCK_TAGS.split())
_EDGE = "\x1e"
_HTML_EDGE = re.compile(_EDGE)
_MARKDOWN_EDGE = re.compile(rf"{_EDGE}|\n(?=[ \t]*(?:\r?\n|[|#>]|[-*+][ \t]|\d+[.)][ \t]))")
_CLOSING = re.compile(r"</a\s*>", re.IGNORECASE)
# A block that is longer than this on one side of a link is not looked at any further.
_NEAR = 1500
# What stands in a link is read up to here; without a bound, unclosed links would be read again and again.
_INSIDE = 4000


class PageText:
    """A page with its links, as the rules see them, and the text that they stand in."""

    def __init__(self, page: Page, links: Sequence[Link], read: Read, contract: Contract) -> None:
        self.page = page
        self.links = links
        self.contract = contract
        self._source = read.source
        self._anchors = read.document.anchors

    @property
    def is_html(self) -> bool:
        """Whether the file that was read is HTML, so that its author can write any attribute."""
        return self._source.file.lower().endswith(_HTML)

    @property
    def is_whole(self) -> bool:
        """Whether the file is all of the page, not a piece of content that a layout is put around."""
        return self.is_html and _WHOLE.search(self._source.text, 0, _HEAD) is not None

    @cached_property
    def by_program(self) -> dict[Program, list[Link]]:
        """The links of each program, in the order of the page."""
        found: dict[Program, list[Link]] = {"attribution": [], "associates": []}
        for link in self.links:
            if link.cta is not None or link.description.network is not None:
                program = program_of(link, self.contract)
                if program is not None:
                    found[program].append(link)
        return found

    @cached_property
    def lower(self) -> str:
        """The file's text in lower case: what is not in it need not be looked for."""
        return self._source.text.lower()

    @cached_property
    def visible(self) -> str:
        """The text, as long as the file's, with blanks for what no reader sees and edges between blocks."""
        text = _UNSEEN.sub(_blanked, self._source.text)
        if self._source.file.lower().endswith(_MARKDOWN):
            text = _UNSEEN_MARKDOWN.sub(lambda found: " " * len(found[0]), text)
        return text

    def start_of(self, link: Link) -> int:
        """Where in `visible` the link starts."""
        return self._anchors[link.position - 1].span.start

    def block_of(self, link: Link) -> tuple[int, int]:
        """Where in `visible` the block starts and ends that the link stands in, the link's own text included."""
        anchor = self._anchors[link.position - 1]
        start, end = anchor.span.start, anchor.span.end
        if anchor.syntax == "html" and anchor.tag == "a":
            closing = _CLOSING.search(self._source.text, end, end + _INSIDE)
            end = closing.end() if closing else end
        edge = _MARKDOWN_EDGE if self._source.file.lower().endswith(_MARKDOWN) else _HTML_EDGE
        left = max(0, start - _NEAR)
        for found in edge.finditer(self.visible, left, start):
            left = found.end()
        after = edge.search(self.visible, end, end + _NEAR)
        return left, after.start() if after else min(len(self.visible), end + _NEAR)

    def said(self, start: int, end: int) -> str:
        """What a reader reads between two places of `visible`."""
        return " ".join(unescape(self.visible[start:end].replace(_EDGE, " ")).split())

    def sentence_at(self, sentences: Iterable[str]) -> int | None:
        """Where the Associates sentence first stands, or one of `sentences` that does in its place; None: nowhere."""
        places = []
        if "amazon" in self.lower:
            found = SENTENCE.search(self.visible)
            places += [found.start()] if found else []
        for sentence in sentences:
            words = [re.escape(word) for word in sentence.split()]
            found = re.search(r"\s+".join(words), self.visible, re.IGNORECASE) if words else None
            places += [found.start()] if found else []
        return min(places, default=None)


def _blanked(found: re.Match[str]) -> str:
    tag = found["tag"]
    return (_EDGE if tag is not None and tag.lower() in _BLOCKS else " ") * len(found[0])
