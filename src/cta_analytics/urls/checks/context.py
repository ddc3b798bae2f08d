"""What a check may know besides the URL."""

from __future__ import annotations

from dataclasses import dataclass

from cta_analytics.urls.network import Network, Parameter
from cta_analytics.urls.networks import Networks


@dataclass(frozen=True, slots=True)
class Context:
    """The networks, and the source keys of the contract, which count like utm keys."""

    networks: Networks
    own_keys: frozenset[str] = frozenset()

    def is_source_key(self, key: str) -> bool:
        """Whether the key names where a visit comes from: `utm_*` or a key of the contract's own."""
        return key.startswith("utm_") or key in self.own_keys

    def parameter(self, network: Network | None, key: str) -> Parameter | None:
        """What a key means there."""
        return self.networks.parameter(network, key)

    def role(self, network: Network | None, key: str) -> str | None:
        """The role of a key there."""
        meaning = self.networks.parameter(network, key)
        return meaning.role if meaning else None
