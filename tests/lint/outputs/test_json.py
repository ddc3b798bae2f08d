"""The JSON that docs/lint.md documents."""

import json

from tests.lint.outputs.findings import URL, finding, report

from cta_analytics.lint.output import PLAIN
from cta_analytics.lint.outputs.json import write


def test_the_names_are_the_documented_ones():
    found = json.loads(write(report(finding()), PLAIN))
    assert list(found) == ["findings", "summary"]
    assert found["findings"][0] == {
        "code": "UTM004", "name": "unexpected-utm-value", "severity": "error", "message": 'is "lark"',
        "file": "a.md", "line": 3, "column": 23, "end_line": 3, "end_column": 38, "page": "/a", "href": URL,
        "fix": None, "count": 1, "clicks_28d": None, "sales_unattributable_minor": None, "currency": None,
    }  # fmt: skip
    assert found["summary"] == {
        "pages": 1, "links": 2, "ctas": 1, "errors": 1, "warnings": 0, "infos": 0,
        "fixable": 0, "suppressed": 0, "baselined": 0,
    }  # fmt: skip
