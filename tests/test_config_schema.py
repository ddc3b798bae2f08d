"""The JSON Schema and the reference of `cta.toml`, held against the contract itself."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator, ValidationError

from cta_analytics.config import Contract
from cta_analytics.config_reference import as_markdown, heading, tables
from cta_analytics.config_schema import config_schema, keys, models

SAMPLE = Path(__file__).parents[1] / "sample_data" / "cta.toml"


@pytest.fixture(scope="module")
def validator() -> Draft202012Validator:
    schema = config_schema()
    Draft202012Validator.check_schema(schema)
    return Draft202012Validator(schema)


@pytest.fixture
def sample() -> dict[str, Any]:
    return tomllib.loads(SAMPLE.read_text(encoding="utf-8"))


def test_the_samples_contract_is_valid(validator: Draft202012Validator, sample: dict[str, Any]) -> None:
    validator.validate(sample)


def test_an_empty_file_is_valid(validator: Draft202012Validator) -> None:
    validator.validate({})


@pytest.mark.parametrize(
    "change",
    [
        {"sitee": {}},
        {"site": {"base_ulr": "https://x.example"}},
        {"ctas": [{"name": "a", "match": {"knd": "amazon_store"}}]},
        {"ctas": [{"name": "a", "match": {}, "params": {"src": {"one_off": "tags.maas"}}}]},
        {"ctas": [{"name": "a", "match": {}, "params": {"src": 7}}]},
        {"ctas": [{"match": {}}]},
        {"ctas": [{"name": "a", "match": {}, "program": "affiliate"}]},
        {"ctas": [{"name": "a", "match": {}, "min_per_page": -1}]},
        {"moved": [{"from_": "a", "to": "b"}]},
        {"site": {"name": None}},
    ],
)
def test_what_the_contract_refuses_the_schema_refuses(
    validator: Draft202012Validator, sample: dict[str, Any], change: dict[str, Any]
) -> None:
    with pytest.raises(ValidationError):
        validator.validate(sample | change)


def test_every_key_says_what_it_means() -> None:
    silent = [f"{model.__name__}.{key}" for model in models(Contract) for key, _, says in keys(model) if not says]
    assert silent == []


def test_the_schema_describes_every_key() -> None:
    schema = config_schema()
    described = {name: table["properties"] for name, table in schema["$defs"].items()}
    described["Contract"] = schema["properties"]
    assert {name: set(properties) for name, properties in described.items()} == {
        model.__name__: {key for key, _, _ in keys(model)} for model in models(Contract)
    }
    assert all(key["description"] for properties in described.values() for key in properties.values())


def test_the_reference_has_every_table_and_key() -> None:
    text = as_markdown()
    assert set(tables()) == set(models(Contract))
    for model, headers in tables().items():
        part = text.partition(f"## {heading(headers)}\n")[2].partition("\n## ")[0]
        rows = [line.split("|")[1].strip().strip("`") for line in part.splitlines() if line.startswith("| `")]
        assert rows == [key for key, _, _ in keys(model)]
