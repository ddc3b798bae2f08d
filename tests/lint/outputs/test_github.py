"""Annotations, as GitHub's runner reads them."""

import pytest
from tests.lint.outputs.findings import finding, page_finding, report
from tests.lint.outputs.runner import Command, commands

from cta_analytics.lint.output import PLAIN, Setting
from cta_analytics.lint.outputs.github import write


def test_a_finding_is_one_workflow_command():
    assert write(report(finding(file="a,b:c.md", message="100%: a, b")), PLAIN) == (
        "::error file=a%2Cb%3Ac.md,line=3,endLine=3,col=23,endColumn=38,title=UTM004 unexpected-utm-value"
        "::100%25: a, b\n"
        "1 error, 0 warnings, 0 info in 1 page, 2 links, 1 CTA.\n"
    )


def test_the_runner_reads_what_was_meant():
    message = "50%25 of a::b, c%0A"
    found = commands(write(report(finding(file="x,y:%2C.md", message=message)), PLAIN))
    properties = {"file": "x,y:%2C.md", "line": "3", "endLine": "3", "col": "23", "endColumn": "38"}
    assert found == [Command("error", properties | {"title": "UTM004 unexpected-utm-value"}, message)]


@pytest.mark.parametrize("given", [page_finding(), finding(end_line=4, end_column=2)])
def test_columns_are_said_only_of_a_part_of_one_line(given):
    (command,) = commands(write(report(given), PLAIN))
    assert set(command.properties) == {"file", "line", "endLine", "title"}


def test_paths_start_at_the_root_of_the_repository():
    (command,) = commands(write(report(finding()), Setting(prefix="web/site")))
    assert command.properties["file"] == "web/site/a.md"


def test_severities_have_their_levels():
    given = [finding(severity=severity) for severity in ("info", "warning", "error")]
    assert [command.name for command in commands(write(report(*given), PLAIN))] == ["error", "warning", "notice"]


def test_ten_of_a_level_are_annotated_the_worst_first_and_one_notice_counts_the_others():
    given = [finding(line=n) for n in range(1, 13)] + [finding(line=99, count=40)]
    given += [finding(severity="warning", line=n) for n in range(1, 11)]
    given += [finding(severity="info", line=n) for n in range(1, 11)]
    found = commands(write(report(*given), PLAIN))
    lines = {level: [c.properties.get("line") for c in found if c.name == level] for level in ("error", "warning")}
    assert lines["error"] == ["99", *map(str, range(1, 10))]
    assert lines["warning"] == [str(n) for n in range(1, 11)]
    notices = [command for command in found if command.name == "notice"]
    # The line about the others is the tenth notice, so that three errors and one notice are not shown.
    assert [c.properties.get("line") for c in notices] == [*map(str, range(1, 10)), None]
    assert notices[-1].data.startswith("4 further findings: ")


def test_where_all_fit_in_nothing_is_said_of_others():
    given = [finding(severity="info", line=n) for n in range(1, 11)]
    assert [c.properties["line"] for c in commands(write(report(*given), PLAIN))] == [str(n) for n in range(1, 11)]
