"""Page kinds from paths: pages with the same first segment are one kind, named by that word or by their links."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from cta_analytics.config import PageKind
from cta_analytics.links.learn import names
from cta_analytics.links.learn.majority import most, nearly_all
from cta_analytics.links.learn.paths import Group, grouped, selling
from cta_analytics.links.learn.survey import Seen

SMALLEST_GROUP = 2
"""One page below a segment is a page with a long path; two are a kind, unless the segment's word says so already."""
MOST_SINGLE_PAGES = 100
"""So many pages of the root are listed one by one; a contract that lists more would be no help to read."""
_YEAR = re.compile(r"(?:19|20)\d\d")


@dataclass(frozen=True, slots=True)
class DraftedKind:
    """A page kind, and how many pages of the site are of it."""

    kind: PageKind
    pages: int


def kinds(seen: Sequence[Seen]) -> list[DraftedKind]:
    """The page kinds of a site, in the order in which a path must be held against them."""
    groups = grouped(seen)
    home = groups.pop("", None)
    wide = [group for group in groups.values() if _is_kind(group)]
    single = [group for group in groups.values() if not _is_kind(group)]
    flat = _is_flat(single, wide)
    _name(wide, has_answers=flat)
    found = _indexes("home", home) if home else []
    for group in sorted(wide, key=lambda group: (names.ORDER.get(group.kind, len(names.ORDER)), group.segment)):
        found += _of_group(group)
    return found + _of_root(single, flat)


def _is_kind(group: Group) -> bool:
    is_named = names.by_word(group.segment) is not None
    return len(group.pages) >= SMALLEST_GROUP or (is_named and (bool(group.pages) or not group.index))


def _is_flat(single: Sequence[Group], wide: Sequence[Group]) -> bool:
    """Whether the answers lie at the root: no group is of answers, and more pages sell there than in any group."""
    if any(names.by_word(group.segment) == "answer" for group in wide):
        return False
    at_root = selling(page for group in single for page in group.index.values())
    return at_root >= SMALLEST_GROUP and all(at_root > group.selling for group in wide)


def _name(groups: Sequence[Group], has_answers: bool) -> None:
    """Gives each group its kind: by its word, else by its links, else the word itself."""
    for group in groups:
        group.kind = names.by_word(group.segment) or ("blog" if _YEAR.fullmatch(group.segment) else "")
    if not any(group.kind == "product" for group in groups):
        catalogue = next((group for group in groups if not group.kind and _is_catalogue(group, groups)), None)
        if catalogue:
            catalogue.kind = "product"
    if not has_answers and not any(group.kind == "answer" for group in groups):
        busiest = max((group for group in groups if not group.kind), key=lambda group: group.selling, default=None)
        if busiest and busiest.selling and 2 * busiest.selling >= len(busiest.pages):
            busiest.kind = "answer"
    for group in groups:
        group.kind = group.kind or names.singular(group.segment)


def _is_catalogue(group: Group, groups: Sequence[Group]) -> bool:
    """Whether its pages are of products: each sells one ASIN, each another one, and other pages link to them."""
    sold = [{link.description.asin for link in page.links if link.description.asin} for _, _, page in group.pages]
    single = [next(iter(asins)) for asins in sold if len(asins) == 1]
    return (
        len(groups) > 1
        and nearly_all(len(single), len(sold))
        and nearly_all(len(set(single)), len(single))
        and most(group.targeted, len(group.pages))
    )


def _start(lang: str, segment: str) -> str:
    return "/" + "/".join(part for part in ("{lang}" if lang else "", segment) if part)


def _indexes(kind: str, group: Group) -> list[DraftedKind]:
    counts = Counter(_start(lang, group.segment) for lang in group.index)
    return [DraftedKind(PageKind(kind=kind, path=path), count) for path, count in counts.items()]


def _of_group(group: Group) -> list[DraftedKind]:
    found = _indexes("index", group)
    if group.is_index_linked and not found:
        found = [_drafted("index", _start(group.langs[0], group.segment), 0)]
    if not group.pages:
        # Only links lead there: what is known is that such pages exist, and their list.
        start = _start("", group.segment)
        return [_drafted("index", start, 0), _drafted(group.kind, f"{start}/{{slug}}", 0)]
    for start in dict.fromkeys(_start(lang, group.segment) for lang in group.langs):
        rests = [rest for lang, rest, _ in group.pages if _start(lang, group.segment) == start]
        found += _below(start, group.kind, rests)
    return found


def _below(start: str, kind: str, rests: Sequence[tuple[str, ...]]) -> list[DraftedKind]:
    lists = Counter(rest[0] for rest in rests if len(rest) > 1 and rest[0] in names.LISTS)
    found = [_drafted("index", f"{start}/{word}/{{path}}", count) for word, count in sorted(lists.items())]
    deep = [rest for rest in rests if len(rest) > 1 and rest[0] not in names.LISTS]
    flat = [rest for rest in rests if len(rest) == 1]
    if deep:
        found.append(_drafted(kind, f"{start}/{{path}}/{{slug}}", len(deep)))
    # `/answers/knives` above `/answers/knives/how-to-hone` is a list, where all of that length are.
    parents = {rest[:1] for rest in deep}
    if deep and flat and nearly_all(sum(rest in parents for rest in flat), len(flat)):
        found.append(_drafted("index", f"{start}/{{path}}", len(flat)))
    elif flat:
        found.append(_drafted(kind, f"{start}/{{slug}}", len(flat)))
    return found


def _of_root(single: Sequence[Group], flat: bool) -> list[DraftedKind]:
    """The pages of the root; where the answers lie there, one by one only those that are about the site itself."""
    about: list[Group] = []
    rest: list[Group] = []
    for group in sorted(single, key=lambda group: group.segment):
        is_listed = not flat or (names.is_about_the_site(group.segment) and not selling(group.index.values()))
        (about if is_listed else rest).append(group)
    found = [drafted for group in about[:MOST_SINGLE_PAGES] for drafted in _indexes("page", group)]
    below = [group for group in single if group.pages]
    found += [
        _drafted("page", f"{_start(group.langs[0], group.segment)}/{{path}}", len(group.pages)) for group in below
    ]
    starts = Counter(_start(lang, "{slug}") for group in rest for lang in group.index)
    return found + [_drafted("answer", path, count) for path, count in starts.items()]


def _drafted(kind: str, path: str, pages: int) -> DraftedKind:
    return DraftedKind(PageKind(kind=kind, path=path), pages)
