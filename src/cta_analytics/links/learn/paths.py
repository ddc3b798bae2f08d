"""A site's paths, grouped by their first segment after the language."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from cta_analytics.links.learn import names
from cta_analytics.links.learn.majority import nearly_all
from cta_analytics.links.learn.survey import Seen

_LANG = re.compile(r"[a-z]{2}(?:-[A-Za-z]{2,4})?")
Rest = tuple[str, ...]


@dataclass(slots=True)
class Group:
    """What lies below one first segment."""

    segment: str
    index: dict[str, Seen] = field(default_factory=dict)
    """The page at the segment itself, by language (empty: none)."""
    is_index_linked: bool = False
    """Whether links lead to that page, be it at hand or not."""
    pages: list[tuple[str, Rest, Seen]] = field(default_factory=list)
    """Language, the rest of the path, and the page."""
    targeted: int = 0
    """How many of its pages other groups link to."""
    kind: str = ""

    @property
    def langs(self) -> list[str]:
        """The languages of its pages, those without one last: `{lang}` is tried before it can be taken for a word."""
        found = {lang for lang, _, _ in self.pages} | set(self.index)
        return sorted(found or {""}, key=lambda lang: (not lang, lang))

    @property
    def selling(self) -> int:
        """How many of its pages have a link that can sell."""
        return selling(one for _, _, one in self.pages)


def selling(pages: Iterable[Seen]) -> int:
    """How many pages have a link that can sell."""
    return sum(bool(one.links) for one in pages)


def grouped(seen: Sequence[Seen]) -> dict[str, Group]:
    """The groups by segment; that of the home page is `""`, and a page at the root is a group of its own.

    A segment to which links lead, but under which no page lies, is a group if its word names a page kind.
    """
    langs = _languages(seen)
    groups: dict[str, Group] = {}
    for one in seen:
        lang, segments = _split(one.page.path, langs)
        group = groups.setdefault(segments[0] if segments else "", Group(segments[0] if segments else ""))
        if len(segments) > 1:
            group.pages.append((lang, segments[1:], one))
        else:
            group.index[lang] = one
    abroad: set[str] = set()
    linked: set[str] = set()
    for one in seen:
        own = _split(one.page.path, langs)[1][:1]
        for path in one.targets:
            segments = _split(path, langs)[1]
            if segments[:1] != own:
                abroad.add(path)
            if len(segments) == 2 and names.by_word(segments[0]):
                linked.add(segments[0])
            elif len(segments) == 1 and segments[0] in groups:
                groups[segments[0]].is_index_linked = True
    for segment in sorted(linked - set(groups)):
        groups[segment] = Group(segment)
    for group in groups.values():
        group.targeted = sum(one.page.path in abroad for _, _, one in group.pages)
    return groups


def _languages(seen: Sequence[Seen]) -> frozenset[str]:
    """First segments that are languages: `/de/…`, where the pages below declare themselves to be German."""
    declared: dict[str, list[bool]] = defaultdict(list)
    for one in seen:
        first = one.page.path.split("/")[1]
        if _LANG.fullmatch(first) and one.lang:
            declared[first].append(one.lang.lower().startswith(first[:2].lower()))
    return frozenset(first for first, agrees in declared.items() if nearly_all(sum(agrees), len(agrees)))


def _split(path: str, langs: frozenset[str]) -> tuple[str, Rest]:
    segments = tuple(part for part in path.split("/") if part)
    return (segments[0], segments[1:]) if segments and segments[0] in langs else ("", segments)
