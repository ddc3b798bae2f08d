"""ASINs: Amazon's ten-character product ids, and the ISBN-10s among them."""

from __future__ import annotations

import re

_ASIN = re.compile(r"[A-Z0-9]{10}")
_ISBN10 = re.compile(r"\d{9}[\dX]")


def is_asin(text: str) -> bool:
    """Whether the text has the form of an ASIN: ten of A-Z and 0-9, any case."""
    return _ASIN.fullmatch(text.upper()) is not None


def is_isbn10(text: str) -> bool:
    """Whether the text is an ISBN-10 with a right check digit.

    The sum of (10 - i) * digit(i) for i = 0…9 is divisible by 11, where X counts 10 (ISO 2108).
    """
    text = text.upper()
    if not text.isascii() or not _ISBN10.fullmatch(text):
        return False
    digits = [10 if char == "X" else int(char) for char in text]
    return sum((10 - place) * digit for place, digit in enumerate(digits)) % 11 == 0


def is_certain(text: str) -> bool:
    """Whether the text is an ASIN beyond doubt: `B0…` or a valid ISBN-10."""
    text = text.upper()
    return is_asin(text) and (text.startswith("B0") or is_isbn10(text))
