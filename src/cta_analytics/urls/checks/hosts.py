"""Where a URL leads: insecure, short, private and look-alike hosts (LNK001, LNK011, AMZ009, AMZ020)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import TYPE_CHECKING

from ada_url import idna_to_unicode

from cta_analytics.urls.checks.context import Context
from cta_analytics.urls.networks import LONGEST_HOST, Networks
from cta_analytics.urls.problem import Problem

if TYPE_CHECKING:
    from cta_analytics.urls.description import Description

DISGUISE = re.compile(r"(?:www\.)?amazon\.")
"""A user name that is read as Amazon's host (`https://www.amazon.com@evil.example/`)."""

_NOT_PUBLIC = re.compile(r"(?:^|\.)(?:localhost|test|local|internal|invalid|localdomain|home\.arpa)$")
# As a browser writes addresses, whatever form they had (`0x7f.1`).
_ADDRESS = re.compile(r"\[[0-9a-f:.]+\]|\d{1,3}(?:\.\d{1,3}){3}")
_STAGING = re.compile(r"(?:^|[.-])(?:staging|preprod|uat)(?=[.-])|\.ngrok(?:-free)?\.(?:io|app|dev)$")
# What is glued to the name in a look-alike; other words around it (`amazonrainforest.org`) are names of their own.
_GLUED = re.compile(
    r".+amazon|amazon-.+|amazon(?:\d+|n|s|shops?|stores?|deals?|prime|buy|sales?|online|official|offers?|outlet)"
)
# Letters of other scripts that look like those of the name.
_CONFUSABLE = str.maketrans("аɑαáàäâāоοöóôō0żźžᴢոñńмṁ", "aaaaaaaaooooooozzzznnnmm")
_TYPOS = re.compile(
    r"amzon|amazn|amaon|aazon|mazon|amazom|arnazon|ammazon|amaazon|anazon|amozon|amzaon|amaozn|aamazon|amazoon|amazzon|smazon"
    r"|amason|amazin|amazo"
)


def insecure(found: Description, context: Context) -> Iterator[Problem]:
    """LNK001: `http:` to Amazon (the own site is the contract's matter)."""
    start = found.parsed.start
    # `//www.amazon.com/` has the scheme of its page.
    if found.parsed.scheme == "http" and found.network == "amazon" and found.url[start : start + 5].lower() == "http:":
        yield Problem(
            "LNK001", "http: to Amazon; https: saves a redirect and keeps the referrer", start, start + len("http")
        )


def non_production(found: Description, context: Context) -> Iterator[Problem]:
    """LNK011: a host that the public cannot reach, or should not."""
    host = (found.host or "").rstrip(".")
    if not host or found.parsed.is_relative:
        return
    if is_private(host):
        yield _at_host(
            "LNK011", f"{host} is {'a private address' if _ADDRESS.fullmatch(host) else 'no public host'}", found
        )
    elif _STAGING.search(host):
        yield _at_host("LNK011", f"{host} looks like a staging host", found)


def is_private(host: str) -> bool:
    """Whether the public cannot reach a host: a name such as `localhost`, or an address of a private network."""
    host = host.rstrip(".")
    return _NOT_PUBLIC.search(host) is not None or (
        _ADDRESS.fullmatch(host) is not None and _is_private_address(host.strip("[]"))
    )


def short_link(found: Description, context: Context) -> Iterator[Problem]:
    """AMZ009: a short link, whose landing page and tag cannot be verified here."""
    if found.kind not in {"short", "amazon_short"}:
        return
    knows = (
        f"the product {found.asin} is known, its tag is not"
        if found.asin
        else "landing page and tag cannot be verified offline"
    )
    yield _at_host("AMZ009", f"short link: {knows}", found)


def lookalike(found: Description, context: Context) -> Iterator[Problem]:
    """AMZ020: a host that is read as Amazon's and is not."""
    if found.table is not None and found.network == "amazon":
        return
    host = (found.host or "").rstrip(".")
    userinfo = found.parsed.userinfo.lower()
    if DISGUISE.match(userinfo):
        yield _at_host("AMZ020", f'leads to {host}: what stands before "@" is only a user name', found)
    elif (
        "." in host
        and len(host) <= LONGEST_HOST
        and not found.parsed.is_relative
        and _is_lookalike(host, context.networks)
    ):
        yield _at_host("AMZ020", f"{host} is no host of Amazon's", found)


def _is_private_address(host: str) -> bool:
    from ipaddress import ip_address

    address = ip_address(host)
    return address.is_private or address.is_loopback or address.is_link_local


CHECKS = (insecure, non_production, short_link, lookalike)


# A site links to few hosts, again and again.
@lru_cache(maxsize=1024)
def _is_lookalike(host: str, networks: Networks) -> bool:
    amazon = networks.by_name["amazon"]
    endings = {place.domain.removeprefix("amazon.") for place in amazon.marketplaces.values()}
    labels = host.split(".")
    ours = next((len(end.split(".")) for end in sorted(endings, key=len, reverse=True) if host.endswith(f".{end}")), 0)
    if ours and labels[-ours - 1] == "amazon":
        return False
    for index, label in enumerate(labels[:-1]):
        # `amazon.com.example`: the name and a store's ending, and then the real host.
        behind = labels[index + 1 :]
        if label == "amazon" and any(
            behind[: len(parts)] == parts != behind for parts in (end.split(".") for end in endings)
        ):
            return True
    if not ours:
        return False
    label = labels[-ours - 1]
    if label in amazon.own:
        return False
    if label.startswith("xn--"):
        label = idna_to_unicode(label.encode())
    plain = label.translate(_CONFUSABLE)
    return plain == "amazon" != label or any(shape.fullmatch(plain) for shape in (_GLUED, _TYPOS))


def _at_host(code: str, message: str, found: Description) -> Problem:
    parsed = found.parsed
    authority = re.compile(r"(?i)(?:https?:)?[/\\]*(?:[^/\\?#@]*@)?([^/\\?#]*)").match(
        parsed.raw, parsed.start, parsed.end
    )
    start, end = authority.span(1) if authority else (parsed.start, parsed.end)
    return Problem(code, message, start, end)
