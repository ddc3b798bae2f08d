"""Which answer gets a tag of its own, and which share one: the plan behind `cta plan` (docs/plan.md)."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import Literal

from cta_analytics.urls.tags import is_channel

Kind = Literal["channel", "maas", "tracking_id"]
MOST_TAGS: Mapping[Kind, int | None] = {"channel": 100, "maas": None, "tracking_id": 100}
"""Store insights itemise the 100 source tags with most visitors; an account has 100 tracking ids; no cap of ad groups is known."""
ENOUGH_CLICKS: Mapping[Kind, int] = {"channel": 16, "maas": 16, "tracking_id": 0}
"""Amazon masks a row of fewer than 10 clicks, and drops a source tag below a minimum that it does not state; Associates masks none.
With 16 clicks expected, fewer than 10 come less than once in twenty times (Poisson: 4.3 %)."""
_DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"


@dataclass(frozen=True, slots=True)
class Planned:
    """One answer in the plan. `tag` is None where there is none to give; `is_new`: not yet in the contract."""

    answer: str
    clicks: int
    tag: str | None
    is_shared: bool
    is_new: bool
    is_masked: bool

    @property
    def basis(self) -> str:
        """What its figures will rest on."""
        if self.tag is None:
            return "allocated"
        return "masked" if self.is_masked else "allocated" if self.is_shared else "measured"


def channel_of(name: str) -> str:
    """A source tag for an answer: its slug where that fits into 20 characters, else its beginning and a hash of it.

    The hash makes it the same on every machine and different for slugs that begin alike.
    """
    if is_channel(name):
        return name
    number, digits = int.from_bytes(sha256(name.encode()).digest()[:8]), ""
    for _ in range(6):
        number, digit = divmod(number, 36)
        digits += _DIGITS[digit]
    start = re.sub(r"[^A-Za-z0-9_-]+", "-", name)[:13].strip("-")
    return f"{start}-{digits}" if start else digits


def plan(
    clicks: Mapping[str, int], held: Mapping[str, str], kind: Kind, free: Sequence[str], budget: int
) -> list[Planned]:
    """The answers in the order of their clicks, each with a tag.

    `held` are the tags that answers have already, and stay. Of the others those with enough clicks to be shown get a tag
    of their own, from the most clicked one down, as far as `budget` new tags go; the rest share pools, as many as can be
    expected to be shown. A tag is one of `free`, which exist; source tags are named here.
    """
    least = ENOUGH_CLICKS[kind]
    waiting = sorted((answer for answer in clicks if answer not in held), key=lambda one: (-clicks[one], one))
    slots = budget if kind == "channel" else min(budget, len(free))
    own = sum(clicks[answer] >= least for answer in waiting)
    members = Counter(held.values())
    pools = {tag: sum(clicks.get(a, 0) for a in held if held[a] == tag) for tag, n in members.items() if n > 1}
    # Without a source tag an answer has no figure at all; of the others there is a shared one on the links already.
    needs_pool = kind == "channel" and not pools
    if own > slots or (own == slots and own < len(waiting) and needs_pool):
        own = max(slots - (1 if needs_pool else 0), 0)
    if own == len(waiting) - 1 < slots and not pools:
        # Nobody is left to share a pool with.
        own += 1
    rest = waiting[own:]
    names = _Names(kind, free, set(held.values()))
    tags = dict(held) | {answer: names.own(answer) for answer in waiting[:own]}
    if rest and pools:
        tags |= _spread(rest, clicks, pools)
    elif rest and slots > own:
        tags |= _spread(rest, clicks, {names.pool(): 0 for _ in range(_pools(rest, clicks, slots - own, least))})
    shared = Counter(tags.values())
    expected: Counter[str] = Counter()
    for answer, tag in tags.items():
        expected[tag] += clicks.get(answer, 0)
    return [
        Planned(answer, count, tag, shared[tag] > 1 if tag else True, answer not in held and tag is not None, masked)
        for answer, count in sorted(clicks.items(), key=lambda pair: (-pair[1], pair[0]))
        for tag in [tags.get(answer)]
        for masked in [tag is not None and expected[tag] < least]
    ]


def _pools(rest: Sequence[str], clicks: Mapping[str, int], most: int, least: int) -> int:
    """How many pools the rest can fill so that each is expected to be shown, at least one."""
    most = min(most, len(rest) // 2, sum(clicks[answer] for answer in rest) // max(least, 1))
    for count in range(most, 1, -1):
        trial = _spread(rest, clicks, {str(n): 0 for n in range(count)})
        loads = Counter(dict.fromkeys(set(trial.values()), 0))
        for answer, pool in trial.items():
            loads[pool] += clicks[answer]
        if len(loads) == count and min(loads.values()) >= least:
            return count
    return 1


def _spread(answers: Sequence[str], clicks: Mapping[str, int], pools: Mapping[str, int]) -> dict[str, str]:
    """Each answer, from the most clicked one down, into the pool that has the fewest clicks so far."""
    loads, result = dict(pools), {}
    for answer in answers:
        pool = min(loads, key=lambda name: loads[name])
        loads[pool] += clicks[answer]
        result[answer] = pool
    return result


class _Names:
    """Tags to give: those that exist and are free, or source tags with a name for the answer or the pool."""

    def __init__(self, kind: Kind, free: Sequence[str], taken: set[str]) -> None:
        self.is_named = kind == "channel"
        self.free = iter(free)
        self.taken = set(taken)
        self.count = 0

    def own(self, answer: str) -> str:
        tag = channel_of(answer) if self.is_named else next(self.free)
        if tag in self.taken:
            # Somebody else's tag has the answer's name.
            tag = channel_of(f"{answer} (its own source tag)")
        self.taken.add(tag)
        return tag

    def pool(self) -> str:
        if not self.is_named:
            return next(self.free)
        while True:
            self.count += 1
            tag = f"pool-{self.count}"
            if tag not in self.taken:
                self.taken.add(tag)
                return tag
