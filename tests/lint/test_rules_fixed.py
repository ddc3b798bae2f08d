"""Every rule's fix on its own bad examples: what had a fix is gone, and a second run changes nothing."""

from pathlib import Path

import pytest
from tests.made_up_rules import BOTH

from cta_analytics import config
from cta_analytics.lint import by_code
from cta_analytics.lint.apply import apply
from cta_analytics.lint.example import CONTRACT
from cta_analytics.lint.run import Choice, lint


def contents(folder: Path) -> dict[str, bytes]:
    return {str(file): file.read_bytes() for file in sorted(folder.rglob("*")) if file.is_file()}


@pytest.mark.parametrize(
    ("rule", "example"),
    [
        pytest.param(rule, example, id=f"{rule.code}-{number}")
        for rule in by_code().values()
        for number, example in enumerate(rule.bad)
        if rule.fix != "none"
    ],
)
def test_a_fixed_finding_is_gone_and_stays_gone(rule, example, tmp_path):
    (tmp_path / "cta.toml").write_text(CONTRACT + example.contract, encoding="utf-8")
    for path, text in ((example.path, example.text), *example.others):
        file = tmp_path / "site" / f"{path.strip('/')}{example.suffix}"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
    project = config.read(tmp_path / "cta.toml")
    choice = Choice(select=(rule.code,), allow_empty=True)
    offered = sum(finding.fix is not None for finding in lint(project, [], choice).findings)
    before = contents(tmp_path)
    outcome = apply(lambda: lint(project, [], choice, fixes=BOTH))
    assert outcome.problems == ()
    assert [finding.code for finding in outcome.report.findings if finding.fix] == []
    assert (outcome.report.fixed.findings if outcome.report.fixed else 0) >= offered
    after = contents(tmp_path)
    assert (after != before) == bool(offered)
    assert apply(lambda: lint(project, [], choice, fixes=BOTH)).report.fixed is None
    assert contents(tmp_path) == after
