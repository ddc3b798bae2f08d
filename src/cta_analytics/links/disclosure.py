"""Which disclosure stands near a link that may earn money: words that Amazon names, never a judgment of law."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from dataclasses import replace

from cta_analytics.links.link import Link
from cta_analytics.pages.source import Source

# Nearly every page is done with after this: looking for substrings costs next to nothing.
_HINTS = ("paid link", "#ad", "#commissionsearned", "amazon associate")
# What Amazon's Associates pages accept beside a link; "affiliate link" and "buy now" do not do.
MARK = re.compile(r"\(\s*paid\s+links?\s*\)|(?<![\w&/\"'=])(?<!\]\()#(?:ad|CommissionsEarned)(?![\w-])", re.IGNORECASE)
SENTENCE = re.compile(
    r"As\s+an?\s+Amazon\s+Associate(?:\s*,)?\s+(?:\w+\s+){1,4}earns?\s+from\s+qualifying\s+purchases", re.IGNORECASE
)
# A mark in another block, or further away than this, is not near.
_BLOCK = re.compile(
    r"</?(?:p|div|li|ul|ol|td|tr|table|section|article|h[1-6]|main|footer|header)\b|\r?\n[ \t]*\r?\n", re.IGNORECASE
)
_NEAR = 600
_KINDS = frozenset(
    {"amazon_store", "amazon_product", "amazon_search", "amazon_short", "amazon_other", "affiliate", "short"}
)


def disclosed(links: tuple[Link, ...], starts: tuple[int, ...], source: Source) -> tuple[Link, ...]:
    """The links with what discloses them: a mark in the same block, else the Associates sentence of the page.

    `starts`: where each begins in the source's text.
    """
    lower = source.text.lower()
    if not any(hint in lower for hint in _HINTS) or not any(link.kind in _KINDS for link in links):
        return links
    text = source.text
    marks = [(found.start(), found[0]) for found in MARK.finditer(text)]
    sentence = SENTENCE.search(text)
    by_page = " ".join(sentence[0].split()) if sentence else None
    places = [place for place, _ in marks]
    result = []
    for link, start in zip(links, starts, strict=True):
        found = by_page
        if link.kind in _KINDS:
            near = range(bisect_left(places, start - _NEAR), bisect_right(places, start + _NEAR))
            same = [i for i in near if not _BLOCK.search(text, min(places[i], start), max(places[i], start))]
            if same:
                nearest = min(same, key=lambda i: abs(places[i] - start))
                found = marks[nearest][1]
        result.append(replace(link, disclosure=found) if found and link.kind in _KINDS else link)
    return tuple(result)
