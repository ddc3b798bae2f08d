"""Which privacy lists take something away that a link relies on."""

from __future__ import annotations

from cta_analytics.urls.network import Network
from cta_analytics.urls.networks import Networks
from cta_analytics.urls.query import Query

LISTS = ("clearurls", "dandelionsprout", "adguard", "ublock", "brave", "brave_copy")
"""`brave` is the browser at navigation, `brave_copy` its "copy clean link"."""

RELIED_ON = frozenset({"attribution", "referrer_label", "publisher", "sub_id", "channel", "aa", "utm", "click_id"})
"""The roles of parameters that measure something."""


def stripped_by(query: Query, path: str, network: Network | None, networks: Networks) -> tuple[str, ...]:
    """The lists that remove a measuring parameter of this query, in the order of `LISTS`."""
    return tuple(stripped_keys(query, path, network, networks))


def stripped_keys(query: Query, path: str, network: Network | None, networks: Networks) -> dict[str, tuple[str, ...]]:
    """The same lists, each with the keys that it removes."""
    hit: dict[str, list[str]] = {}
    for key in query.keys:
        meaning = networks.parameter(network, key)
        if meaning and meaning.role in RELIED_ON:
            for name, where in meaning.stripped_by.items():
                if not where or any(part in path for part in where.split("|")):
                    hit.setdefault(name, []).append(key)
    return {name: tuple(hit[name]) for name in LISTS if name in hit}
