"""Ids that are the same in every warehouse, because they are made of what they name."""

from __future__ import annotations

import hashlib


def of(*parts: str | int | None) -> int:
    """A positive 63-bit number for the parts."""
    text = "\0".join("" if part is None else str(part) for part in parts)
    return int.from_bytes(hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=8).digest()) >> 1
