"""What a URL is by itself: the record."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import Any

from cta_analytics.urls.network import Marketplace, Network
from cta_analytics.urls.parse import Parsed
from cta_analytics.urls.problem import Problem
from cta_analytics.urls.query import Query
from cta_analytics.urls.tags import Attribution


@dataclass(frozen=True, slots=True)
class Store:
    """A Brand Store: the names are decoration, the page id (canonical upper case) is the identity."""

    brand: str | None
    page_id: str | None
    page_name: str | None = None
    node: str | None = None


@dataclass(frozen=True, slots=True)
class Utm:
    """The six utm values that reports use; None is absent, an empty string stands there empty."""

    source: str | None = None
    medium: str | None = None
    campaign: str | None = None
    term: str | None = None
    content: str | None = None
    id: str | None = None


UTM_NAMES = tuple(field.name for field in fields(Utm))
"""The fields of `Utm`: the keys without `utm_`."""


# Not `frozen`, as all records of which there is one a URL or more: that would triple the cost of making them.
@dataclass(slots=True, unsafe_hash=True)
class Description:
    """What a URL is by itself.

    The fields down to `target` are the JSON of `cta parse` (docs/parse.md); the rest is for us. `is_wrapper`: its form
    may hold another URL. `claimed_asin`: what stands in the ASIN's place. `repaired`: the URL without the faults of its
    shape, where it has such.
    """

    url: str
    kind: str
    parsed: Parsed
    canonical: str | None = None
    network: str | None = None
    program: str | None = None
    marketplace: str | None = None
    host: str | None = None
    store: Store | None = None
    asin: str | None = None
    attribution: Attribution | None = None
    tracking_id: str | None = None
    sub_tag: str | None = None
    channel: str | None = None
    utm: Utm = Utm()
    params: tuple[tuple[str, str], ...] = ()
    ga4_channel: str | None = None
    stripped_by: tuple[str, ...] = ()
    problems: tuple[Problem, ...] = ()
    target: Description | None = None
    is_wrapper: bool = False
    table: Network | None = None
    place: Marketplace | None = None
    claimed_asin: str | None = None
    repaired: str | None = None

    def but(self, **values: Any) -> Description:
        """The same with other values: `dataclasses.replace`, several times as fast."""
        other = object.__new__(Description)
        for name in _FIELDS:
            setattr(other, name, values[name] if name in values else getattr(self, name))
        return other

    @property
    def query(self) -> Query:
        """The query as an ordered multi-map."""
        return self.parsed.query

    @property
    def path(self) -> str:
        """The path as a browser normalises it, percent-encoded; `/` at least for http."""
        return self.parsed.path

    @property
    def fragment(self) -> str | None:
        """What stands behind `#`, raw; None without `#`."""
        return self.parsed.fragment

    @property
    def href(self) -> str:
        """The whole URL as a browser normalises it; empty where that depends on an unknown page."""
        return self.parsed.href

    @property
    def is_amazon(self) -> bool:
        """Whether it leads to a shop of Amazon by its own host (short links do not tell)."""
        return self.table is not None and self.table.table == "amazon"

    @property
    def currency(self) -> str | None:
        """The currency of the marketplace."""
        return self.place.currency if self.place else None

    @property
    def landing(self) -> Description:
        """The innermost URL that is known: the target's target, or the URL itself."""
        return self.target.landing if self.target else self

    def as_json(self) -> dict[str, Any]:
        """The object of `cta parse --format json`."""
        store = {"brand": self.store.brand, "page_id": self.store.page_id} if self.store else None
        tag = self.attribution
        found: dict[str, Any] = {
            "url": self.url,
            "canonical": self.canonical,
            "kind": self.kind,
            "network": self.network,
            "program": self.program,
            "marketplace": self.marketplace,
            "host": self.host,
            "store": store,
            "asin": self.asin,
            "attribution": {"tag": tag.tag, "level": tag.level, "id": tag.id} if tag else None,
            "tracking_id": self.tracking_id,
            "sub_tag": self.sub_tag,
            "channel": self.channel,
            "utm": {name: getattr(self.utm, name) for name in UTM_NAMES},
            "params": [list(pair) for pair in self.params],
            "ga4_channel": self.ga4_channel,
            "stripped_by": list(self.stripped_by),
            "problems": [problem.as_json() for problem in self.problems],
        }
        if self.is_wrapper:
            found["target"] = self.target.as_json() if self.target else None
        return found


_FIELDS = tuple(field.name for field in fields(Description))
