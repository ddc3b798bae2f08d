"""Where on its page a link stands: concluded from structure and target, never from the wording of headings alone."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from cta_analytics.pages.anchor import Anchor
from cta_analytics.urls import Description

PLACEMENTS = ("cta", "inline", "citation", "related", "nav", "header", "author", "legal", "footer", "form")

# A line of text with fewer words around its links is a label ("Price:", "or"), with more it is prose.
_PROSE_WORDS = 4
# From so many on, product links in sibling blocks are a shelf to browse, not calls to action.
_SHELF = 3
_COMMERCE = frozenset(
    {"amazon_store", "amazon_product", "amazon_search", "amazon_short", "amazon_other", "affiliate", "short"}
)
_ABROAD = frozenset({"external", "invalid", "computed", "email", "phone"})
_AUTHOR = re.compile(
    r"^/(?:[a-z]{2}/)?(?:about(?:-(?:us|me))?|authors?|team|people|contributors?|staff|writers?)(?:/|$)", re.I
)
_LEGAL = re.compile(
    r"/(?:[a-z-]*(?:disclaimers?|disclosures?|privacy|terms|legal|imprint|impressum|datenschutz|cookies?|gdpr|ccpa)[a-z-]*)/?$",
    re.I,
)
_SHOP = re.compile(r"^/(?:[a-z]{2}/)?(?:products?|shop|store|buy|cart|checkout|collections)(?:/|$)", re.I)
_REFERENCES = re.compile(
    r"\s*(?:references?|sources?|citations?|bibliography|footnotes?|works cited|studies(?: cited)?)\s*:?\s*$", re.I
)
_FOOTNOTE = re.compile(r"\[?\d{1,3}\]?$")
_NO_RELS: frozenset[str] = frozenset()
_LEGAL_RELS = frozenset({"privacy-policy", "terms-of-service", "license"})


@dataclass(slots=True, unsafe_hash=True)
class Neighbours:
    """What only the whole page tells about a link."""

    with_commerce: bool = False
    """A commercial link stands in the same line of text."""
    on_shelf: int = 1
    """Links to products that stand alone in sibling blocks, this one included."""


def is_commercial(description: Description, has_policy: bool) -> bool:
    """Whether a link leads to where things are sold."""
    return has_policy or description.kind in _COMMERCE


def is_product(description: Description) -> bool:
    """Whether a link leads to a product page of the own site."""
    return description.kind == "product" or (description.kind == "page" and _SHOP.match(description.path) is not None)


# A site has few paths, and each is linked to from many pages.
@lru_cache(maxsize=8192)
def _is_legal(path: str) -> bool:
    return _LEGAL.search(path) is not None


def stands_alone(anchor: Anchor) -> bool:
    """Whether no prose surrounds the link."""
    return anchor.surroundings.words_around < _PROSE_WORDS


def place(anchor: Anchor, description: Description, page_path: str, has_policy: bool, neighbours: Neighbours) -> str:
    """One of `PLACEMENTS`.

    `has_policy` says that a CTA policy of the contract is about the link. Evidence is weighed from strong to weak:
    where the element stands, what the author declares, what the target is, the form of the block, names of classes.
    """
    around = anchor.surroundings
    rels = set(anchor.rel.lower().split()) if anchor.rel else _NO_RELS
    path = description.path
    internal = description.kind not in _COMMERCE and description.kind not in _ABROAD
    if around.in_form:
        return "form"
    if around.landmark:
        return around.landmark
    if "author" in rels:
        return "author"
    if rels & _LEGAL_RELS or (internal and _is_legal(path)):
        return "legal"
    if description.kind == "external" and not has_policy and _cites(anchor):
        return "citation"
    if internal and _AUTHOR.match(path) and (stands_alone(anchor) or "author" in around.hints):
        return "author"
    if not stands_alone(anchor):
        return "inline"
    return _of_block(anchor, description, page_path, has_policy, neighbours, internal)


def _cites(anchor: Anchor) -> bool:
    around = anchor.surroundings
    if around.citing or around.bracketed or "references" in around.hints:
        return True
    in_list = stands_alone(anchor) or anchor.heading is not None
    return bool(_FOOTNOTE.match(anchor.text)) or (in_list and bool(_REFERENCES.match(anchor.heading or "")))


def _of_block(
    anchor: Anchor, description: Description, page_path: str, has_policy: bool, neighbours: Neighbours, internal: bool
) -> str:
    around = anchor.surroundings
    if is_commercial(description, has_policy):
        return "cta"
    if internal and description.kind != "fragment":
        upwards = page_path != "/" and (
            description.path == "/" or page_path.startswith(description.path.rstrip("/") + "/")
        )
        if upwards and around.before_headings:
            return "nav"
        if upwards and around.closing and not around.is_card:
            return "footer"
        if is_product(description):
            return "related" if neighbours.on_shelf >= _SHELF and around.is_card else "cta"
        if around.is_card:
            return "related"
    if anchor.slot or neighbours.with_commerce or around.hints & {"cta", "button"}:
        return "cta"
    if not internal:
        return "inline"
    if description.kind == "fragment" or "nav" in around.hints:
        return "nav"
    return "related"
