"""Addresses out of a line that is kept as it was logged."""

from __future__ import annotations

import hashlib
import re

LONGEST = 2000
"""So much of a rejected line is kept."""

_ADDRESS = re.compile(
    r"(?<![0-9A-Za-z.])[0-9]{1,3}(?:\.[0-9]{1,3}){3}(?![0-9A-Za-z])"  # IPv4
    r"|(?<![0-9A-Za-z:])(?=[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*:)[0-9A-Fa-f:]*[0-9A-Fa-f:](?:[0-9]{1,3}(?:\.[0-9]{1,3}){3})?(?![0-9A-Za-z:])"
)
# 12:34:56 has the shape of an IPv6 address; a time and an offset of a log do not become one.
_TIME = re.compile(r"[0-9]{1,4}:[0-9]{2}:[0-9]{2}(?::[0-9]{2})?")


def without_addresses(data: bytes) -> bytes:
    """The bytes of a log with each IPv4 and IPv6 address replaced by the low 8 bits of its SHA-256.

    So much of an address is in the fingerprint of its line, too: enough to tell two logs apart, and no more to try.
    """
    # One character a byte: what is no ASCII is no part of an address.
    return _ADDRESS.sub(_eight_bits, data.decode("latin-1")).encode("latin-1")


def _eight_bits(found: re.Match[str]) -> str:
    text = found[0]
    return text if _TIME.fullmatch(text) else hashlib.sha256(text.encode("latin-1")).hexdigest()[-2:]


def masked(line: str) -> str:
    """The line with each IPv4 and IPv6 address replaced by `x.x.x.x`, cut to `LONGEST` characters.

    The first word goes too where it may be the name of a client (`HostnameLookups On`).
    """
    line = _ADDRESS.sub(lambda found: found[0] if _TIME.fullmatch(found[0]) else "x.x.x.x", line[: 2 * LONGEST])
    first, blank, rest = line.partition(" ")
    if re.fullmatch(r"[A-Za-z0-9_-]+(?:\.[A-Za-z0-9_-]+)+\.?", first) and first != "x.x.x.x":
        line = f"x.x.x.x{blank}{rest}"
    return line[:LONGEST]
