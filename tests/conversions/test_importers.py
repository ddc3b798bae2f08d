"""What holds for every importer: its name, its vocabulary, and a sample that it and no other recognises."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from cta_analytics.config import Account, Contract, ImportReport, Imports
from cta_analytics.conversions import IMPORTERS, detect, document, headers
from cta_analytics.conversions.importer import FIELDS, Settings

SAMPLES = Path(__file__).parent / "samples"


@pytest.mark.parametrize("name", list(IMPORTERS))
def test_an_importer_is_called_like_its_file_and_knows_its_fields(name: str) -> None:
    importer = IMPORTERS[name]
    vocabulary = {**importer.vocabulary.aliases, **importer.vocabulary.suggestions}
    assert importer.name == name
    assert set(vocabulary.values()) <= set(FIELDS)
    assert all(headers.normalise(header) == header for header in vocabulary)
    assert not set(importer.vocabulary.aliases) & set(importer.vocabulary.suggestions)
    unknown = {
        header
        for known in importer.known_headers.values()
        for header in known
        if headers.normalise(header) not in vocabulary
    }
    assert unknown == set()


@pytest.mark.parametrize("name", list(IMPORTERS))
def test_every_sample_is_recognised_by_its_importer_alone_and_read(name: str) -> None:
    samples = [path for path in sorted(SAMPLES.glob(f"{name}.*")) if path.suffix != ".toml"]
    assert samples, f"no sample of {name} in {SAMPLES}"
    mapping = SAMPLES / f"{name}.toml"
    given = Contract.model_validate(tomllib.loads(mapping.read_text()) if mapping.exists() else {}).imports
    for path in samples:
        (found,) = document.parts(path, path.name).documents
        fitting = [each for each in IMPORTERS if IMPORTERS[each].recognises(found, _report(given, each))]
        assert fitting == [name]
        source, importer = detect.source_of(found, given)
        currency = "EUR" if name == "generic_csv" else "USD"
        reading = importer.read(found, Settings(source, "us", Account(), currency, 2, _report(given, source)))
        assert [len(statement.rows) for statement in reading.statements] == [1]


def _report(given: Imports, name: str) -> ImportReport:
    return given.mappings.get(name, ImportReport())


def test_the_documentation_names_every_field_importer_and_setting() -> None:
    text = (Path(__file__).parents[2] / "docs" / "conversions.md").read_text(encoding="utf-8")
    settings = [*ImportReport.model_fields, *Account.model_fields]
    assert [name for name in (*FIELDS, *IMPORTERS) if f"`{name}`" not in text] == []
    assert [name for name in settings if name not in text] == []
