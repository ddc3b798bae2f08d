"""What a run prints."""

import json

import pytest

from cta_analytics.lint import OUTPUTS
from cta_analytics.lint.finding import Finding, Report, Summary

URL = "https://x.example/?utm_source=lark&utm_medium=content"
SUMMARY = Summary(pages=1, links=2, ctas=1, errors=1)


def report(**changed) -> Report:
    values = {
        "code": "UTM004", "name": "unexpected-utm-value", "severity": "error", "message": 'is "lark"',
        "file": "a.md", "line": 3, "column": 23, "end_line": 3, "end_column": 38, "page": "/a", "href": URL,
        "source": URL, "source_start": 19, "source_end": 34,
    } | changed  # fmt: skip
    return Report((Finding(**values),), SUMMARY)


def test_text_underlines_the_offending_part():
    assert OUTPUTS["text"].write(report(), False) == (
        "a.md\n"
        '  3:23  error  UTM004 unexpected-utm-value  is "lark"\n'
        "      https://x.example/?utm_source=lark&utm_medium=content\n"
        "                         ^^^^^^^^^^^^^^^\n"
        "\n"
        "1 error, 0 warnings, 0 info in 1 page, 2 links, 1 CTA.\n"
    )


def test_text_shows_a_part_of_a_long_url():
    start = "https://x.example/" + "a" * 200 + "?"
    source = f"{start}utm_source=lark&{'b' * 200}"
    text = OUTPUTS["text"].write(report(source=source, source_start=len(start), source_end=len(start) + 15), False)
    url, marks = text.splitlines()[2:4]
    assert len(url) <= 110
    assert url[marks.index("^") : marks.rindex("^") + 1] == "utm_source=lark"


def test_text_puts_marks_under_wide_characters():
    text = OUTPUTS["text"].write(report(source="https://x.example/茶?a=1", source_start=19, source_end=23), False)
    marks = text.splitlines()[3]
    # The sign is two columns wide, so that the marks stand one further to the right.
    assert marks == " " * 6 + " " * 20 + "^^^^"


def test_text_cannot_drive_a_terminal():
    text = OUTPUTS["text"].write(report(message="\x1b[2J\u202e", file="\x07.md"), False)
    assert "\\x1b[2J\\u202e" in text
    assert "\\x07.md" in text
    assert "\x1b" not in text


def test_text_has_colours_on_a_terminal_only():
    assert "\x1b[31m" in OUTPUTS["text"].write(report(), True)
    assert "\x1b" not in OUTPUTS["text"].write(report(), False)


def test_text_of_nothing_says_what_was_looked_at():
    assert OUTPUTS["text"].write(Report((), Summary(pages=2, links=0)), False) == (
        "No findings in 2 pages, 0 links, 0 CTAs.\n"
    )


def test_json_has_the_documented_names():
    found = json.loads(OUTPUTS["json"].write(report(), False))
    assert list(found) == ["findings", "summary"]
    assert found["findings"][0] == {
        "code": "UTM004", "name": "unexpected-utm-value", "severity": "error", "message": 'is "lark"',
        "file": "a.md", "line": 3, "column": 23, "end_line": 3, "end_column": 38, "page": "/a", "href": URL,
        "fix": None, "count": 1,
    }  # fmt: skip
    assert found["summary"] == {
        "pages": 1, "links": 2, "ctas": 1, "errors": 1, "warnings": 0, "infos": 0,
        "fixable": 0, "suppressed": 0, "baselined": 0,
    }  # fmt: skip


@pytest.mark.parametrize("name", list(OUTPUTS))
def test_an_output_is_named_like_its_file_and_gives_the_same_bytes(name):
    output = OUTPUTS[name]
    assert output.name == name
    assert output.write(report(), False) == output.write(report(), False)
    output.write(report(href="\ud800", source="\ud800"), False).encode()
