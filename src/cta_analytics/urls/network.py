"""A network: who a host belongs to, what its paths and its parameters mean."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache

KINDS = (
    "amazon_store", "amazon_product", "amazon_search", "amazon_short", "amazon_other", "affiliate", "short",
    "external", "email", "phone", "fragment", "computed", "invalid", "page",
)  # fmt: skip
"""Every kind that `describe` gives; the contract names the pages of the own site more closely than `page`."""


@dataclass(frozen=True, slots=True)
class Marketplace:
    """A country's store. `digits`: of the currency's minor unit; `suffix`: end of its tracking ids (`20` in `x-20`)."""

    name: str
    domain: str
    currency: str
    digits: int = 2
    suffix: str | None = None
    attribution: bool = False


@dataclass(frozen=True, slots=True)
class Parameter:
    """What a key means. `stripped_by`: privacy list -> paths where it removes it; `fix`: `unsafe` if that may hurt."""

    role: str
    meaning: str
    stripped_by: Mapping[str, str] = field(default_factory=dict)
    fix: str = "safe"


@dataclass(frozen=True, slots=True)
class Shape:
    """A form of path and the kind of link that it makes (see the head of `networks.toml`)."""

    kind: str
    path: str
    canonical: str | None = None
    target: tuple[str, ...] = ()
    needs: tuple[str, ...] = ()
    hosts: tuple[str, ...] = ()
    marketplace: str | None = None
    only_absolute: bool = False

    def match(self, path: str) -> re.Match[str] | None:
        """Where the path has this form."""
        return _compiled(self.path).search(path)

    def identity(self, named: Mapping[str, str]) -> str:
        """The canonical path, filled with the groups that were found; one that was not is empty."""
        return (self.canonical or "").format_map(defaultdict(str, named))


class Parameters:
    """The keys of a table, by name or by the longest `prefix*` that a key begins with."""

    __slots__ = ("_prefix", "by_name")

    def __init__(self, by_name: Mapping[str, Parameter]) -> None:
        self.by_name = by_name
        prefixes = sorted((name[:-1] for name in by_name if name.endswith("*")), key=len, reverse=True)
        self._prefix = re.compile("|".join(map(re.escape, prefixes))) if prefixes else None

    def get(self, key: str) -> Parameter | None:
        """What the key means, or None."""
        found = self.by_name.get(key)
        if found is None and self._prefix:
            prefix = self._prefix.match(key)
            found = self.by_name[f"{prefix[0]}*"] if prefix else None
        return found


@dataclass(frozen=True, slots=True, eq=False)
class Network:
    """One table of `networks.toml`. `network`: its name in the output, None where nobody pays (shorteners)."""

    table: str
    network: str | None
    title: str
    hosts: tuple[str, ...] = ()
    shapes: tuple[Shape, ...] = ()
    parameters: Parameters = field(default_factory=lambda: Parameters({}))
    marketplaces: Mapping[str, Marketplace] = field(default_factory=dict)
    language: str | None = None
    junk: tuple[str, ...] = ()
    own: frozenset[str] = frozenset()
    own_tags: str | None = None
    programs: bool = False

    def parameter(self, key: str) -> Parameter | None:
        """What this network makes of a key."""
        return self.parameters.get(key)

    def is_own_tag(self, tag: str) -> bool:
        """Whether a publisher's tag is the network's own, so that it pays nobody else."""
        return self.own_tags is not None and _compiled(self.own_tags).search(tag) is not None

    def clean_path(self, path: str) -> str:
        """The path without language prefix, doubled slashes and the segments that say nothing (`/ref=…`)."""
        path = re.sub(r"/{2,}", "/", path) if "//" in path and "://" not in path else path
        if self.language:
            path = _compiled(self.language).sub("", path, count=1)
        for junk in self.junk:
            path = _compiled(junk).sub("", path)
        return path or "/"

    def leftovers(self, path: str) -> list[tuple[int, int]]:
        """The spans of a raw path's segments that say nothing."""
        return sorted(found.span() for junk in self.junk for found in _compiled(junk).finditer(path))


@lru_cache(maxsize=512)
def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern)
