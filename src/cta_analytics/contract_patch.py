"""Values written into `cta.toml` line by line, so that its comments and layout stay as they are."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping, Sequence
from typing import Any

from cta_analytics.config_lines import Path, tables
from cta_analytics.errors import CtaError

_BARE = re.compile(r"[A-Za-z0-9_-]+")


def patched(text: str, settings: Sequence[tuple[Path, str, str | Mapping[str, str]]], file: str) -> str:
    """The text with each `(table, key, value)` set; a mapping is written as an inline table.

    A new table stands behind the last one of its kind, else behind the last one of the kind above.

    Raises: CtaError where the file writes these tables in another form (inline, or by dotted keys).
    """
    ending = "\r\n" if "\r\n" in text else "\n"
    lines = text.splitlines()
    wanted = tomllib.loads(text)
    for path, key, value in settings:
        _set(lines, path, key, value)
        _place(wanted, path)[key] = value
    result = ending.join(lines) + (ending if lines else "")
    try:
        is_right = tomllib.loads(result) == wanted
    except tomllib.TOMLDecodeError:
        is_right = False
    if not is_right:
        raise CtaError(
            f"{file}: its tags or policies are written inline or with dotted keys, which cannot be patched; "
            "write them as [tags.by_answer.<slug>] and [ctas.params] tables"
        )
    return result


def _set(lines: list[str], path: Path, key: str, value: str | Mapping[str, str]) -> None:
    written = f"{_key(key)} = {_value(value)}"
    known = tables("\n".join(lines))
    here = next((table for table in known if table[0] == path), None)
    if here is None:
        last = max((end for table, _, end in known if _is_beside(table, path)), default=len(lines))
        header = ".".join(_key(part) for part in path if isinstance(part, str))
        lines[last:last] = [*([""] if lines else []), f"[{header}]", written]
        return
    _, start, end = here
    at = next((n for n in range(start, end) if re.match(rf"\s*{re.escape(_key(key))}\s*=", lines[n])), None)
    if at is None:
        lines.insert(end, written)
        return
    # A value may go over several lines: it ends where it can be read.
    stop = next((n for n in range(at + 1, end + 1) if _reads("\n".join(lines[at:n]))), at + 1)
    comment = re.search(r"\s+#[^\"']*$", lines[stop - 1])
    lines[at:stop] = [written + (comment[0] if comment else "")]


def _is_beside(table: Path, wanted: Path) -> bool:
    """Whether a new table may stand behind this one: it is of the same entry of a list, or of the same family."""
    if any(isinstance(part, int) for part in wanted):
        return table[: len(wanted) - 1] == wanted[:-1]
    return table[0] == wanted[0]


def _reads(text: str) -> bool:
    try:
        tomllib.loads(text)
    except tomllib.TOMLDecodeError:
        return False
    return True


def _place(values: Any, path: Path) -> dict[str, Any]:
    for part in path:
        values = values[part] if isinstance(part, int) else values.setdefault(part, {})
    found: dict[str, Any] = values
    return found


def _key(name: str) -> str:
    return name if _BARE.fullmatch(name) else _text(name)


def _value(value: str | Mapping[str, str]) -> str:
    if isinstance(value, str):
        return _text(value)
    return "{ " + ", ".join(f"{_key(key)} = {_text(inner)}" for key, inner in value.items()) + " }"


def _text(value: str) -> str:
    shown = value.replace("\\", "\\\\").replace('"', '\\"')
    return '"' + "".join(c if c >= " " and c != "\x7f" else f"\\u{ord(c):04X}" for c in shown) + '"'
