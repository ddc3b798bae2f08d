"""The reference of `cta.toml`: every table with its keys, types, defaults and meanings."""

from __future__ import annotations

import json
from types import UnionType
from typing import Any, Literal, Union, get_args, get_origin

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from cta_analytics.config import Contract
from cta_analytics.config_schema import Model, about, inner, keys

_PLAIN = {str: "text", int: "whole number", bool: "`true` or `false`", float: "number", Any: "any value"}


def as_markdown() -> str:
    """The reference as Markdown."""
    headers = tables()
    parts = []
    for model, names in headers.items():
        rows = ["| key | type | default | meaning |", "|---|---|---|---|"]
        for key, field, says in keys(model):
            rows.append(f"| `{key}` | {_type(field.annotation, headers)} | {_default(field)} | {_cell(says)} |")
        parts += [f"## {heading(names)}", about(model), "\n".join(rows)]
    return "\n\n".join(parts)


def heading(names: list[str]) -> str:
    """The heading over a table: the headers that it is written under."""
    return ", ".join(f"`{name}`" if name[0] in "[{" else name for name in names)


def tables() -> dict[Model, list[str]]:
    """Every table that can be written, in the order of the contract, with the headers that it is written under."""
    found: dict[Model, list[str]] = {Contract: ["The file"]}

    def walk(model: Model, prefix: str) -> None:
        for key, field, _ in keys(model):
            inside = inner(field.annotation)
            for one in inside:
                shape = get_origin(_bare(field.annotation))
                path = f"{prefix}{key}{'.<name>' if shape is dict else ''}"
                header = f"[[{path}]]" if shape is list else f"[{path}]"
                if len(inside) > 1:
                    # One of several forms of a value is told by its keys, and written in line.
                    header = f"{{ {' = …, '.join(name for name, _, _ in keys(one))} = … }}"
                is_new = one not in found
                found.setdefault(one, []).append(header)
                if is_new:
                    walk(one, f"{path}.")

    walk(Contract, "")
    return found


def _bare(annotation: Any) -> Any:
    """The annotation without `None`."""
    left = [part for part in get_args(annotation) if part is not type(None)]
    return left[0] if get_origin(annotation) in {Union, UnionType} and len(left) == 1 else annotation


def _type(annotation: Any, headers: dict[Model, list[str]]) -> str:
    annotation = _bare(annotation)
    origin, inside = get_origin(annotation), get_args(annotation)
    if origin in {Union, UnionType}:
        return " or ".join(_type(part, headers) for part in inside if part is not type(None))
    if origin is Literal:
        return " or ".join(f"`{value}`" for value in inside)
    if origin is list:
        return f"list of {_type(inside[0], headers)}"
    if origin is dict:
        return f"table: name = {_type(inside[1], headers)}"
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return f"`{headers[annotation][0]}`"
    return _PLAIN.get(annotation) or str(getattr(annotation, "__name__", annotation))


def _default(field: FieldInfo) -> str:
    if field.is_required():
        return "required"
    default = field.get_default(call_default_factory=True, validated_data={})
    if default is None or isinstance(default, BaseModel) or default in ([], {}):
        return ""
    return f"`{json.dumps(default, ensure_ascii=False)}`"


def _cell(text: str) -> str:
    return text.replace("|", "\\|")
