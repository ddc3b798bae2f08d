"""The links of an HTML tree, with what stands around each: the part that all page readers share."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from cta_analytics.pages.anchor import Anchor, Document, Span, Surroundings, Syntax
from cta_analytics.pages.attributes import Attribute
from cta_analytics.pages.flow import Flow, flow_of
from cta_analytics.pages.nesting import limited
from cta_analytics.pages.region import PLAIN, Region, enter, is_block

if TYPE_CHECKING:
    from selectolax.lexbor import LexborHTMLParser, LexborNode

# A reader writes `data-cta-at=<number>` into each of these tags. What the parser then makes of the page decides which
# of them are links: one in a comment, a script or a template never becomes an element. That keeps a single, correct
# HTML parser in charge, and the place of each link exact.
MARK = "data-cta-at"
MARKED_TAG = re.compile(r"<(?:a|area|form)(?=[\t\n\f\r /])", re.IGNORECASE)

_WANTED = f"[{MARK}],h1,h2,h3,h4,h5,h6,p,li,dd,blockquote,td"
_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_LINKS = frozenset({"a", "area", "form"})
_TEASER = frozenset({"h1", "h2", "h3", "h4", "h5", "h6", "div", "p", "ul", "ol", "dl", "figure", "section", "article"})
_LITERAL_HEADING = re.compile(r"#{1,6}\s+")
# Fewer words than this on a block of its own are a label, not prose after which nothing closes a page.
_PROSE_WORDS = 8
# The end of a page is near its end: a bound, because blocks may be nested and their text is then read again and again.
_LOOKED_AT = 400


@dataclass(frozen=True, slots=True)
class Marked:
    """The source of a marked tag: where it stands, its URL, and the language that the URL is written in."""

    span: Span
    href: str
    raw: str
    syntax: Syntax


Locate = Callable[[int], Marked | None]
"""The source of the tag with that mark, or None where it has no URL."""


def mark(html: str, number: Callable[[int], int]) -> str:
    """The HTML with a mark in each tag that can be a link; `number` makes one of the tag's offset."""
    return MARKED_TAG.sub(lambda found: f"{found[0]} {MARK}={number(found.start())} ", html)


def marked(tag: str, offset: int, end: int, attributes: dict[str, Attribute]) -> Marked | None:
    """The source of an HTML tag; None where it has no URL."""
    names = ("action",) if tag == "form" else ("href", "xlink:href")
    found = next((attributes[name] for name in names if name in attributes), None)
    if found is None or (tag == "form" and not found.raw.strip()):
        return None
    url = found.trimmed()
    return Marked(Span(offset, end, url.start, url.end), url.value, url.raw, "html")


def read(html: str, locate: Locate, lines_are_blocks: bool = False) -> Document:
    """What the marked HTML holds.

    `lines_are_blocks` is true where a line of the source that ends a sentence ends a block of the page, as in the
    Markdown that exporters write.
    """
    from selectolax.lexbor import LexborHTMLParser

    tree = LexborHTMLParser(limited(html))
    return Document(
        title=_text_of(tree.css_first("head > title")) or _text_of(tree.css_first("h1")),
        lang=_attribute(tree.css_first("html"), "lang"),
        permalink=_attribute(tree.css_first("link[rel~=canonical i][href]"), "href"),
        base=_attribute(tree.css_first("base[href]"), "href"),
        anchors=tuple(_Reader(tree, locate, lines_are_blocks).anchors()),
    )


def _text_of(node: LexborNode | None) -> str | None:
    text = " ".join((node.text(deep=True) if node else "").split())
    return _unmarked(text) or None


def _unmarked(text: str) -> str:
    # A mark can get into text where a tag is no tag, as in <title>.
    return re.sub(rf" {MARK}=\d+ ?", "", text) if MARK in text else text


def _attribute(node: LexborNode | None, name: str) -> str | None:
    value = node.attributes.get(name) if node else None
    return value.strip() or None if value else None


class _Reader:
    """One pass over a tree. Everything that links share is worked out once, so that time is linear in the page."""

    def __init__(self, tree: LexborHTMLParser, locate: Locate, lines_are_blocks: bool) -> None:
        self.tree = tree
        self.locate = locate
        self.lines_are_blocks = lines_are_blocks
        self.blocks: dict[int, tuple[LexborNode | None, bool]] = {}
        self.regions: dict[int, Region] = {}
        self.flows: dict[int, Flow] = {}
        self.groups: dict[int, int] = {}

    def anchors(self) -> list[Anchor]:
        nodes = self.tree.css(_WANTED)
        last_prose = self._last_prose(nodes)
        first_heading = next((i for i, node in enumerate(nodes) if node.tag in _HEADINGS), len(nodes))
        heading: str | None = None
        found: dict[int, Anchor] = {}
        for index, node in enumerate(nodes):
            tag = node.tag or ""
            if tag in _HEADINGS:
                heading = _text_of(node) or heading
            elif tag in _LINKS:
                number = int(node.attributes[MARK] or 0)
                # A parser repeats the tag of a misnested link; it is one link still.
                source = None if number in found else self.locate(number)
                if source:
                    around = self._around(node, number, index < first_heading, index > last_prose)
                    text = _link_text(node, tag)
                    if self.lines_are_blocks:
                        text = _LITERAL_HEADING.sub("", text, count=1) if text.startswith("#") else text
                    found[number] = _anchor(node, tag, source, text, heading, around)
        return [found[number] for number in sorted(found)]

    def _last_prose(self, nodes: list[LexborNode]) -> int:
        looked_at = 0
        for index in range(len(nodes) - 1, -1, -1):
            node = nodes[index]
            if node.tag in _LINKS or node.tag in _HEADINGS:
                continue
            looked_at += 1
            if looked_at > _LOOKED_AT:
                return index
            text = node.text(deep=True)
            if len(text) < _PROSE_WORDS * 2 or self._region(node).landmark:
                continue
            linked = sum(len((link.text(deep=True) or "").split()) for link in node.css("a"))
            if len(text.split()) - linked >= _PROSE_WORDS:
                return index
        return -1

    def _around(self, node: LexborNode, number: int, before_headings: bool, closing: bool) -> Surroundings:
        block, citing = self._block(node)
        region = self._region(block) if block is not None else PLAIN
        own = enter(region, node.tag or "", node.attributes)
        if block is None:
            return Surroundings(before_headings=before_headings, closing=closing)
        key = block.mem_id
        if key not in self.flows:
            self.flows[key] = flow_of(block, MARK, self.lines_are_blocks)
        run = self.flows[key].runs.get(number)
        group = block.parent.mem_id if block.parent is not None else key
        return Surroundings(
            landmark=own.landmark,
            in_form=own.in_form,
            citing=citing or own.citing,
            bracketed=number in self.flows[key].bracketed,
            words_around=run.words if run else 0,
            text_run=run.number if run else number,
            group=self.groups.setdefault(group, len(self.groups)),
            touches_previous=number in self.flows[key].touching,
            is_card=_is_card(node, self.lines_are_blocks),
            before_headings=before_headings,
            closing=closing,
            hints=own.hints,
        )

    def _block(self, node: LexborNode) -> tuple[LexborNode | None, bool]:
        """The block whose text an inline element is part of, and whether it is cited on the way there."""
        way: list[LexborNode] = []
        at = node.parent
        found: tuple[LexborNode | None, bool] = (None, False)
        while at is not None:
            known = self.blocks.get(at.mem_id)
            if known is not None:
                found = known
                break
            way.append(at)
            if is_block(at.tag):
                found = (at, False)
                break
            at = at.parent
        for step in reversed(way):
            found = (found[0], found[1] or step.tag in {"sup", "cite"})
            self.blocks[step.mem_id] = found
        return found

    def _region(self, node: LexborNode) -> Region:
        chain: list[tuple[int, LexborNode]] = []
        at: LexborNode | None = node
        region = PLAIN
        while at is not None:
            known = self.regions.get(at.mem_id)
            if known is not None:
                region = known
                break
            chain.append((at.mem_id, at))
            at = at.parent
        for key, step in reversed(chain):
            region = enter(region, step.tag or "", step.attributes if step.is_element_node else {})
            self.regions[key] = region
        return region


def _is_card(node: LexborNode, has_literal_headings: bool) -> bool:
    child = node.first_child
    while child is not None:
        tag = child.tag
        if tag in _TEASER:
            return True
        # An exporter leaves the heading of a teaser as `[### Title` in the text of the link.
        if has_literal_headings and tag == "-text" and _LITERAL_HEADING.match((child.text_content or "").lstrip()):
            return True
        # A teaser's blocks may stand in one wrapper, as in <a><span><h3>.
        inner = child.first_child if tag == "span" else None
        if inner is not None and inner.tag in _TEASER:
            return True
        child = child.next
    return False


def _anchor(node: LexborNode, tag: str, source: Marked, text: str, heading: str | None, around: Surroundings) -> Anchor:
    attributes = node.attributes
    return Anchor(
        tag=tag,
        href=source.href,
        raw=source.raw,
        syntax=source.syntax,
        span=source.span,
        text=text,
        heading=heading,
        rel=attributes.get("rel") or None,
        target=attributes.get("target") or None,
        slot=(attributes.get("data-cta-slot") or "").strip() or None,
        surroundings=around,
    )


def _link_text(node: LexborNode, tag: str) -> str:
    if tag == "form":
        return ""
    text = _text_of(node) or ""
    if not text:
        # A picture speaks through its alternative text, an icon through its label.
        image = node.css_first("img[alt]")
        label = (image.attributes.get("alt") if image else None) or node.attributes.get("aria-label")
        text = " ".join((label or node.attributes.get("alt") or "").split())
    return text
