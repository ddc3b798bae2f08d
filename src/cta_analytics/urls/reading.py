"""How a URL is read: from a string to its description, by WHATWG parsing and the tables of networks."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

from cta_analytics.urls import ga4, strips
from cta_analytics.urls.asin import is_asin
from cta_analytics.urls.checks import find_faults, find_problems
from cta_analytics.urls.checks.context import Context
from cta_analytics.urls.description import UTM_NAMES, Description, Store, Utm
from cta_analytics.urls.network import Marketplace, Network, Shape
from cta_analytics.urls.networks import Networks, load
from cta_analytics.urls.parse import Parsed, host_like, host_of, parse, scheme_of
from cta_analytics.urls.problem import Problem
from cta_analytics.urls.query import Query, decode
from cta_analytics.urls.tags import TAG, read_attribution

MAX_DEPTH = 5
"""So many wrappers around each other are opened."""

# An expression of a template language: what stands there is known only when the page is made.
_TEMPLATE = re.compile(r"\{\{|\{%|<%|<\?|\$\{|#\{")
_ABSOLUTE = re.compile(r"(?i)https?:/*[^/\s]")
_PHONE = frozenset({"tel", "sms", "callto"})
# Faults of the LNK family that change nothing else in how the URL is read.
_HARMLESS = frozenset({"LNK001", "LNK008", "LNK009", "LNK010", "LNK011"})
# What would pass for a host with a port (`mailto:25`).
_OTHER_SCHEME = re.compile(r"(?i)(?:mailto|tel|sms|callto|javascript|data|urn):")


def describe(
    url: str,
    *,
    base: str | None = None,
    assume_https: bool = False,
    own_keys: frozenset[str] = frozenset(),
    networks: Networks | None = None,
) -> Description:
    """What `url` is by itself; any string has an answer, and what cannot be a URL is of kind `invalid`.

    `base`: the URL of the page it stands on; without it a relative URL keeps its path alone. `assume_https`: read a URL
    without scheme as https and say so, as a person at the command line means it (in a page it is a path). `own_keys`:
    source keys of the contract (`321src`), which count like utm keys. `networks`: other tables than those that ship.
    """
    context = Context(networks or load(), own_keys)
    if assume_https and base is None:
        return _of_person(url, context)
    return _checked(_read(url, base, context.networks, 0), context, base)


def computed(expression: str) -> Description:
    """The description of a link whose URL is an expression of a template, not a literal."""
    return Description(expression, "computed", Parsed(expression, 0, len(expression), is_relative=True))


def _checked(found: Description, context: Context, base: str | None = None) -> Description:
    """The description with its problems; a fault of the shape hides what the URL would not have without it."""
    faults, repaired = find_faults(found, context)
    problems = find_problems(found, context)
    # A stray separator changes nothing else, and comparing costs as much as all the rest.
    if repaired is not None and any(p.code.startswith("LNK") and p.code not in _HARMLESS for p in (*faults, *problems)):
        again = find_problems(_read(repaired, base, context.networks, 0), context)
        kept = {(problem.code, problem.key) for problem in again}
        problems = [problem for problem in problems if problem.code == "LNK012" or (problem.code, problem.key) in kept]
    target = _checked(found.target, context) if found.target else None
    if not (faults or problems or target):
        return found
    return found.but(problems=(*faults, *problems), repaired=repaired, target=target)


def _of_person(url: str, context: Context) -> Description:
    """The description of what somebody typed: a host without scheme is a host."""
    text = url.strip()
    if host_like(text) and not _OTHER_SCHEME.match(text):
        prefix = "https://"
        found = _checked(_read(prefix + text, None, context.networks, 0), context)
        start = url.find(text)
        moved = [
            replace(p, start=start + max(p.start - len(prefix), 0), end=start + max(p.end - len(prefix), 0))
            for p in found.problems
        ]
        says = "no scheme: read as https; in a page a browser takes it for a path of the own site"
        return replace(found, url=url, problems=(Problem("LNK014", says, start, start + len(text)), *moved))
    if scheme_of(text) or text[:1] in {"/", "#", "?", "\\"}:
        return _checked(_read(url, None, context.networks, 0), context)
    parsed = parse(url)
    why = parsed.error or ("it is empty" if not text else "it has neither a scheme nor a host name")
    return _checked(_invalid(replace(parsed, error=why)), context)


def _invalid(parsed: Parsed) -> Description:
    return Description(parsed.raw, "invalid", parsed, params=parsed.query.items)


def _read(url: str, base: str | None, networks: Networks, depth: int) -> Description:
    parsed = parse(url, base)
    head = url if parsed.is_plain else url[parsed.start : parsed.path_end]
    if not parsed.is_plain and (parsed.scheme == "javascript" or _TEMPLATE.search(head)):
        # A script computes where it leads, as a template does.
        return Description(url, "computed", parsed, params=parsed.query.items)
    if parsed.error is not None:
        return _invalid(parsed)
    if parsed.is_relative and not head and not parsed.has_query:
        # Also the empty string: it names the page it stands on (RFC 3986, section 4.4).
        return Description(url, "fragment", parsed, host=parsed.host)
    if parsed.scheme == "mailto":
        return Description(url, "email", parsed, canonical=_address(parsed), params=parsed.query.items)
    if parsed.scheme in _PHONE:
        return Description(url, "phone", parsed, canonical=_address(parsed), params=parsed.query.items)
    if parsed.host is not None and parsed.scheme in {"http", "https"}:
        for network, place in networks.of_host(parsed.host):
            found = _shaped(parsed, network, place, networks, depth)
            if found is not None:
                return found
    inside = parsed.is_relative or (base is not None and parsed.host is not None and parsed.host == host_of(base))
    kind = "page" if inside else "external"
    return Description(url, kind, parsed, canonical=_address(parsed), host=parsed.host, **_said(parsed, None, networks))


def _address(parsed: Parsed) -> str:
    """The URL without query and fragment; a relative one keeps its path alone."""
    if parsed.host is None:
        return parsed.path if parsed.is_relative else f"{parsed.scheme}:{parsed.path}"
    return f"{parsed.scheme}://{parsed.host}{f':{parsed.port}' if parsed.port else ''}{parsed.path}"


def _said(parsed: Parsed, network: Network | None, networks: Networks) -> dict[str, Any]:
    """The fields that the query fills on any host."""
    items = parsed.query.items
    if not items:
        return {}
    first = dict(reversed(items))
    utm = (
        Utm(**{name: first.get(f"utm_{name}") for name in UTM_NAMES}) if any("utm_" in key for key in first) else Utm()
    )
    tagged = bool(utm.source or utm.medium or utm.campaign)
    tag = first.get("maas")
    return {
        "params": items,
        "utm": utm,
        "ga4_channel": ga4.default_channel(utm.source, utm.medium, utm.campaign) if tagged else None,
        "attribution": read_attribution(tag) if tag else None,
        "stripped_by": strips.stripped_by(parsed.query, parsed.path, network, networks),
    }


def _shaped(
    parsed: Parsed, network: Network, place: Marketplace | None, networks: Networks, depth: int
) -> Description | None:
    """The description by the first shape of the network that fits, or None."""
    path = network.clean_path(parsed.path)
    for shape in network.shapes:
        match = shape.match(path)
        if not match or (shape.hosts and parsed.host not in shape.hosts):
            continue
        if shape.needs and not any(parsed.query.get(key) for key in shape.needs):
            continue
        wrapped = _wrapped(parsed, shape, match)
        if not shape.only_absolute or wrapped is not None:
            return _of_shape(parsed, network, place, networks, shape, match, wrapped, depth)
    return None


def _of_shape(
    parsed: Parsed,
    network: Network,
    place: Marketplace | None,
    networks: Networks,
    shape: Shape,
    match: re.Match[str],
    wrapped: str | None,
    depth: int,
) -> Description:
    named = {name: decode(value) for name, value in match.groupdict().items() if value}
    place = networks.marketplace(shape.marketplace) if shape.marketplace else place
    asin, claimed = _asin(named.get("asin"))
    store = _store(named) if shape.kind == "amazon_store" else None
    said = _said(parsed, network, networks)
    first = _by_role(parsed.query, network)
    if asin is None and is_asin(first.get("asin", "")):
        asin = first["asin"].upper()
    publisher = first.get("publisher") or named.get("publisher")
    program = None
    if network.programs:
        # Offline nobody knows what a short link adds.
        none = None if shape.kind == "amazon_short" else "none"
        program = "attribution" if said.get("attribution") else "associates" if publisher else none
    may_wrap = bool(shape.target) or "target" in match.re.groupindex
    target = None
    if wrapped and depth < MAX_DEPTH:
        target = _read(wrapped, parsed.href if wrapped.startswith("/") else None, networks, depth + 1)
    return Description(
        url=parsed.raw,
        kind=shape.kind,
        parsed=parsed,
        canonical=_canonical(parsed, shape, place, path=network.clean_path(parsed.path), named=named, asin=asin),
        network=network.network,
        program=program,
        marketplace=place.name if place else None,
        host=parsed.host,
        store=store,
        asin=asin,
        tracking_id=publisher,
        sub_tag=first.get("sub_id") or named.get("sub_id"),
        channel=first.get("channel"),
        target=target,
        is_wrapper=target is not None or (may_wrap and shape.kind != "amazon_other"),
        table=network,
        place=place,
        claimed_asin=claimed,
        **said,
    )


def _asin(text: str | None) -> tuple[str | None, str | None]:
    """The ASIN at the head of a path segment, and what stands there in its place."""
    if text is None:
        return None, None
    head = re.split(r"[?&;,=]", text, maxsplit=1)[0]
    return (head.upper(), head) if is_asin(head) else (None, head)


def _store(named: dict[str, str]) -> Store:
    # Amazon writes a blank of a name as "+".
    brand, page_name = (
        name.replace("+", " ") if (name := named.get(part)) else None for part in ("brand", "page_name")
    )
    page_id = named.get("page_id")
    return Store(brand, page_id.upper() if page_id else None, page_name, named.get("node"))


def _by_role(query: Query, network: Network) -> dict[str, str]:
    """The first value that is not empty of each role; the `tag=maas` of an Attribution tag names no publisher."""
    first: dict[str, str] = {}
    for param in query.params:
        meaning = network.parameter(param.key)
        if meaning and param.value and not (meaning.role == "publisher" and network.programs and param.value == TAG):
            first.setdefault(meaning.role, param.value)
    return first


def _canonical(
    parsed: Parsed, shape: Shape, place: Marketplace | None, *, path: str, named: dict[str, str], asin: str | None
) -> str:
    """The identity: of a product or Store page without anything that may differ between two links to it."""
    if shape.canonical and (asin or "asin" not in named):
        path = shape.identity(named | {"asin": asin or "", "page_id": named.get("page_id", "").upper()})
        if path.startswith("https:"):
            return path
    elif not (place and shape.marketplace is None):
        return _address(parsed)
    return f"https://www.{place.domain}{path}" if place else f"{parsed.scheme}://{parsed.host}{path}"


def _wrapped(parsed: Parsed, shape: Shape, match: re.Match[str]) -> str | None:
    """The wrapped URL, decoded once, if there is one."""
    in_path = match.groupdict().get("target")
    if in_path:
        if _ABSOLUTE.match(in_path):
            # It stands there bare, so the query is the wrapped URL's own.
            tail = f"?{parsed.query.raw}" if parsed.has_query else ""
            return in_path + tail
        in_path = decode(in_path)
        return in_path if _ABSOLUTE.match(in_path) else f"https://{in_path}" if host_like(in_path) else None
    values = [value for key in shape.target for value in parsed.query.all(key) if value.strip()]
    for value in values:
        if _ABSOLUTE.match(value.strip()):
            return value
    if shape.only_absolute:
        return None
    relative = next((value for value in values if value.startswith("/")), None)
    if relative and shape.kind.startswith("amazon"):
        return relative
    hosted = next((value for value in values if host_like(value)), None)
    return f"https://{hosted.strip()}" if hosted else None
