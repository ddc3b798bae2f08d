"""JUnit XML: what every build server reads of it."""

from xml.etree import ElementTree

from tests.lint.outputs.findings import URL, finding, page_finding, report

from cta_analytics.lint.output import PLAIN, Setting
from cta_analytics.lint.outputs.junit import write


def read(*findings, setting=PLAIN):
    return ElementTree.fromstring(write(report(*findings), setting))


def test_a_suite_a_file_and_a_case_a_finding():
    root = read(finding(), page_finding(file="b.md"), finding(line=7), setting=Setting(prefix="web"))
    assert root.tag == "testsuites"
    assert root.attrib == {"name": "cta lint", "tests": "3", "failures": "3", "errors": "0"}
    assert [suite.attrib for suite in root] == [
        {"name": "web/a.md", "tests": "2", "failures": "2", "errors": "0"},
        {"name": "web/b.md", "tests": "1", "failures": "1", "errors": "0"},
    ]
    assert [case.attrib for case in root.iter("testcase")] == [
        {"classname": "web/a.md", "name": "UTM004 unexpected-utm-value", "file": "web/a.md", "line": "3"},
        {"classname": "web/a.md", "name": "UTM004 unexpected-utm-value #2", "file": "web/a.md", "line": "7"},
        {"classname": "web/b.md", "name": "PAG001 missing-cta", "file": "web/b.md", "line": "1"},
    ]
    failure = root[0][0][0]
    assert failure.tag == "failure"
    assert failure.attrib == {"message": 'is "lark"', "type": "error"}
    assert failure.text == f'web/a.md:3:23: error: is "lark"\n{URL}'


def test_a_warning_does_not_fail_the_build():
    root = read(finding(severity="warning"), finding(severity="info"))
    assert (root.get("tests"), root.get("failures")) == ("2", "0")
    assert [case[0].tag for case in root.iter("testcase")] == ["system-out", "system-out"]


def test_a_clean_run_is_a_case_that_passed():
    root = read()
    assert root.attrib == {"name": "cta lint", "tests": "1", "failures": "0", "errors": "0"}
    (case,) = root.iter("testcase")
    assert case.attrib == {"classname": "cta lint", "name": "no findings"}
    assert case[0].text == "No findings in 1 page, 2 links, 1 CTA."


def test_what_xml_cannot_say_is_spelled_out():
    root = read(finding(message="a\x00b\x0b]]>\ufffe<x>&", href="\ud800"))
    assert root[0][0][0].get("message") == "a\\x00b\\x0b]]>\\ufffe<x>&"
    assert root[0][0][0].text.endswith("\n\\ud800")
