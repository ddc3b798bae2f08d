"""The texts of the report, one catalogue file a language."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path


@cache
def catalogue(language: str = "en") -> dict[str, dict[str, str]]:
    """The texts by section and name."""
    return tomllib.loads((Path(__file__).parent / f"{language}.toml").read_text(encoding="utf-8"))


def text(name: str, /, **values: object) -> str:
    """The text `section.name` with its {names} filled in.

    Raises: KeyError where there is no such text, or a value is missing.
    """
    section, _, key = name.partition(".")
    template = catalogue()[section][key]
    return template.format(**values) if values else template


def plural(name: str, count: int, shown: str) -> str:
    """`name_one` or `name_many`, with {count} as `shown`."""
    return text(f"{name}_one") if count == 1 else text(f"{name}_many", count=shown)
