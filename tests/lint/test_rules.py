"""Every rule's examples, run: a bad one raises its code and no other, a good one raises nothing."""

from pathlib import Path

import pytest
from tests.lint.repository import commit

from cta_analytics import config
from cta_analytics.lint import RULES, by_code
from cta_analytics.lint.choice import Choice
from cta_analytics.lint.example import CONTRACT
from cta_analytics.lint.rule import Example
from cta_analytics.lint.run import lint


def found_in(folder: Path, example: Example, choice: Choice) -> list[str]:
    (folder / "cta.toml").write_text(CONTRACT + example.contract, encoding="utf-8")
    for path, text in ((example.path, example.text), *example.others):
        file = folder / "site" / f"{path.strip('/')}{example.suffix}"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
    if example.committed_on:
        commit(folder, example.committed_on)
    report = lint(config.read(folder / "cta.toml"), [], choice)
    return [finding.code for finding in report.findings]


def examples(kind: str) -> list:
    return [
        pytest.param(rule, example, id=f"{rule.code}-{number}")
        for rule in by_code().values()
        for number, example in enumerate(getattr(rule, kind))
    ]


def choice_for(rule) -> Choice:
    # What other rules are shown on need not be a site: a page without links shows a missing CTA.
    return Choice(select=(rule.code,) if rule.off or rule.preview else (), allow_empty=rule.code != "CFG003")


@pytest.mark.parametrize(("rule", "example"), examples("bad"))
def test_a_bad_example_raises_its_code_and_no_other(rule, example, tmp_path):
    assert set(found_in(tmp_path, example, choice_for(rule))) == {rule.code}


@pytest.mark.parametrize(("rule", "example"), examples("good"))
def test_a_good_example_raises_nothing(rule, example, tmp_path):
    assert found_in(tmp_path, example, choice_for(rule)) == []


@pytest.mark.parametrize("file", list(RULES))
def test_a_rule_is_complete_and_named_like_its_file(file):
    rule = RULES[file]
    assert rule.name == file.replace("_", "-")
    assert rule.code[:3].isalpha()
    assert rule.code[3:].isdigit()
    assert rule.bad
    assert rule.good
    assert rule.summary.endswith(".")
    assert rule.why.endswith(".")
    assert [rule.link, rule.page, rule.text, rule.site, rule.run].count(None) == 4


def test_no_code_is_used_twice():
    codes = [rule.code for rule in RULES.values()]
    assert sorted(codes) == sorted(set(codes))


def test_a_rule_silences_no_rule_that_silences_it():
    rules = by_code()
    for rule in rules.values():
        for code in rule.mutes:
            assert code not in rules or rule.code not in rules[code].mutes
