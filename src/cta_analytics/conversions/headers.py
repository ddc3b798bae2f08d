"""What a column means: aliases, the user's mapping, and the message that helps to write one."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from cta_analytics.conversions.importer import FIELDS
from cta_analytics.errors import CtaError

SAMPLES = 3


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """Headers of a source. `aliases` were seen and mean one field; `suggestions` may mean one and need the user's word.

    Both are by normalised header, so that `14_d` is `14d` and case does not count.
    """

    aliases: Mapping[str, str]
    suggestions: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Columns:
    """The field of each column, by place; None where it is unknown."""

    header: tuple[str, ...]
    fields: tuple[str | None, ...]

    @property
    def unknown(self) -> tuple[str, ...]:
        """The headers that mean nothing to us."""
        return tuple(name for name, meaning in zip(self.header, self.fields, strict=True) if meaning is None)

    def place(self, name: str) -> int | None:
        """Where the field stands."""
        return self.fields.index(name) if name in self.fields else None


def normalise(header: str) -> str:
    """Case folded, only letters and digits, of any script."""
    return "".join(char for char in header.casefold() if char.isalnum())


def columns(header: Sequence[str], mapping: Mapping[str, str], vocabulary: Vocabulary) -> Columns:
    """The header with the field of each column; the user's mapping goes before the aliases."""
    own = {normalise(name): meaning for name, meaning in mapping.items()}
    exact = {name.strip(): meaning for name, meaning in mapping.items()}
    aliases = vocabulary.aliases
    meanings = (exact.get(name) or own.get(normalise(name)) or aliases.get(normalise(name)) for name in header)
    # A column without a header and a trailing delimiter are the same thing: nothing.
    return Columns(
        tuple(header), tuple("ignore" if not name else meaning for name, meaning in zip(header, meanings, strict=True))
    )


def check(found: Columns, name: str) -> None:
    """Raises: CtaError where two columns mean the same field."""
    for meaning in set(found.fields) - {None, "ignore"}:
        named = [header for header, other in zip(found.header, found.fields, strict=True) if other == meaning]
        if len(named) > 1:
            pair = " and ".join(f'"{header}"' for header in named[:2])
            raise CtaError(f'{name}: columns {pair} both mean {meaning}; map one of them to "ignore" in cta.toml')


def check_mapping(mapping: Mapping[str, str], importer: str) -> None:
    """Raises: CtaError where a mapping names a field that there is not."""
    import difflib

    for header, meaning in mapping.items():
        if meaning not in FIELDS:
            near = difflib.get_close_matches(meaning, FIELDS, n=1, cutoff=0.5)
            hint = f'did you mean "{near[0]}"?' if near else f"fields are {', '.join(FIELDS)}"
            raise CtaError(
                f'cta.toml: imports.mappings.{importer}.columns: "{header}" = "{meaning}" is no field; {hint}'
            )


def paste_block(importer: str, found: Columns, rows: Iterable[Sequence[str]], vocabulary: Vocabulary) -> str:
    """A mapping in TOML with a line for each column, its best guess and three of its values."""
    sampled = [row for _, row in zip(range(200), rows, strict=False)]
    taken: set[str] = set()
    lines = [f"[imports.mappings.{importer}.columns]"]
    for place, header in enumerate(found.header):
        if not header:
            continue
        known = found.fields[place]
        guess = known or vocabulary.suggestions.get(normalise(header), "ignore")
        guess = "ignore" if guess in taken else guess
        taken.add(guess if guess != "ignore" else "")
        values = dict.fromkeys(row[place] for row in sampled if place < len(row) and row[place])
        sample = " | ".join(_one_line(value) for value in list(values)[:SAMPLES])
        doubt = "" if known else "check; " if guess != "ignore" else "unknown; "
        lines.append(f"{_toml(header)} = {_toml(guess)}  # {doubt}{sample or 'always empty'}")
    return "\n".join([*lines, f"# fields: {', '.join(FIELDS)}"])


def unknown_header(name: str, importer: str, nearest: str, found: Columns, block: str) -> CtaError:
    """The error about a header: what it is, what it is nearest to, and below it a mapping to paste into cta.toml."""
    shown = ", ".join(_one_line(header) for header in found.header if header)
    unknown = ", ".join(f'"{_one_line(header)}"' for header in found.unknown)
    known = len(found.header) - len(found.unknown)
    what = f"unknown column {unknown}" if unknown else "no day, key or figure among its columns"
    return CtaError(
        f"{name}: {what}; the header is: {shown}; nearest known report is {importer} ({nearest}), which knows "
        f"{known} of {len(found.header)} columns; if it is one, paste this into cta.toml and correct it:\n\n{block}"
    )


def _one_line(text: str) -> str:
    shown = " ".join(text.split())
    return f"{shown[:60]}…" if len(shown) > 60 else shown


def _toml(text: str) -> str:
    # TOML's basic strings know JSON's escapes, and only those.
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")
