"""Which importer a document is for, by its shape and header; never by its file name."""

from __future__ import annotations

import difflib
from collections.abc import Mapping, Sequence
from typing import Any

from cta_analytics.config import ImportReport, Imports
from cta_analytics.conversions import IMPORTERS, headers, sources
from cta_analytics.conversions.document import Document
from cta_analytics.conversions.importer import Importer
from cta_analytics.errors import CtaError

GENERIC = "generic_csv"
"""The importer of whatever no other one knows."""


def check_mappings(imports: Imports) -> None:
    """Raises: CtaError where [imports.mappings] names an importer or a field that there is not."""
    for name, report in imports.mappings.items():
        used = report.importer or name
        if used not in IMPORTERS:
            near = difflib.get_close_matches(used, list(IMPORTERS), n=1)
            hint = f'did you mean "{near[0]}"?' if near else 'for another network add importer = "generic_csv"'
            key = f"imports.mappings.{name}{'.importer' if report.importer else ''}"
            raise CtaError(f"cta.toml: {key}: no importer of that name; {hint}")
        if used != name and (name in IMPORTERS or not IMPORTERS[used].is_mapped):
            raise CtaError(
                f'cta.toml: imports.mappings.{name}.importer: "{used}" is read under its own name; '
                'only importer = "generic_csv" goes with a name of yours'
            )
        headers.check_mapping(report.columns, name)


def source_of(document: Document, imports: Imports) -> tuple[str, Importer]:
    """The source that the document is of, and the importer that reads it.

    Raises: CtaError where none recognises it, with the nearest known report and a mapping to paste into cta.toml, and
    where the mappings of two networks both fit.
    """
    known = sources.importers(imports)
    fitting = [
        (name, importer)
        for name, importer in known.items()
        if importer.recognises(document, imports.mappings.get(name, ImportReport()))
    ]
    described = [name for name, importer in fitting if importer.is_mapped]
    if len(described) > 1:
        both = " and ".join(f"[imports.mappings.{name}]" for name in described)
        raise CtaError(f"{document.name}: {both} both fit this header; name the network's own columns in one of them")
    if fitting:
        return fitting[0]
    if document.broken:
        raise CtaError(document.broken)
    header, rows = _table(document)
    if not header:
        named = "; ".join(f"{name} ({importer.title})" for name, importer in IMPORTERS.items())
        raise CtaError(f"{document.name}: no report of a kind that is known; known are {named}")
    name = max(known, key=lambda name: _likeness(header, name, known[name], imports))
    importer = known[name]
    if not _likeness(header, name, importer, imports):
        name, importer = GENERIC, IMPORTERS[GENERIC]
    report = imports.mappings.get(name, ImportReport())
    nearest = max(importer.known_headers, key=lambda kind: _shared(header, importer.known_headers[kind]), default=name)
    found = headers.columns(header, report.columns, importer.vocabulary)
    block = headers.paste_block(name, found, rows, importer.vocabulary)
    raise headers.unknown_header(document.name, name, nearest, found, block)


def importer_of(document: Document, imports: Imports) -> Importer:
    """The importer that recognises the document. Raises: as `source_of`."""
    return source_of(document, imports)[1]


def is_like_a_report(document: Document, imports: Imports) -> bool:
    """Whether a column of it is known to any source: what tells a report of a new form from any other file."""
    header, _ = _table(document)
    return any(_likeness(header, name, importer, imports) for name, importer in sources.importers(imports).items())


def _likeness(header: Sequence[str], name: str, importer: Importer, imports: Imports) -> int:
    mapping = imports.mappings.get(name, ImportReport()).columns
    found = headers.columns(header, mapping, importer.vocabulary)
    suggested = sum(headers.normalise(column) in importer.vocabulary.suggestions for column in found.unknown)
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
