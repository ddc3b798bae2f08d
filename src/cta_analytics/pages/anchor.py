"""A link as it stands in a file, and what stands around it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

Syntax = Literal["html", "markdown", "plain"]
"""How the URL is written in the file: which escapes stand between it and its meaning."""

# The records of which there is one a link are not `frozen`: that would more than triple the cost of making them, which
# was a fifth of a scan. Nothing changes them all the same.

Landmark = Literal["", "nav", "header", "footer"]


@dataclass(slots=True, unsafe_hash=True)
class Span:
    """Where a link stands: offsets in code points of the file's text."""

    start: int
    end: int
    href_start: int
    href_end: int


@dataclass(slots=True, unsafe_hash=True)
class Surroundings:
    """What a page's structure says about the place of a link; `links.placement` draws the conclusion."""

    landmark: Landmark = ""
    in_form: bool = False
    citing: bool = False
    """In `<sup>`, `<cite>`, a footnote or a bibliography."""
    bracketed: bool = False
    """Between parentheses of the text that it stands in."""
    words_around: int = 0
    """Words of the same line of text outside of links; above `flow.FEW_WORDS` there may be more."""
    text_run: int = 0
    """Links of one number stand in the same line of text."""
    group: int = 0
    """Links of one number stand in sibling blocks, as the entries of a list do."""
    touches_previous: bool = False
    """Nothing, not even a blank, stands between it and the link before."""
    is_card: bool = False
    """The link holds a heading or blocks, as a teaser does."""
    before_headings: bool = False
    closing: bool = False
    """No prose comes after it."""
    hints: frozenset[str] = frozenset()
    """What class names, ids and roles suggest: weak evidence. Of `author button cta legal nav references related`."""


@dataclass(slots=True, unsafe_hash=True)
class Anchor:
    """A link as it stands in a file."""

    tag: str
    """`a`, `area` or `form`."""
    href: str
    """The URL, with the escapes of the file's language decoded once."""
    raw: str
    """The URL as it stands in the file."""
    syntax: Syntax
    span: Span
    text: str
    heading: str | None
    rel: str | None = None
    target: str | None = None
    slot: str | None = None
    """`data-cta-slot`."""
    surroundings: Surroundings = field(default_factory=Surroundings)
    is_computed: bool = False
    """The URL is an expression of a template; `href` is that expression."""
    referrer_policy: str | None = None
    """`referrerpolicy`."""
    ignored: tuple[str, ...] = ()
    """The `data-cta-ignore` of itself and of the elements around it."""


@dataclass(frozen=True, slots=True)
class Document:
    """What a reader found in a file."""

    title: str | None = None
    lang: str | None = None
    permalink: str | None = None
    """What the file says its path on the site is: front matter, else the canonical link, else its `**URL:**` line."""
    base: str | None = None
    """`<base href>`."""
    canonical: str | None = None
    """`<link rel=canonical>`."""
    anchors: tuple[Anchor, ...] = ()
