"""Events as JSON objects, one a line: the project's own schema, or other names mapped to it in `cta.toml`."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from cta_analytics.logs import event
from cta_analytics.logs.format import LogFormat, Record

_MAPPED = "columns "


def _at(found: Mapping[str, Any], path: str) -> Any:
    """The value at a dotted path; a name that holds the dots itself comes first."""
    if path in found:
        return found[path]
    value: Any = found
    for name in path.split("."):
        value = value.get(name) if isinstance(value, dict) else None
    return value


def parse(line: str) -> Record | str:
    """The record of a line in the project's own schema."""
    found = event.of_object(line)
    return found if isinstance(found, str) else event.record(found, found)


def mapped(columns: Mapping[str, str], types: Mapping[str, list[str]]) -> LogFormat:
    """The format of lines with other names: schema's column -> theirs; schema's type -> their values of it."""
    return specialise(_MAPPED + json.dumps([dict(columns), {key: list(names) for key, names in types.items()}]))


def specialise(header: str) -> LogFormat:
    """The format that `mapped` made, from its header."""
    columns, types = json.loads(header.removeprefix(_MAPPED))
    kinds = {name: kind for kind, names in types.items() for name in names}

    def parse_mapped(line: str) -> Record | str:
        found = event.of_object(line)
        if isinstance(found, str):
            return found
        values = {name: _at(found, columns.get(name, name)) for name in event.COLUMNS}
        kind = event.text(values["type"])
        if kinds:
            if kind not in kinds and kind not in event.TYPES:
                return f'type "{kind[:40]}" is in none of [logs.types]'
            values["type"] = kinds.get(kind, kind)
        return event.record(values, found)

    return LogFormat(
        name=FORMAT.name,
        title=FORMAT.title,
        parse=parse_mapped,
        order=FORMAT.order + 1,
        is_export=True,
        specialise=specialise,
        header=header,
    )


FORMAT = LogFormat(
    name="jsonl",
    title="Events, a row each: JSON lines, CSV or Parquet",
    parse=parse,
    aliases=("csv", "parquet", "ndjson"),
    is_export=True,
    specialise=specialise,
)
