"""Front matter: the block of settings before the text of a Markdown page."""

from __future__ import annotations

import re
import tomllib

_YAML = re.compile(r"---[ \t]*(?:\r\n?|\n)(?P<body>.*?)(?<=[\r\n])(?:---|\.\.\.)[ \t]*(?:\r\n?|\n|$)", re.DOTALL)
_TOML = re.compile(r"\+\+\+[ \t]*(?:\r\n?|\n)(?P<body>.*?)(?<=[\r\n])\+\+\+[ \t]*(?:\r\n?|\n|$)", re.DOTALL)
# Only `key: scalar` at the margin is read: no other value is asked for, and a YAML library is one more dependency.
_SCALAR = re.compile(r"^(?P<key>[A-Za-z_][\w-]*)[ \t]*:[ \t]+(?P<value>[^\n]+?)[ \t]*$", re.MULTILINE)
_QUOTED = re.compile(r"""^(?:"(?P<double>(?:[^"\\]|\\.)*)"|'(?P<single>(?:[^']|'')*)')(?:[ \t]+#.*)?$""")


def split(text: str) -> tuple[dict[str, str], int]:
    """The plain values at the top of a page's front matter, and where its text starts."""
    for shape, read in ((_YAML, _yaml), (_TOML, _toml)):
        found = shape.match(text)
        if found:
            return read(found["body"].replace("\r\n", "\n").replace("\r", "\n")), found.end()
    return {}, 0


def _yaml(body: str) -> dict[str, str]:
    return {found["key"]: _scalar(found["value"]) for found in _SCALAR.finditer(body)}


def _scalar(value: str) -> str:
    quoted = _QUOTED.match(value)
    if not quoted:
        return re.sub(r"[ \t]+#.*$", "", value)
    if quoted["single"] is not None:
        return quoted["single"].replace("''", "'")
    return re.sub(r"\\(.)", r"\1", quoted["double"])


def _toml(body: str) -> dict[str, str]:
    try:
        values = tomllib.loads(body)
    except tomllib.TOMLDecodeError:
        return {}
    return {key: str(value) for key, value in values.items() if not isinstance(value, (dict, list))}
