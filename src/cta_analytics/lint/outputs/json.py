"""JSON with the names that docs/lint.md documents."""

from __future__ import annotations

import json

from cta_analytics.lint.finding import Report
from cta_analytics.lint.output import Output


def write(report: Report, colour: bool) -> str:
    """The report as one JSON document."""
    text = json.dumps(report.as_json(), indent=2, ensure_ascii=False) + "\n"
    # A lone surrogate can stand in a str but not in UTF-8; JSON has an escape for it.
    return "".join(f"\\u{ord(char):04x}" if "\ud800" <= char <= "\udfff" else char for char in text)


OUTPUT = Output(name="json", summary="one JSON document", write=write)
