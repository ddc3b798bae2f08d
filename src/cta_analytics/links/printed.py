"""The JSON of a scan, page by page: what `json.dumps(…, indent=2)` makes of the whole, many times as fast."""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import lru_cache
from json.encoder import encode_basestring
from typing import Any


def member(row: Mapping[str, Any]) -> bytes:
    """An object of a list that is itself a value of the outermost object, without comma or line end."""
    # Numbers need no encoder: `%s` writes them as JSON does.
    values = [
        encode_basestring(value) if type(value) is str else value if type(value) is int else _other(value)
        for value in row.values()
    ]
    text = _template(tuple(row)) % tuple(values)
    try:
        return text.encode()
    except UnicodeEncodeError:
        # A lone surrogate can stand in a str but not in UTF-8; JSON has an escape for it.
        return "".join(f"\\u{ord(char):04x}" if "\ud800" <= char <= "\udfff" else char for char in text).encode()


@lru_cache(maxsize=16)
def _template(keys: tuple[str, ...]) -> str:
    names = [encode_basestring(key).replace("%", "%%") for key in keys]
    return "    {\n" + ",\n".join(f"      {name}: %s" for name in names) + "\n    }"


def _other(value: Any) -> str:
    if value is None:
        return "null"
    if not value and isinstance(value, list):
        return "[]"
    return json.dumps(value, indent=2, ensure_ascii=False).replace("\n", "\n      ")
