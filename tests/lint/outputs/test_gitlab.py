"""GitLab Code Quality: the fields that it documents, and identities that survive an edit."""

import json
from dataclasses import replace

from tests.lint.outputs.findings import finding, page_finding, report

from cta_analytics.lint.output import PLAIN, Setting
from cta_analytics.lint.outputs.gitlab import write


def entries(*findings, setting=PLAIN):
    return json.loads(write(report(*findings), setting))


def test_an_entry_has_the_documented_fields():
    (entry,) = entries(finding(file="./a.md", count=30), setting=Setting(prefix="web"))
    assert len(entry.pop("fingerprint")) == 32
    assert entry == {
        "description": 'UTM004 unexpected-utm-value: is "lark" (on 30 pages)',
        "check_name": "UTM004",
        "severity": "major",
        "location": {"path": "web/a.md", "lines": {"begin": 3, "end": 3}},
    }


def test_severities_are_gitlabs():
    given = [finding(severity=severity) for severity in ("error", "warning", "info")]
    assert [entry["severity"] for entry in entries(*given)] == ["major", "minor", "info"]


def test_fingerprints_are_different_within_a_report():
    given = [finding(), finding(), finding(code="UTM001"), finding(file="b.md"), finding(href="/x"), page_finding()]
    assert len({entry["fingerprint"] for entry in entries(*given)}) == len(given)


def test_fingerprints_stay_where_lines_move_and_words_change():
    given = [finding(), finding(line=8), page_finding()]
    moved = [replace(found, line=found.line + 40, column=1, message="in other words") for found in given]
    assert [e["fingerprint"] for e in entries(*given)] == [e["fingerprint"] for e in entries(*moved)]


def test_a_folded_finding_stays_where_its_example_is_another_page():
    one, other = entries(finding(count=30)), entries(finding(count=31, file="b.md"))
    assert one[0]["fingerprint"] == other[0]["fingerprint"]


def test_nothing_found_is_an_empty_list():
    assert write(report(), PLAIN) == "[]\n"
