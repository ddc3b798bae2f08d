"""The address of a client: chosen where there are several, parted from its port, and cut out of the line."""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Iterable

_PRIVATE = re.compile(
    r"(?:10|127)\.|192\.168\.|172\.(?:1[6-9]|2[0-9]|3[01])\.|::1$|f[cd][0-9a-f]{2}:|fe80:|-$|unknown$", re.IGNORECASE
)
_LETTERS = re.compile(r"[0-9A-Fa-f]")
ANYWHERE = r"[0-9]{1,3}(?:\.[0-9]{1,3}){3}|(?:[0-9A-Fa-f]{0,4}:){3,7}[0-9A-Fa-f]{0,4}"
"""What may be an address in a text of any kind, for Python and for polars alike; three colons, as a time has but two."""
NONE = "-"
"""Stands for an address that was not logged."""


def client(text: str) -> str:
    """The address of a list of them that is nearest to the client and not a private one, else the first."""
    addresses = each(text)
    return next((address for address in addresses if not _PRIVATE.match(address)), addresses[0]) or NONE


def each(text: str) -> list[str]:
    """The addresses of a list of them, as `X-Forwarded-For` holds it."""
    return [part.strip('" ') for part in text.split(",")]


def without_port(text: str) -> str:
    """The address of `192.0.2.7:50599`, `[2001:db8::7]:50599` or `2001:db8::7:50599`: the last number is the port."""
    if text.startswith("["):
        return text[1:].partition("]")[0] or NONE
    return (text.rpartition(":")[0] or text) or NONE


def is_one(text: str) -> bool:
    """Whether a text is an IP address."""
    try:
        ipaddress.ip_address(text.strip("[]").split("%")[0])
    except ValueError:
        return False
    return True


def cut(line: str, addresses: Iterable[str]) -> str:
    """The line without these addresses, wherever they stand: whoever has only the rest cannot try addresses against it.

    What holds neither a digit nor a letter of one, as `-`, is no address.
    """
    for address in sorted(set(addresses), key=len, reverse=True):
        if len(address) > 2 and _LETTERS.search(address):
            line = line.replace(address, "")
    return line
