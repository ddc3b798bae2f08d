"""Text that a spreadsheet takes as text, whatever it begins with."""

from __future__ import annotations

# What makes a program run a cell (https://owasp.org/www-community/attacks/CSV_Injection): the wide forms are run in
# Chinese, Japanese and Korean settings, and blanks before any of them are passed over.
_RUNS = frozenset("=+-@＝＋－＠")
_BREAKS = frozenset("\t\r\n")


def guarded(text: str) -> str:
    """The text as a cell of CSV: with an apostrophe before it where it would otherwise be run as a formula."""
    return f"'{text}" if text[:1] in _BREAKS or text.lstrip()[:1] in _RUNS else text
