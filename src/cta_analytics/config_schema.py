"""The JSON Schema of `cta.toml`, for editors that complete and check it."""

from __future__ import annotations

import ast
from functools import cache
from pathlib import Path
from typing import Any, get_args

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from cta_analytics import config
from cta_analytics.config import Contract
from cta_analytics.urls import KINDS, load

DIALECT = "https://json-schema.org/draft/2020-12/schema"
Model = type[BaseModel]


def config_schema() -> dict[str, Any]:
    """The JSON Schema of `cta.toml`, generated from `config.Contract` and the docstrings under its keys."""
    schema = Contract.model_json_schema(by_alias=True)
    tables = schema.pop("$defs")
    named = {model.__name__: model for model in models(Contract)}
    for name, table in [(Contract.__name__, schema), *tables.items()]:
        model = named[name]
        table.pop("title", None)
        table["description"] = about(model)
        for key, _, says in keys(model):
            found = _without_null(table["properties"][key])
            if says:
                found["description"] = says
            examples = _examples(name, key)
            if examples:
                found["examples"] = examples
            table["properties"][key] = found
    return {"$schema": DIALECT, "title": config.FILE_NAME, **schema, "$defs": tables}


def keys(model: Model) -> list[tuple[str, FieldInfo, str]]:
    """The keys of a table as they are written, with their fields and what they mean."""
    says = _docstrings().get(model.__name__, {})
    found = []
    for name, field in model.model_fields.items():
        inside = inner(field.annotation)
        found.append((field.alias or name, field, says.get(name) or (about(inside[0]) if len(inside) == 1 else "")))
    return found


def about(model: Model) -> str:
    """What a table is for: the first sentence of its class is for its readers, the rest for ours."""
    return " ".join((model.__doc__ or "").split()).partition(". ")[0].rstrip(".") + "."


def models(model: Model) -> list[Model]:
    """The model and every one that it is made of."""
    found = [model]
    for field in model.model_fields.values():
        for inside in inner(field.annotation):
            found += [deeper for deeper in models(inside) if deeper not in found]
    return found


def inner(annotation: Any) -> list[Model]:
    """The models in an annotation, however deep in unions, lists and tables."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return [annotation]
    return [model for part in get_args(annotation) for model in inner(part)]


def _without_null(found: dict[str, Any]) -> dict[str, Any]:
    """The schema of a key as TOML can hold it: there is no null, a key without value is left out."""
    left = {name: value for name, value in found.items() if name != "title"}
    if left.get("default", "") is None:
        del left["default"]
    kinds = [kind for kind in left.get("anyOf", ()) if kind != {"type": "null"}]
    if len(kinds) == 1:
        return {**kinds[0], **{name: value for name, value in left.items() if name != "anyOf"}}
    return {**left, "anyOf": kinds} if kinds else left


def _examples(model: str, key: str) -> list[str]:
    """Values that an editor can offer where any text is allowed."""
    if (model, key) == ("Match", "kind"):
        return [kind for kind in KINDS if kind not in {"computed", "invalid"}]
    if key == "marketplace":
        return list(load().by_name["amazon"].marketplaces)
    return []


@cache
def _docstrings() -> dict[str, dict[str, str]]:
    """Class -> key -> the docstring under it. Pydantic could read them too, but at each start of the tool."""
    tree = ast.parse(Path(config.__file__).read_text(encoding="utf-8"))
    found: dict[str, dict[str, str]] = {}
    for node in tree.body:
        if not isinstance(node, ast.ClassDef):
            continue
        for before, after in zip(node.body, node.body[1:], strict=False):
            if not (isinstance(before, ast.AnnAssign) and isinstance(before.target, ast.Name)):
                continue
            if isinstance(after, ast.Expr) and isinstance(after.value, ast.Constant):
                found.setdefault(node.name, {})[before.target.id] = " ".join(str(after.value.value).split())
    return found
