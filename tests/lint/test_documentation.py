"""docs/rules.md is what the rules say, and a rule can be asked for by code or name."""

from pathlib import Path

import pytest

from cta_analytics.errors import CtaError
from cta_analytics.lint import by_code
from cta_analytics.lint.documentation import as_markdown, explained

DOCS = Path(__file__).parents[2] / "docs"


def test_the_page_of_rules_is_current():
    assert (DOCS / "rules.md").read_text(encoding="utf-8") == as_markdown(), "run `make docs`"


@pytest.mark.parametrize("code", list(by_code()))
def test_a_rule_is_explained_by_code_and_by_name(code):
    rule = by_code()[code]
    text = explained(code.lower())
    assert text == explained(rule.name)
    assert text.startswith(f"# {code} {rule.name}\n")
    assert rule.summary in text
    assert rule.why in text
    assert rule.bad[0].text in text


def test_a_rule_that_is_none_is_named_with_the_nearest():
    with pytest.raises(CtaError, match="did you mean 'missing-cta'"):
        explained("mising-cta")
