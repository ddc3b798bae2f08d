"""The links that can sell, in groups that should be alike: by page kind, by what they lead to, and by their role."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from cta_analytics.config import Match
from cta_analytics.links.learn.majority import nearly_all
from cta_analytics.links.learn.observed import Observed
from cta_analytics.links.learn.values import keys, learn

MOST_ASINS = 50
"""A policy that lists more products than this is told apart from the others by nothing that a person can check."""


@dataclass(frozen=True, slots=True)
class Group:
    """Links that one policy is about."""

    match: Match
    page_kind: str | None
    """None for what stands around the content of all pages."""
    members: tuple[Observed, ...]
    copied: tuple[Observed, ...] = ()
    """Links out of a browser, which are no model for others."""
    role: str = ""
    """What tells it from the other groups of its page kind and link kind."""

    @property
    def about(self) -> tuple[str, str | None]:
        """What it leads to: link kind and, outside of Amazon, the network."""
        first = (self.members or self.copied)[0].found
        return first.kind, None if first.is_amazon else first.network

    @property
    def program(self) -> str:
        """The program of most of its links."""
        counts = Counter(program_of(one) for one in self.members)
        return counts.most_common(1)[0][0] if counts else "none"


def program_of(one: Observed) -> str:
    """The program whose tag a link carries."""
    program = one.found.program or "none"
    return program if program in {"attribution", "associates"} else "none"


def group(observed: Sequence[Observed]) -> list[Group]:
    """The groups, the more narrow before the wider ones of the same links."""
    parts: dict[tuple[str | None, str, str | None], list[Observed]] = defaultdict(list)
    for one in observed:
        network = None if one.found.is_amazon else one.found.network
        parts[None if one.is_chrome else one.page.kind, one.found.kind, network].append(one)
    found: list[Group] = []
    for (page_kind, _, network), members in sorted(
        parts.items(), key=lambda item: (item[0][0] is not None, -len(item[1]))
    ):
        model = tuple(one for one in members if not one.is_copied)
        copied = tuple(one for one in members if one.is_copied)
        whole = Group(_match(members, network, page_kind is None), page_kind, model, copied)
        found += [narrow for by_program in _by_program(whole) for narrow in _by_place(by_program)]
    return found


def _match(members: Sequence[Observed], network: str | None, is_chrome: bool) -> Match:
    hosts = sorted({(one.found.host or "").removeprefix("www.") for one in members}) if network else None
    places = sorted({one.link.placement for one in members}) if is_chrome else None
    return Match(kind=members[0].found.kind, host=_plain(hosts), placement=_plain(places))


def _plain(values: Sequence[str] | None) -> str | list[str] | None:
    return (values[0] if len(values) == 1 else list(values)) if values else None


def _by_program(whole: Group) -> list[Group]:
    """Two groups where one program is for certain products (ours) and another for the rest."""
    by_program: dict[str, list[Observed]] = defaultdict(list)
    for one in whole.members:
        by_program[program_of(one)].append(one)
    ours, theirs = by_program.get("attribution", []), by_program.get("associates", [])
    if min(len(ours), len(theirs)) < 2 or any(nearly_all(len(p), len(whole.members)) for p in (ours, theirs)):
        return [whole]
    asins, others = ({one.found.asin for one in part} for part in (ours, theirs))
    if None in asins or asins & others or len(asins) > MOST_ASINS:
        return [whole]
    match = whole.match.model_copy(update={"asin": _plain(sorted(asin for asin in asins if asin))})
    inside, outside = _parted(whole, lambda one: one.found.asin in asins)
    return [replace(inside, match=match, role="own"), outside]


def _by_place(whole: Group) -> list[Group]:
    """A group for each placement (or `data-cta-slot`) where a parameter's value follows it."""
    free = [key for key in keys(whole.members) if not isinstance(learn(key, whole.members).rule, str)]
    for name, place_of in _PLACES.items():
        if whole.match.placement is not None and name == "placement":
            continue
        parts: dict[str, list[Observed]] = defaultdict(list)
        for one in whole.members:
            parts[place_of(one)].append(one)
        if any(_follows(key, parts) for key in free):
            return _at_places(whole, name, place_of, parts)
    return [whole]


def _at_places(
    whole: Group, name: str, place_of: Callable[[Observed], str], parts: Mapping[str, Sequence[Observed]]
) -> list[Group]:
    """A group for each place that has links enough for a rule, and what is left with the widest of them."""
    widest = max(sorted(parts), key=lambda place: len(parts[place]))
    narrow = []
    left = whole
    for place in sorted(place for place in parts if place and place != widest and len(parts[place]) > 1):
        inside, left = _parted(left, lambda one, here=place: place_of(one) == here)  # type: ignore[misc]
        narrow.append(replace(inside, match=whole.match.model_copy(update={name: place}), role=place))
    return [*narrow, left]


_PLACES: dict[str, Callable[[Observed], str]] = {
    "placement": lambda one: one.link.placement,
    "slot": lambda one: one.link.data_slot or "",
}


def _follows(key: str, parts: Mapping[str, Sequence[Observed]]) -> bool:
    """Whether each place has its own value: at least two places with two links, and no place with several."""
    rules = {place: learn(key, members).rule for place, members in parts.items() if place and len(members) > 1}
    values = {rule for rule in rules.values() if isinstance(rule, str) and "{" not in rule}
    return len(rules) > 1 and len(values) == len(rules)


def _parted(whole: Group, inside: Callable[[Observed], bool]) -> tuple[Group, Group]:
    chosen, left = (
        replace(
            whole,
            members=tuple(one for one in whole.members if inside(one) is wanted),
            copied=tuple(one for one in whole.copied if inside(one) is wanted),
        )
        for wanted in (True, False)
    )
    return chosen, left
