"""JSON: the report as one document, of which docs/report.schema.json says what it holds."""

from __future__ import annotations

import json
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from cta_analytics.reports import sentence
from cta_analytics.reports.export import Export
from cta_analytics.reports.sheet import Cell, Column, Kind
from cta_analytics.reports.sheets import SHEETS

if TYPE_CHECKING:
    from cta_analytics.reports.facts import Facts
    from cta_analytics.reports.maturity import Maturity

VERSION = 1
"""Grows when a name goes or changes its meaning; a new name does not change it."""
_TYPES: dict[Kind, dict[str, Any]] = {
    Kind.text: {"type": "string"},
    Kind.whole: {"type": "integer"},
    Kind.decimal: {"type": "number"},
    Kind.number: {"type": "number"},
    Kind.share: {"type": "number"},
    Kind.money: {"type": "integer"},
    Kind.day: {"type": "string", "format": "date"},
    Kind.time: {"type": "string", "format": "date-time"},
    Kind.flag: {"type": "boolean"},
}


def files(facts: Facts) -> dict[str, bytes]:
    """The one document."""
    text = json.dumps(document(facts), indent=1, ensure_ascii=False, allow_nan=False)
    return {EXPORT.name(facts, "json"): f"{text}\n".encode()}


def document(facts: Facts) -> dict[str, Any]:
    """What the document holds."""
    period, before = facts.period, facts.period.before
    return {
        "version": VERSION,
        "tool_version": facts.tool_version,
        "contract_sha256": facts.contract_sha256,
        "bot_list": facts.provenance.bot_list,
        "site": facts.site,
        "zone": facts.zone,
        "source": facts.source,
        "period": {"name": period.name, "from": period.first.isoformat(), "to": period.last.isoformat()},
        "before": {"from": before.first.isoformat(), "to": before.last.isoformat()},
        "maturity": _maturity(facts.maturity),
        "sentences": [sentence.lead(facts), *sentence.support(facts)],
        "tables": {
            sheet.name: [
                {column.name: _value(cell) for column, cell in zip(sheet.columns, row, strict=True)}
                for row in sheet.read(facts)
            ]
            for sheet in SHEETS
        },
    }


def _maturity(mature: Maturity) -> dict[str, Any]:
    return {
        "stage": mature.stage.value,
        "as_of": _value(mature.as_of),
        "unknown_days": [day.isoformat() for day in mature.unknown],
        "final_on": mature.final_on.isoformat(),
    }


def _value(value: Cell) -> str | float | bool | None:
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    # A time has no offset in the warehouse, where all are UTC; RFC 3339 wants it said.
    if isinstance(value, date):
        return f"{value.isoformat()}Z" if hasattr(value, "hour") else value.isoformat()
    return value


def schema() -> dict[str, Any]:
    """The JSON Schema of the document."""
    text, day = {"type": "string"}, {"type": "string", "format": "date"}
    maybe = {"type": ["string", "null"]}
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "The report of cta-analytics as JSON",
        "description": "Written by cta report --format json. A figure that is not known is null, never 0.",
        **_object(
            {
                "version": {"const": VERSION},
                "tool_version": text,
                "contract_sha256": {**maybe, "description": "SHA-256 of cta.toml."},
                "bot_list": {**maybe, "description": "The version of the list that judged user agents."},
                "site": text,
                "zone": {**text, "description": "The time zone in which days are cut."},
                "source": {**text, "description": "Whose conversions these are."},
                "period": _object({"name": text, "from": day, "to": day}),
                "before": {**_object({"from": day, "to": day}), "description": "The days it is compared with."},
                "maturity": _object(
                    {
                        "stage": {"enum": ["nothing", "partial", "provisional", "final"]},
                        "as_of": {"type": ["string", "null"], "format": "date-time"},
                        "unknown_days": {"type": "array", "items": day},
                        "final_on": day,
                    }
                ),
                "sentences": {"type": "array", "items": text, "minItems": 1},
                "tables": _object(
                    {
                        sheet.name: {
                            "type": "array",
                            "description": sheet.about,
                            "items": _object({column.name: _type(column) for column in sheet.columns}),
                        }
                        for sheet in SHEETS
                    }
                ),
            }
        ),
    }


def _object(properties: dict[str, Any]) -> dict[str, Any]:
    return {"type": "object", "properties": properties, "required": list(properties), "additionalProperties": False}


def _type(column: Column) -> dict[str, Any]:
    found = dict(_TYPES[column.kind])
    if column.can_be_empty:
        found["type"] = [found["type"], "null"]
    return found | {"description": column.about}


EXPORT = Export(title="JSON, one document with a schema (docs/report.schema.json)", files=files)
