"""The links of an HTML tree, with what stands around each: the part that all page readers share."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
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
IGNORE = "data-cta-ignore"
# Not IGNORECASE, which would make the search for `<` several times slower.
MARKED_TAG = re.compile(r"<(?:[aA](?:[rR][eE][aA])?|[fF][oO][rR][mM])(?=[\t\n\f\r /])")

_WANTED = f"[{MARK}],h1,h2,h3,h4,h5,h6,p,li,dd,blockquote,td"
_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_LINKS = frozenset({"a", "area", "form"})
_TEASER = frozenset({"h1", "h2", "h3", "h4", "h5", "h6", "div", "p", "ul", "ol", "dl", "figure", "section", "article"})
_LITERAL_HEADING = re.compile(r"#{1,6}\s+")
# Fewer words than this on a block of its own are a label, not prose after which nothing closes a page.
_PROSE_WORDS = 8
# The end of a page is near its end: a bound, because blocks may be nested and their text is then read again and again.
_LOOKED_AT = 400


@dataclass(slots=True, unsafe_hash=True)
class Marked:
    """The source of a marked tag: where it stands, its URL, and the language that the URL is written in."""

    span: Span
    href: str
    raw: str
    syntax: Syntax


Attributes = Mapping[str, str | None]

Locate = Callable[[int], Marked | None]
"""The source of the tag with that mark, or None where it has no URL."""


def mark(html: str, number: Callable[[int], int], tags: re.Pattern[str] = MARKED_TAG) -> str:
    """The HTML with a mark in each tag that can be a link; `number` makes one of the tag's offset."""
    return tags.sub(lambda found: f"{found[0]} {MARK}={number(found.start())} ", html)


def marked(tag: str, offset: int, end: int, attributes: dict[str, Attribute]) -> Marked | None:
    """The source of an HTML tag; None where it has no URL."""
    names = ("action",) if tag == "form" else ("href", "xlink:href")
    found = next((attributes[name] for name in names if name in attributes), None)
    if found is None or (tag == "form" and not found.raw.strip()):
        return None
    url = found.trimmed()
    return Marked(Span(offset, end, url.start, url.end), url.value, url.raw, "html")


def read(html: str, locate: Locate, lines_are_blocks: bool = False, scripted: frozenset[str] = frozenset()) -> Document:
    """What the marked HTML holds. `scripted`: further elements that are links where they have a mark and a source.

    `lines_are_blocks` is true where a line of the source that ends a sentence ends a block of the page, as in the
    Markdown that exporters write.
    """
    from selectolax.lexbor import LexborHTMLParser

    tree = LexborHTMLParser(limited(html))
    canonical = _attribute(tree.css_first("link[rel~=canonical i][href]"), "href")
    return Document(
        title=_text_of(tree.css_first("head > title")) or _text_of(tree.css_first("h1")),
        lang=_attribute(tree.css_first("html"), "lang"),
        permalink=canonical,
        base=_attribute(tree.css_first("base[href]"), "href"),
        canonical=canonical,
        anchors=tuple(_Reader(tree, locate, lines_are_blocks).anchors(_LINKS | scripted, IGNORE in html)),
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

    def anchors(self, links: frozenset[str], has_ignored: bool) -> list[Anchor]:
        nodes = self.tree.css(_WANTED)
        tags = [node.tag or "" for node in nodes]
        last_prose = self._last_prose(nodes, tags)
        heading: str | None = None
        before_headings = True
        found: dict[int, Anchor] = {}
        for index, tag in enumerate(tags):
            if tag in _HEADINGS:
                before_headings = False
                heading = _text_of(nodes[index]) or heading
            elif tag in links:
                node = nodes[index]
                attributes = node.attributes
                # A button around a link, and a paragraph that has no mark, are none themselves.
                if tag not in _LINKS and (MARK not in attributes or node.css_first("a[href],area[href]")):
                    continue
                number = int(attributes[MARK] or 0)
                # A parser repeats the tag of a misnested link; it is one link still.
                source = None if number in found else self.locate(number)
                if source:
                    around = self._around(node, tag, attributes, number, before_headings, index > last_prose)
                    text = _link_text(node, tag, attributes)
                    if self.lines_are_blocks:
                        text = _LITERAL_HEADING.sub("", text, count=1) if text.startswith("#") else text
                    found[number] = _anchor(tag, attributes, source, text, heading, around)
        if has_ignored:
            self._ignore(found)
        return [found[number] for number in sorted(found)]

    def _ignore(self, found: dict[int, Anchor]) -> None:
        """Tells each link what `data-cta-ignore` says of it, on itself or around it."""
        for node in self.tree.css(f"[{IGNORE}]"):
            says = (node.attributes.get(IGNORE) or "").strip()
            numbers = {one.attributes.get(MARK) for one in (node, *node.css(f"[{MARK}]"))}
            for number in sorted(int(text) for text in numbers if text):
                if number in found:
                    found[number].ignored += (says,)

    def _last_prose(self, nodes: list[LexborNode], tags: list[str]) -> int:
        looked_at = 0
        for index in range(len(nodes) - 1, -1, -1):
            if tags[index] in _LINKS or tags[index] in _HEADINGS:
                continue
            node = nodes[index]
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

    def _around(
        self, node: LexborNode, tag: str, attributes: Attributes, number: int, before_headings: bool, closing: bool
    ) -> Surroundings:
        block, citing = self._block(node)
        if block is None:
            return Surroundings(before_headings=before_headings, closing=closing)
        own = enter(self._region(block), tag, attributes)
        key = block.mem_id
        flow = self.flows.get(key)
        if flow is None:
            flow = self.flows[key] = flow_of(block, MARK, self.lines_are_blocks)
        run = flow.runs.get(number)
        parent = block.parent
        return Surroundings(
            own.landmark,
            own.in_form,
            citing or own.citing,
            number in flow.bracketed,
            run.words if run else 0,
            run.number if run else number,
            self.groups.setdefault(parent.mem_id if parent is not None else key, len(self.groups)),
            number in flow.touching,
            _is_card(node, self.lines_are_blocks),
            before_headings,
            closing,
            own.hints,
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


def _anchor(
    tag: str, attributes: Attributes, source: Marked, text: str, heading: str | None, around: Surroundings
) -> Anchor:
    return Anchor(
        tag,
        source.href,
        source.raw,
        source.syntax,
        source.span,
        text,
        heading,
        attributes.get("rel") or None,
        attributes.get("target") or None,
        (attributes.get("data-cta-slot") or "").strip() or None,
        around,
        referrer_policy=attributes.get("referrerpolicy") or None,
    )


def _link_text(node: LexborNode, tag: str, attributes: Attributes) -> str:
    if tag == "form":
        return ""
    text = _text_of(node) or ""
    if not text:
        # A picture speaks through its alternative text, an icon through its label.
        image = node.css_first("img[alt]")
        label = (image.attributes.get("alt") if image else None) or attributes.get("aria-label")
        text = " ".join((label or attributes.get("alt") or "").split())
    return text
