"""Values as TOML 1.0 text: what `tomllib` reads back is what was given."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from cta_analytics.urls.query import scalars

_BARE = re.compile(r"[A-Za-z0-9_-]+")
# https://toml.io/en/v1.0.0#string: these must be escaped in a basic string, and everything below U+0020 and U+007F.
_ESCAPES = {
    '"': '\\"', "\\": "\\\\", "\b": "\\b", "\t": "\\t", "\n": "\\n", "\f": "\\f", "\r": "\\r",
} | {chr(code): f"\\u{code:04X}" for code in [*range(0x20), 0x7F] if chr(code) not in "\b\t\n\f\r"}  # fmt: skip
_LINE = 100

Value = str | int | bool | Sequence[str] | Mapping[str, "Value"]


def quoted(text: str) -> str:
    """A basic string. A lone surrogate, which no TOML can hold, becomes U+FFFD."""
    return '"' + "".join(_ESCAPES.get(character, character) for character in scalars(text)) + '"'


def key(name: str) -> str:
    """A key, quoted where it must be."""
    return name if _BARE.fullmatch(name) else quoted(name)


def value(given: Value) -> str:
    """A string, number, truth value, list of strings, or inline table."""
    if isinstance(given, str):
        return quoted(given)
    if isinstance(given, bool):
        return "true" if given else "false"
    if isinstance(given, int):
        return str(given)
    if isinstance(given, Mapping):
        inside = ", ".join(f"{key(name)} = {value(inner)}" for name, inner in given.items())
        return f"{{ {inside} }}" if inside else "{}"
    one_line = "[" + ", ".join(quoted(item) for item in given) + "]"
    if len(one_line) <= _LINE:
        return one_line
    return "[\n" + "".join(f"  {quoted(item)},\n" for item in given) + "]"


def pair(name: str, given: Value) -> str:
    """A line `key = value`."""
    return f"{key(name)} = {value(given)}"


def comment(text: str) -> str:
    """A comment: control characters, which TOML forbids there, become blanks, also line ends."""
    plain = "".join(character if character.isprintable() else " " for character in scalars(text))
    return f"# {' '.join(plain.split())}"
