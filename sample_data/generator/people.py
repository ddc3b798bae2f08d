"""Who visits: addresses, browsers and where people come from."""

from __future__ import annotations

import ipaddress
import random
from bisect import bisect
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import accumulate
from typing import TypeVar

T = TypeVar("T")

# Referrer, query that the entry link carries, share. An empty referrer is a direct visit.
_ORIGINS = [
    ("https://www.google.com/", "", 52),
    ("", "", 17),
    ("https://www.bing.com/", "", 6),
    ("https://duckduckgo.com/", "", 5),
    ("https://chatgpt.com/", "utm_source=chatgpt.com", 5),
    ("https://www.perplexity.ai/", "", 2),
    ("https://www.pinterest.com/", "", 4),
    ("https://www.reddit.com/", "", 3),
    ("https://m.facebook.com/", "fbclid=IwY2xjawNk{0}", 2),
    ("https://www.youtube.com/", "", 1),
    ("", "utm_source=letter&utm_medium=email&utm_campaign=monthly-tip", 3),
]


@dataclass(slots=True)
class Person:
    """A visitor. `scripts` is `full`, `blocked` (pages work, the beacon does not) or `none` (no JavaScript)."""

    address: str
    agent: str
    scripts: str
    seen: set[str] = field(default_factory=set)


def weighted(rng: random.Random, values: Sequence[tuple[T, float]]) -> T:
    """One of `(value, weight)`."""
    sums = list(accumulate(weight for _, weight in values))
    return values[bisect(sums, rng.random() * sums[-1])][0]


def address(rng: random.Random) -> str:
    """An address out of ranges that belong to nobody; about three in ten are IPv6."""
    if rng.random() < 0.3:
        network = (0x20010DB8 << 96) | (rng.getrandbits(32) << 64)
        return str(ipaddress.IPv6Address(network | rng.getrandbits(64)))
    if rng.random() < 0.5:
        return f"100.{rng.randrange(64, 128)}.{rng.randrange(256)}.{rng.randrange(1, 255)}"
    if rng.random() < 0.9:
        return f"10.{rng.randrange(256)}.{rng.randrange(256)}.{rng.randrange(1, 255)}"
    return f"198.51.100.{rng.randrange(1, 255)}"


def browser(written: str, week: int) -> str:
    """A user agent of the list with the versions that were current in the `week` of the scenario."""
    return written.format(chrome=153 + week // 4, firefox=152 + week // 4)


def newcomer(rng: random.Random, browsers: Sequence[tuple[str, float]], week: int) -> Person:
    """A person never seen before, with a browser that was current in the `week` of the scenario."""
    agent = browser(weighted(rng, browsers), week)
    scripts = weighted(rng, [("full", 92.0), ("blocked", 6.0), ("none", 2.0)])
    return Person(address(rng), agent, scripts)


def origin(rng: random.Random) -> tuple[str, str]:
    """Referrer and query of an entry; the referrer is empty for a direct visit."""
    referrer, query = weighted(rng, [((referrer, query), float(share)) for referrer, query, share in _ORIGINS])
    return referrer, query.format(f"{rng.getrandbits(64):x}")
