"""Which importer a document is for, by its shape and header; never by its file name."""

from __future__ import annotations

import difflib
from collections.abc import Mapping, Sequence
from typing import Any

from cta_analytics.config import ImportReport, Imports
from cta_analytics.conversions import IMPORTERS, headers
from cta_analytics.conversions.document import Document
from cta_analytics.conversions.importer import Importer
from cta_analytics.errors import CtaError


def check_mappings(imports: Imports) -> None:
    """Raises: CtaError where [imports.mappings] names an importer or a field that there is not."""
    for name, report in imports.mappings.items():
        if name not in IMPORTERS:
            near = difflib.get_close_matches(name, list(IMPORTERS), n=1)
            hint = f'did you mean "{near[0]}"?' if near else f"importers are {', '.join(IMPORTERS)}"
            raise CtaError(f"cta.toml: imports.mappings.{name}: no importer of that name; {hint}")
        headers.check_mapping(report.columns, name)


def importer_of(document: Document, imports: Imports) -> Importer:
    """The importer that recognises the document.

    Raises: CtaError where none does, with the nearest known report and a mapping to paste into cta.toml.
    """
    for name, importer in IMPORTERS.items():
        if importer.recognises(document, imports.mappings.get(name, ImportReport())):
            return importer
    header, rows = _table(document)
    if not header:
        known = "; ".join(f"{name} ({importer.title})" for name, importer in IMPORTERS.items())
        raise CtaError(f"{document.name}: no report of a kind that is known; known are {known}")
    name = max(IMPORTERS, key=lambda name: _likeness(header, IMPORTERS[name], imports))
    importer = IMPORTERS[name]
    found = headers.columns(header, imports.mappings.get(name, ImportReport()).columns, importer.vocabulary)
    headers.check(found, document.name)
    nearest = max(importer.known_headers, key=lambda kind: _shared(header, importer.known_headers[kind]))
    block = headers.paste_block(name, found, rows, importer.vocabulary)
    raise headers.unknown_header(document.name, name, nearest, found, block)


def _likeness(header: Sequence[str], importer: Importer, imports: Imports) -> int:
    mapping = imports.mappings.get(importer.name, ImportReport()).columns
    found = headers.columns(header, mapping, importer.vocabulary)
    suggested = sum(headers.normalise(name) in importer.vocabulary.suggestions for name in found.unknown)
    return 2 * (len(header) - len(found.unknown)) + suggested


def _shared(header: Sequence[str], known: Sequence[str]) -> int:
    return len({headers.normalise(name) for name in header} & {headers.normalise(name) for name in known})


def _table(document: Document) -> tuple[Sequence[str], list[Sequence[str]]]:
    """The header and the rows, of JSON the keys and values of the first list of objects in it."""
    if document.table is not None:
        return document.table.header, [cells for _, cells in document.table.rows]
    records = next((found for page in document.pages or () if (found := _objects(page))), [])
    keys = tuple(dict.fromkeys(key for record in records for key in record))
    return keys, [["" if record.get(key) is None else str(record[key]) for key in keys] for record in records]


def _objects(value: Any) -> list[Mapping[str, Any]]:
    if isinstance(value, list):
        return (
            [part for part in value if isinstance(part, Mapping)]
            if any(isinstance(part, Mapping) for part in value)
            else []
        )
    if not isinstance(value, Mapping):
        return []
    inner = next((found for part in value.values() if (found := _objects(part))), [])
    return inner or ([value] if value else [])
