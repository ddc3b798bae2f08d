"""SARIF 2.1.0, as GitHub's code scanning and editors read it.

The format: https://docs.oasis-open.org/sarif/sarif/v2.1.0/; what GitHub makes of it:
https://docs.github.com/en/code-security/code-scanning/integrating-with-code-scanning/sarif-support-for-code-scanning.
"""

from __future__ import annotations

import json
import re
from typing import Any

from cta_analytics import __version__
from cta_analytics.lint import by_code
from cta_analytics.lint.documentation import explained
from cta_analytics.lint.finding import Finding, Fix, Report
from cta_analytics.lint.fingerprint import fingerprints
from cta_analytics.lint.output import Output, Setting, quoted
from cta_analytics.lint.rule import Rule
from cta_analytics.lint.wording import counted, message, printable, rank

_LEVELS = {"error": "error", "warning": "warning", "info": "note"}
# The words of GitHub's `problem.severity`.
_PROBLEMS = {"error": "error", "warning": "warning", "info": "recommendation"}
_MOST = 4_999
"""GitHub keeps the first 5,000 results of a run."""
_ROOT = "%SRCROOT%"
_LINK = re.compile(r"\[([^\]]*)\](?=\()")
_PLACEHOLDER = re.compile(r"\{(\d+)\}")


def write(report: Report, setting: Setting) -> str:
    """One JSON document with one run; where there are more than 4,999 findings, the worst and a note on the others."""
    rules = by_code()
    places = {code: number for number, code in enumerate(rules)}
    # Identities are counted over all findings, so that they do not depend on which are left out.
    identities = fingerprints(report.findings)
    by_rank = sorted(range(len(report.findings)), key=lambda number: rank(report.findings[number]))
    results = [
        _result(report.findings[number], identities[number], places, setting) for number in sorted(by_rank[:_MOST])
    ]
    run = {
        "tool": {
            "driver": {
                "name": "cta lint",
                "semanticVersion": __version__,
                "version": __version__,
                "rules": [_rule(rule) for rule in rules.values()],
            }
        },
        "automationDetails": {"id": "cta-lint/"},
        "columnKind": "unicodeCodePoints",
        "originalUriBaseIds": {_ROOT: {"description": {"text": "The root of the repository."}}},
        "invocations": [{"executionSuccessful": True, "toolExecutionNotifications": _notes(report)}],
        "results": results,
    }
    document = {"$schema": "https://json.schemastore.org/sarif-2.1.0.json", "version": "2.1.0", "runs": [run]}
    return json.dumps(document, indent=2, ensure_ascii=False) + "\n"


def _rule(rule: Rule) -> dict[str, Any]:
    return {
        "id": rule.code,
        "name": rule.name,
        "shortDescription": {"text": rule.summary},
        "fullDescription": {"text": rule.why},
        "help": {"text": f"{rule.summary}\n\n{rule.why}", "markdown": explained(rule.code)},
        "defaultConfiguration": {"enabled": not rule.off, "level": _LEVELS[rule.severity]},
        "properties": {"tags": ["cta", rule.scope], "problem.severity": _PROBLEMS[rule.severity]},
    }


def _result(finding: Finding, fingerprint: str, places: dict[str, int], setting: Setting) -> dict[str, Any]:
    artifact = _artifact(setting.in_repository(finding.file))
    region = {
        "startLine": finding.line,
        "startColumn": finding.column,
        "endLine": finding.end_line,
        "endColumn": finding.end_column,
    }
    result: dict[str, Any] = {"ruleId": finding.code}
    if finding.code in places:
        result["ruleIndex"] = places[finding.code]
    result |= {
        "level": _LEVELS[finding.severity],
        "message": {"text": _text(message(finding))},
        "locations": [{"physicalLocation": {"artifactLocation": artifact, "region": region}}],
        # The only fingerprint that GitHub looks at, whatever its name says.
        "partialFingerprints": {"primaryLocationLineHash": fingerprint},
    }
    if finding.count > 1:
        result["occurrenceCount"] = finding.count
    if finding.price:
        result["properties"] = finding.price_as_json()
    # A lone surrogate cannot be written; no fix has one unless the page does.
    if finding.fix and finding.fix.text == printable(finding.fix.text):
        result["fixes"] = [_fix(finding.fix, artifact)]
    return result


def _fix(fix: Fix, artifact: dict[str, str]) -> dict[str, Any]:
    says = {"safe": "Write what the contract asks for.", "unsafe": "May change what the link means; look at it first."}
    replacement = {
        "deletedRegion": {"byteOffset": fix.start, "byteLength": fix.end - fix.start},
        "insertedContent": {"text": fix.text},
    }
    return {
        "description": {"text": says[fix.safety]},
        "artifactChanges": [{"artifactLocation": artifact, "replacements": [replacement]}],
    }


def _artifact(path: str) -> dict[str, str]:
    """Where a file is. A path outside the repository is a URI by itself."""
    uri = quoted(path)
    if path.startswith("/"):
        return {"uri": f"file://{uri}"}
    return {"uri": uri, "uriBaseId": _ROOT}


def _text(text: str) -> str:
    """A message in which nothing reads as an embedded link or a placeholder (§3.11.5 and §3.11.6 of the standard)."""
    return _PLACEHOLDER.sub(r"{{\1}}", _LINK.sub(r"\\[\1\\]", text))


def _notes(report: Report) -> list[dict[str, Any]]:
    left = max(0, len(report.findings) - _MOST)
    texts = [printable(note) for note in report.notes]
    if left:
        texts.append(f"{counted(left, 'further finding')} left out: GitHub takes 5,000 results; the worst are here.")
    return [{"level": "note", "message": {"text": _text(text)}} for text in texts]


OUTPUT = Output(name="sarif", summary="SARIF 2.1.0, for code scanning and editors", write=write)
