"""What would repair a finding, and which changes of a page's links repair all that can be repaired on it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Protocol

from cta_analytics.links.link import Link
from cta_analytics.lint.edits import Written, applied, changes, edits, written
from cta_analytics.lint.finding import Change, Fix, Place, Safety
from cta_analytics.lint.rule import Hit, Rule
from cta_analytics.lint.sources import Sources
from cta_analytics.pages.anchor import Syntax
from cta_analytics.pages.source import Source

Found = tuple[Rule, Hit]
_Codes = Counter[tuple[str, frozenset[str]]]
_PIECE = re.compile(r"[?&#/]|[^?&#/]+")
_SEPARATORS = "?&#"
# A link has far fewer faults. What is not done by then is never done: two rules want what the other does not.
_BOUND = 40


class Address(Protocol):
    """A URL as it stands in a file. A `Link` is one."""

    @property
    def file(self) -> str:
        """The file's name."""

    @property
    def href(self) -> str:
        """What it means."""

    @property
    def raw(self) -> str:
        """How it is written."""

    @property
    def syntax(self) -> Syntax:
        """In which language."""

    @property
    def href_line(self) -> int:
        """Where it starts."""

    @property
    def href_column(self) -> int:
        """Where it starts."""


def address_of(hit: Hit) -> Address | None:
    """What a hit would have repaired."""
    return hit.link or hit.stated


def place_of(address: Address) -> Place:
    """Where a URL stands. Two links of Markdown that name one reference have one place."""
    return address.file, address.href_line, address.href_column


def located(source: Source, line: int, column: int, raw: str, syntax: Syntax) -> tuple[int, Written] | None:
    """The character at which a URL starts, and how it is written; None where it does not stand there (any more)."""
    if line > len(source.line_starts):
        return None
    start = source.line_starts[line - 1] + column - 1
    at = written(source, start, raw, syntax)
    return None if at is None else (start, at)


def fix_of(hit: Hit, sources: Sources) -> Fix | None:
    """The fix of a hit; None where there is none, or where the file's language cannot say it at that place."""
    at = address_of(hit)
    if at is None or hit.repair is None or hit.repair == at.href or (hit.link and hit.link.kind == "computed"):
        return None
    opened = sources.open(at.file)
    if opened is None:
        return None
    found = located(opened.source, at.href_line, at.href_column, at.raw, at.syntax)
    todo = edits(found[1], at.href, hit.repair) if found else None
    if not found or not todo:
        return None
    begin, end = todo[0].start, todo[-1].end
    text = applied(at.raw[:end], todo)[begin:]
    start, source = found[0], opened.source
    shown = described(at.href, hit.repair)
    return Fix(hit.safety, source.byte_offset(start + begin), source.byte_offset(start + end), text, shown)


def described(href: str, repaired: str) -> str:
    """A repair in a few words: `utm_source=lark-moor → larkmoor`, `add tag=maas`, `remove gclid=1`."""
    said: list[str] = []
    for start, end, text in changes(href, repaired, _PIECE):
        before = href[start:end].strip(_SEPARATORS)
        after = text.strip(_SEPARATORS)
        if before and after:
            key = before.partition("=")[0] + "="
            after = after.removeprefix(key) if after.startswith(key) and "&" not in before + after else after
            said.append(f"{before} → {after}")
        elif after:
            said.append(f"add {after}")
        elif before:
            said.append(f"remove {before}")
        else:
            said.append(f"{href[start:end]} → {text}" if text and start < end else f"remove {href[start:end]}")
    more = f"; {len(said) - 1} more" if len(said) > 1 else ""
    return f"{said[0]}{more}" if said else ""


def planned(
    links: Sequence[Link],
    hits: Iterable[Found],
    judge: Callable[[Sequence[Link]], Iterable[Found]],
    moved: Callable[[Sequence[Link], Mapping[Place, str]], Sequence[Link]],
    safeties: frozenset[Safety],
) -> tuple[list[Change], Sequence[Link]]:
    """The changes that make the repairs of these safeties, and the links as they then are.

    `hits` are those of `links`; `judge` finds those of changed links, and `moved` gives links with other URLs. Repairs
    are made one after another, each on what the one before has made, a fault in a URL's shape first. A URL on which
    repairs never come to rest (each brings the other back) is left as it is, so that a second run changes nothing.
    """
    first = list(hits)
    found = first
    origins = {place_of(link): link for link in reversed(links)}
    seen = {place: [link.href] for place, link in origins.items()}
    restless: set[Place] = set()
    now = links
    for turn in range(_BOUND + 1):
        wanted = _wanted(now, found, safeties, restless)
        if not wanted:
            break
        for place, href in wanted.items():
            if href in seen[place] or turn == _BOUND:
                restless.add(place)
                wanted[place] = origins[place].href
            seen[place].append(href)
        now = moved(now, wanted)
        found = list(judge(now))
    finals = {place_of(link): link.href for link in now}
    before, after = _codes(first), _codes(found)
    planned = [
        _change(origin, origin.page, finals[place], before.get(place, Counter()) - after.get(place, Counter()))
        for place, origin in sorted(origins.items())
        if finals[place] != origin.href
    ]
    return planned + _apart(first, safeties, before), now


def _apart(found: Iterable[Found], safeties: frozenset[Safety], codes: dict[Place, _Codes]) -> list[Change]:
    """The changes of URLs that stand in no link: each is repaired once."""
    changed: dict[Place, Change] = {}
    for _, hit in found:
        at = address_of(hit)
        if hit.link is None and at is not None and hit.repair not in {None, at.href} and hit.safety in safeties:
            place = place_of(at)
            changed.setdefault(
                place, _change(at, hit.page.path if hit.page else "", hit.repair or at.href, codes[place])
            )
    return list(changed.values())


def _wanted(
    links: Sequence[Link], found: Iterable[Found], safeties: frozenset[Safety], restless: set[Place]
) -> dict[Place, str]:
    """The next URL of each place that has one."""
    hrefs = {place_of(link): link.href for link in links if link.kind != "computed"}
    wanted: dict[Place, str] = {}
    for _, hit in sorted(found, key=lambda one: not one[0].is_structural):
        if hit.link is None or hit.repair is None or hit.safety not in safeties:
            continue
        place = place_of(hit.link)
        if place not in restless and hrefs.get(place, hit.repair) != hit.repair:
            wanted.setdefault(place, hit.repair)
    return wanted


def _codes(found: Iterable[Found]) -> dict[Place, _Codes]:
    counts: dict[Place, _Codes] = {}
    for rule, hit in found:
        at = address_of(hit)
        if at is not None:
            counts.setdefault(place_of(at), Counter())[rule.code, hit.keys] += 1
    return counts


def _change(at: Address, page: str, repaired: str, gone: _Codes) -> Change:
    return Change(
        at.file,
        at.href_line,
        at.href_column,
        at.raw,
        at.syntax,
        at.href,
        repaired,
        page,
        tuple(sorted(code for code, _ in gone.elements())),
    )
