"""Words of paths that name a page kind."""

from __future__ import annotations

import re

from cta_analytics.urls import KINDS

ORDER = {"answer": 0, "product": 1, "blog": 2}
"""The order in which kinds are written."""

_WORDS = {
    "answer": """answer answers question questions q qa q-and-a q-a faq faqs ask advice guide guides how-to howto help
        knowledge knowledge-base kb learn""",
    "product": "product products shop store item items p gear",
    "blog": "blog blogs post posts article articles news journal magazine stories notes",
}
_KIND_OF = {word: kind for kind, words in _WORDS.items() for word in words.split()}
_ABOUT = re.compile(
    r"(?:.*-)?(?:about|contact|privacy|terms|imprint|impressum|datenschutz|legal|disclaimer|disclosure|cookies?|team|careers"
    r"|press|sitemap|search|login|account|cart|checkout|404|500|thanks|thank-you|newsletter|subscribe|faq|home)(?:-.*)?"
)
LISTS = frozenset({"page", "tag", "tags", "category", "categories", "topic", "topics", "author", "authors", "archive"})
"""Segments below a kind under which lists of it lie: `/blog/tag/knives`."""


def by_word(segment: str) -> str | None:
    """The kind that a first segment names, or None."""
    return _KIND_OF.get(segment.lower())


def is_about_the_site(segment: str) -> bool:
    """Whether a page of that name is about the site and answers nothing."""
    return _ABOUT.fullmatch(segment.lower()) is not None


def singular(segment: str) -> str:
    """A kind's name from a segment: `recipes` gives `recipe`. It is no name that a kind of link has."""
    word = re.sub(r"[^a-z0-9]+", "-", segment.lower()).strip("-") or "page"
    if word.endswith("ies") and len(word) > 4:
        word = f"{word[:-3]}y"
    elif word.endswith("s") and not word.endswith(("ss", "us", "is")):
        word = word[:-1]
    return f"{word}-page" if word in KINDS else word
