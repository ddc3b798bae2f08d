"""Tables of networks, as `networks.toml` and `cta.toml` hold them, read and checked."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from cta_analytics.errors import CtaError
from cta_analytics.urls.network import KINDS, Marketplace, Network, Parameter, Parameters, Shape

Tables = Mapping[str, Any]

_NETWORK_KEYS = {
    "title",
    "network",
    "hosts",
    "language",
    "junk",
    "programs",
    "own",
    "own_tags",
    "marketplaces",
    "parameters",
    "shapes",
}
_SHAPE_KEYS = {"kind", "path", "canonical", "target", "needs", "hosts", "marketplace", "only_absolute"}
_PARAMETER_KEYS = {"role", "meaning", "stripped_by", "fix"}
_MARKETPLACE_KEYS = {"domain", "currency", "digits", "suffix", "attribution"}


def read_network(name: str, table: Tables) -> Network:
    """The network of a table. Patterns are not compiled here: of those that ship, a run needs few (`check_patterns`).

    Raises: CtaError where the table is not of the form that the head of `networks.toml` describes.
    """
    _only(name, table, _NETWORK_KEYS)
    hosts = _words(f"{name}.hosts", table.get("hosts"))
    if not hosts:
        raise CtaError(f'networks.{name}: needs hosts, a list like ["example.com", "*.example.com"]')
    shapes = table.get("shapes", [])
    if not isinstance(shapes, list):
        raise CtaError(f"networks.{name}.shapes: must be tables, [[networks.{name}.shapes]]")
    return Network(
        table=name,
        network=_word(f"{name}.network", table.get("network", name)) or None,
        title=_word(f"{name}.title", table.get("title", name)),
        hosts=hosts,
        shapes=tuple(_shape(f"{name}.shapes", shape) for shape in shapes),
        parameters=read_parameters(f"{name}.parameters", table.get("parameters", {})),
        marketplaces=_marketplaces(f"{name}.marketplaces", table.get("marketplaces", {})),
        language=_word(f"{name}.language", table["language"]) if "language" in table else None,
        junk=_words(f"{name}.junk", table.get("junk")),
        own=frozenset(_words(f"{name}.own", table.get("own"))),
        own_tags=_word(f"{name}.own_tags", table["own_tags"]) if "own_tags" in table else None,
        programs=table.get("programs") is True,
    )


def _shape(where: str, table: Tables) -> Shape:
    _only(where, table, _SHAPE_KEYS)
    kind = table.get("kind")
    if kind not in KINDS:
        raise CtaError(f"networks.{where}: each shape needs a kind; known are {', '.join(KINDS)}")
    shape = Shape(
        kind=kind,
        path=_word(f"{where}.path", table.get("path", "")),
        canonical=_word(f"{where}.canonical", table["canonical"]) if "canonical" in table else None,
        target=_words(f"{where}.target", table.get("target")),
        needs=_words(f"{where}.needs", table.get("needs")),
        hosts=_words(f"{where}.hosts", table.get("hosts")),
        marketplace=_word(f"{where}.marketplace", table["marketplace"]) if "marketplace" in table else None,
        only_absolute=table.get("only_absolute") is True,
    )
    try:
        shape.identity({})
    except (ValueError, LookupError, AttributeError, TypeError):
        raise CtaError(f'networks.{where}: canonical "{shape.canonical}" must be a path like /dp/{{asin}}') from None
    return shape


def read_parameters(where: str, table: Tables) -> Parameters:
    """The keys of a table.

    Raises: CtaError where it is not of that form.
    """
    _only(where, table, None)
    found = {}
    for key, values in table.items():
        _only(f"{where}.{key}", values, _PARAMETER_KEYS)
        # `list` or `list:/part/|/part/`, where it is removed only on paths that hold one of the parts.
        entries = [entry.partition(":") for entry in _words(f"{where}.{key}.stripped_by", values.get("stripped_by"))]
        found[key] = Parameter(
            role=_word(f"{where}.{key}.role", values.get("role", "other")),
            meaning=_word(f"{where}.{key}.meaning", values.get("meaning", "")),
            stripped_by={name: parts for name, _, parts in entries},
            fix=_word(f"{where}.{key}.fix", values.get("fix", "safe")),
        )
    return Parameters(found)


def _marketplaces(where: str, table: Tables) -> dict[str, Marketplace]:
    _only(where, table, None)
    found = {}
    for place, values in table.items():
        _only(f"{where}.{place}", values, _MARKETPLACE_KEYS)
        if not {"domain", "currency"} <= set(values):
            raise CtaError(f"networks.{where}.{place}: needs domain and currency")
        found[place] = Marketplace(name=place, **values)
    return found


def _only(where: str, table: Any, known: set[str] | None) -> None:
    if not isinstance(table, Mapping):
        raise CtaError(f"networks.{where}: must be a table")
    for key in table if known else ():
        if key not in (known or ()):
            raise CtaError(f'networks.{where}: unknown key "{key}"; known are {", ".join(sorted(known or ()))}')


def _word(where: str, value: Any) -> str:
    if not isinstance(value, str):
        raise CtaError(f"networks.{where}: must be a text, in quotes")
    return value


def _words(where: str, value: Any) -> tuple[str, ...]:
    if value is None:
        return ()
    if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
        raise CtaError(f'networks.{where}: must be a list of texts, like ["a", "b"]')
    return tuple(value)


def check_patterns(network: Network) -> None:
    """Raises: CtaError where a pattern of the network is no regular expression."""
    patterns = [(shape.path, "shapes.path") for shape in network.shapes] + [(junk, "junk") for junk in network.junk]
    patterns += [(network.language or "", "language"), (network.own_tags or "", "own_tags")]
    for pattern, key in patterns:
        try:
            re.compile(pattern)
        except re.error as error:
            where = f"networks.{network.table}.{key}"
            raise CtaError(f'{where}: "{pattern}" is no regular expression: {error}') from None
