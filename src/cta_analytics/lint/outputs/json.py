"""JSON with the names that docs/lint.md documents."""

from __future__ import annotations

import json
import re

from cta_analytics.lint.finding import Report
from cta_analytics.lint.output import Output, Setting

# What JSON may hold as it is, and what UTF-8 cannot (lone surrogates) or a terminal had better not see.
_ESCAPED = re.compile(r"[\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")


def write(report: Report, setting: Setting) -> str:
    """The report as one JSON document."""
    text = json.dumps(report.as_json(), indent=2, ensure_ascii=False)
    return _ESCAPED.sub(lambda found: f"\\u{ord(found[0]):04x}", text) + "\n"


OUTPUT = Output(name="json", summary="one JSON document", write=write)
