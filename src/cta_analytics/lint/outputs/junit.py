"""JUnit XML, which nearly every build server shows: a test suite a file, a test case a finding.

An error is a failure; a warning is a passed test case that says it, so that the server's verdict is that of `cta lint`.
"""

from __future__ import annotations

from collections import Counter
from xml.etree import ElementTree

from cta_analytics.lint.finding import Finding, Report
from cta_analytics.lint.output import Output, Setting
from cta_analytics.lint.wording import message, printable, summed


def write(report: Report, setting: Setting) -> str:
    """One XML document; a clean run is one test case that passed."""
    root = ElementTree.Element("testsuites", name="cta lint")
    of_file: dict[str, list[Finding]] = {}
    for finding in report.findings:
        of_file.setdefault(finding.file, []).append(finding)
    for file, findings in of_file.items():
        _suite(root, setting.in_repository(file), findings)
    if not report.findings:
        clean = ElementTree.SubElement(root, "testsuite", name="cta lint", tests="1", failures="0", errors="0")
        case = ElementTree.SubElement(clean, "testcase", classname="cta lint", name="no findings")
        ElementTree.SubElement(case, "system-out").text = summed(report.summary)
    for count in ("tests", "failures", "errors"):
        root.set(count, str(sum(int(suite.get(count, "0")) for suite in root)))
    ElementTree.indent(root)
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + ElementTree.tostring(root, encoding="unicode") + "\n"


def _suite(root: ElementTree.Element, file: str, findings: list[Finding]) -> None:
    failures = sum(finding.severity == "error" for finding in findings)
    path = printable(file)
    counts = {"tests": str(len(findings)), "failures": str(failures), "errors": "0"}
    suite = ElementTree.SubElement(root, "testsuite", {"name": path, **counts})
    seen: Counter[str] = Counter()
    for finding in findings:
        seen[finding.code] += 1
        # Names carry no line, so that a server knows a test case again when lines move; equal ones are numbered.
        number = f" #{seen[finding.code]}" if seen[finding.code] > 1 else ""
        name = f"{finding.code} {finding.name}{number}"
        place = {"file": path, "line": str(finding.line)}
        case = ElementTree.SubElement(suite, "testcase", {"classname": path, "name": name, **place})
        text = f"{path}:{finding.line}:{finding.column}: {finding.severity}: {message(finding)}"
        if finding.href is not None:
            text += f"\n{printable(finding.href)}"
        if finding.severity == "error":
            said = {"message": message(finding), "type": finding.severity}
            ElementTree.SubElement(case, "failure", said).text = text
        else:
            ElementTree.SubElement(case, "system-out").text = text


OUTPUT = Output(name="junit", summary="JUnit XML", write=write)
