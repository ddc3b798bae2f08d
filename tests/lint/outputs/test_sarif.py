"""SARIF: valid by its schema, and what GitHub's code scanning asks for on top."""

import json
import re
from dataclasses import replace
from functools import cache
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest
from jsonschema import Draft202012Validator
from tests.lint.outputs.findings import finding, page_finding, report

from cta_analytics import __version__
from cta_analytics.lint import by_code
from cta_analytics.lint.finding import Fix
from cta_analytics.lint.output import PLAIN, Setting
from cta_analytics.lint.outputs.sarif import write


@cache
def validator() -> Draft202012Validator:
    schema = json.loads(Path(__file__).with_name("sarif-2.1.0.schema.json").read_text())
    Draft202012Validator.check_schema(schema)
    return Draft202012Validator(schema)


def run_of(*findings, setting=PLAIN, notes=(), valid=True):
    document = json.loads(write(report(*findings, notes=notes), setting))
    if valid:
        assert [error.message for error in validator().iter_errors(document)] == []
    (run,) = document["runs"]
    return run


def results(*findings, **rest):
    return run_of(*findings, **rest)["results"]


def test_the_schema_refuses_what_is_wrong():
    document = json.loads(write(report(finding()), PLAIN))
    document["runs"][0]["results"][0]["level"] = "info"
    assert [list(error.absolute_path) for error in validator().iter_errors(document)] == [
        ["runs", 0, "results", 0, "level"]
    ]


FIX = Fix("safe", 120, 135, "utm_source=larkmoor")


def test_a_result_says_rule_level_place_and_identity():
    (result,) = results(finding(file="a b/ü%.md", count=30), setting=Setting(prefix="web"))
    assert len(result["partialFingerprints"].pop("primaryLocationLineHash")) == 32
    assert result == {
        "ruleId": "UTM004",
        "ruleIndex": list(by_code()).index("UTM004"),
        "level": "error",
        "message": {"text": 'is "lark" (on 30 pages)'},
        "locations": [
            {
                "physicalLocation": {
                    "artifactLocation": {"uri": "web/a%20b/%C3%BC%25.md", "uriBaseId": "%SRCROOT%"},
                    "region": {"startLine": 3, "startColumn": 23, "endLine": 3, "endColumn": 38},
                }
            }
        ],
        "partialFingerprints": {},
        "occurrenceCount": 30,
    }


def test_the_run_says_what_its_columns_and_paths_are():
    run = run_of(finding())
    assert run["columnKind"] == "unicodeCodePoints"
    assert set(run["originalUriBaseIds"]) == {"%SRCROOT%"}
    assert run["automationDetails"] == {"id": "cta-lint/"}
    assert run["tool"]["driver"]["version"] == __version__
    assert run["invocations"] == [{"executionSuccessful": True, "toolExecutionNotifications": []}]


def test_every_rule_is_described_within_githubs_limits():
    rules = run_of()["tool"]["driver"]["rules"]
    assert [rule["id"] for rule in rules] == list(by_code())
    for rule in rules:
        assert rule["help"]["markdown"].startswith(f"# {rule['id']} {rule['name']}\n")
        assert 0 < len(rule["shortDescription"]["text"]) <= 1024
        assert 0 < len(rule["fullDescription"]["text"]) <= 1024
        assert rule["defaultConfiguration"]["level"] in ("error", "warning", "note")
        assert len(rule["properties"]["tags"]) <= 10


def test_the_rules_do_not_depend_on_what_was_found():
    assert run_of()["tool"] == run_of(finding())["tool"]


def test_a_fix_replaces_bytes():
    (result,) = results(finding(fix=FIX))
    (fix,) = result["fixes"]
    (change,) = fix["artifactChanges"]
    assert change["artifactLocation"] == result["locations"][0]["physicalLocation"]["artifactLocation"]
    assert change["replacements"] == [
        {"deletedRegion": {"byteOffset": 120, "byteLength": 15}, "insertedContent": {"text": "utm_source=larkmoor"}}
    ]
    assert results(finding(fix=replace(FIX, safety="unsafe")))[0]["fixes"][0]["description"] != fix["description"]


def test_a_fix_that_cannot_be_written_is_left_out():
    assert "fixes" not in results(finding(fix=replace(FIX, text="\ud800")))[0]


def test_a_page_finding_is_an_empty_region():
    region = results(page_finding())[0]["locations"][0]["physicalLocation"]["region"]
    assert region == {"startLine": 1, "startColumn": 1, "endLine": 1, "endColumn": 1}


def test_fingerprints_stay_where_lines_move_and_differ_otherwise():
    given = [finding(), finding(line=8), finding(href="/x"), page_finding(), finding(file="b.md")]
    moved = [replace(found, line=found.line + 40, end_line=found.end_line + 40, message="said anew") for found in given]
    prints = [result["partialFingerprints"] for result in results(*given)]
    assert prints == [result["partialFingerprints"] for result in results(*moved)]
    assert len({print_["primaryLocationLineHash"] for print_ in prints}) == len(given)


def test_a_finding_before_it_does_not_change_a_fingerprint():
    alone = results(finding())[0]["partialFingerprints"]
    assert results(finding(code="UTM001", line=1), finding())[1]["partialFingerprints"] == alone


def test_fewer_than_5000_results_the_worst_and_a_note_on_the_others():
    given = [finding(severity="info", line=n) for n in range(1, 5001)] + [finding(line=6000), finding(line=7000)]
    # The schema is checked elsewhere; on so many it takes its time.
    run = run_of(*given, valid=False)
    lines = [result["locations"][0]["physicalLocation"]["region"]["startLine"] for result in run["results"]]
    assert lines == [*range(1, 4998), 6000, 7000]
    (note,) = run["invocations"][0]["toolExecutionNotifications"]
    assert note["level"] == "note"
    assert note["message"]["text"].startswith("3 further findings left out: ")


def test_what_was_asked_for_and_is_not_there_is_a_note():
    run = run_of(notes=("sitemap.xml: 2 of its URLs have no page file",))
    assert run["invocations"][0]["toolExecutionNotifications"] == [
        {"level": "note", "message": {"text": "sitemap.xml: 2 of its URLs have no page file"}}
    ]


def test_data_is_neither_a_link_nor_a_placeholder():
    (result,) = results(finding(message='"{0}" [here](https://x.example) [a] {slug}'))
    # §3.11.5 doubles the braces of what would be a placeholder, §3.11.6 escapes the brackets of what would be a link.
    assert result["message"]["text"] == '"{{0}}" \\[here\\](https://x.example) [a] {slug}'


@pytest.mark.parametrize("file", ["a:b.md", "%41.md", "../up.md", "a#b?c.md", "a\udcff.md", "雪/☃.md"])
def test_a_path_is_a_relative_reference(file):
    artifact = results(finding(file=file))[0]["locations"][0]["physicalLocation"]["artifactLocation"]
    assert artifact["uriBaseId"] == "%SRCROOT%"
    parts = urlsplit(artifact["uri"])
    assert (parts.scheme, parts.netloc, parts.query, parts.fragment) == ("", "", "", "")
    assert re.fullmatch(r"(?:[A-Za-z0-9._~/-]|%[0-9A-F]{2})+", artifact["uri"])
    assert unquote(artifact["uri"], errors="surrogateescape") == file


def test_a_path_that_no_file_can_have_is_written_all_the_same():
    artifact = results(finding(file="a\ud800.md"))[0]["locations"][0]["physicalLocation"]["artifactLocation"]
    assert unquote(artifact["uri"]) == "a\\ud800.md"


def test_a_path_outside_the_repository_is_a_uri_by_itself():
    artifact = results(finding(file="/srv/a b.md"))[0]["locations"][0]["physicalLocation"]["artifactLocation"]
    assert artifact == {"uri": "file:///srv/a%20b.md"}


def test_a_rule_that_is_not_listed_is_named_all_the_same():
    (result,) = results(finding(code="XYZ999"))
    assert result["ruleId"] == "XYZ999"
    assert "ruleIndex" not in result
