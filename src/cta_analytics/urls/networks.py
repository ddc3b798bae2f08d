"""All networks, looked up by host: those that ship (`networks.toml`), and more tables."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path

from cta_analytics.errors import CtaError
from cta_analytics.urls.network import Marketplace, Network, Parameter
from cta_analytics.urls.tables import Tables, check_patterns, read_network, read_parameters

_FILE = Path(__file__).with_name("networks.toml")

_KNOWN_HOSTS = 4096
"""So many hosts are remembered: a site links to few, again and again."""

LONGEST_HOST = 253
"""So long a name can be in the DNS; a longer one leads nowhere."""


class Networks:
    """All tables, looked up by host. Immutable; `merged` gives another one."""

    def __init__(self, tables: Tables) -> None:
        self.tables = tables
        self.parameters = read_parameters("parameters", tables.get("parameters", {}))
        self.by_name = {name: read_network(name, table) for name, table in tables.items() if name != "parameters"}
        self._known: dict[str, list[tuple[Network, Marketplace | None]]] = {}
        self._exact: dict[str, list[tuple[Network, Marketplace | None]]] = {}
        self._below: dict[str, list[tuple[Network, Marketplace | None]]] = {}
        self._anywhere: list[tuple[str, Network]] = []
        for network in self.by_name.values():
            for host in network.hosts:
                if "{domain}" in host:
                    for place in network.marketplaces.values():
                        self._exact.setdefault(host.replace("{domain}", place.domain), []).append((network, place))
                elif host.startswith("*."):
                    self._below.setdefault(host[2:], []).append((network, None))
                elif host.endswith(".*"):
                    self._anywhere.append((host[:-1], network))
                else:
                    self._exact.setdefault(host, []).append((network, None))

    def of_host(self, host: str) -> list[tuple[Network, Marketplace | None]]:
        """The networks that live at a host (lower-case), nearest first."""
        known = self._known.get(host)
        if known is None:
            if len(self._known) >= _KNOWN_HOSTS:
                self._known.clear()
            known = self._known[host] = self._of_host(host.rstrip("."))
        return known

    def _of_host(self, host: str) -> list[tuple[Network, Marketplace | None]]:
        if len(host) > LONGEST_HOST:
            return []
        found = list(self._exact.get(host, ()))
        rest = host
        while "." in rest:
            rest = rest.partition(".")[2]
            found += self._below.get(rest, ())
        # A country's ending has at most two labels of three letters: `de`, `co.uk`, `com.au`.
        endings = [(start, network) for start, network in self._anywhere if host.startswith(start)]
        return found + [
            (n, None) for start, n in endings if re.fullmatch(r"[a-z]{2,3}(?:\.[a-z]{2})?", host[len(start) :])
        ]

    def marketplace(self, name: str) -> Marketplace | None:
        """The marketplace of a name such as `US`, of whichever network."""
        return next((n.marketplaces[name] for n in self.by_name.values() if name in n.marketplaces), None)

    def parameter(self, network: Network | None, key: str) -> Parameter | None:
        """What a key means on a network, else what it means everywhere."""
        return (network.parameter(key) if network else None) or self.parameters.get(key)

    def merged(self, extra: Tables) -> Networks:
        """These networks with more tables: a new name adds a network, a known one widens it (its shapes come first).

        Raises: CtaError where a table is not of the form that `networks.toml` describes.
        """
        tables = dict(self.tables)
        for name, table in extra.items():
            if not isinstance(table, Mapping):
                raise CtaError(f"networks.{name}: must be a table with hosts and shapes")
            tables[name] = _widened(tables[name], table) if name in tables else table
        merged = Networks(tables)
        for name in extra:
            if name in merged.by_name:
                check_patterns(merged.by_name[name])
        return merged


def _widened(old: Tables, new: Tables) -> Tables:
    wide = {**old, **new}
    for key, value in new.items():
        if isinstance(value, Mapping):
            wide[key] = {**old.get(key, {}), **value}
        elif isinstance(value, list):
            wide[key] = [*value, *old.get(key, [])]
    return wide


@lru_cache(maxsize=1)
def load() -> Networks:
    """The networks that ship with the tool."""
    return Networks(tomllib.loads(_FILE.read_text(encoding="utf-8")))
