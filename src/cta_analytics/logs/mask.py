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
_IPV4_BYTES = re.compile(rb"(?<![0-9A-Za-z.])[0-9]{1,3}(?:\.[0-9]{1,3}){3}(?![0-9A-Za-z])")
_IPV6_BYTES = re.compile(
    rb"(?<![0-9A-Za-z:])(?:[0-9A-Fa-f:]{0,39}::[0-9A-Fa-f:.]{0,45}|(?:[0-9A-Fa-f]{1,4}:){6,7}[0-9A-Fa-f.]{0,15})"
)
_MANY_GROUPS = re.compile(rb"(?:[0-9A-Fa-f]{1,4}:){6}")
_TIME = re.compile(r"[0-9]{1,4}:[0-9]{2}:[0-9]{2}(?::[0-9]{2})?")


def without_addresses(data: bytes) -> bytes:
    """The bytes of a log with each IPv4 and IPv6 address replaced by the low 8 bits of its SHA-256.

    So much of an address is in the fingerprint of its line, too: enough to tell two logs apart, and no more to try.
    """
    # Most logs have neither two colons together nor six apart, and so no IPv6 address.
    if b"::" in data or _MANY_GROUPS.search(data):
        data = _IPV6_BYTES.sub(_eight_bits, data)
    return _IPV4_BYTES.sub(_eight_bits, data)


def _eight_bits(found: re.Match[bytes]) -> bytes:
    return hashlib.sha256(found[0]).hexdigest()[-2:].encode()


def masked(line: str) -> str:
    """The line with each IPv4 and IPv6 address replaced by `x.x.x.x`, cut to `LONGEST` characters.

    The first word goes too where it may be the name of a client (`HostnameLookups On`).
    """
    line = _ADDRESS.sub(lambda found: found[0] if _TIME.fullmatch(found[0]) else "x.x.x.x", line[: 2 * LONGEST])
    first, blank, rest = line.partition(" ")
    if re.fullmatch(r"[A-Za-z0-9_-]+(?:\.[A-Za-z0-9_-]+)+\.?", first) and first != "x.x.x.x":
        line = f"x.x.x.x{blank}{rest}"
    return line[:LONGEST]
