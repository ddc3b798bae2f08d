"""Idle suppressions are taken out, and nothing else."""

import pytest

from cta_analytics import config
from cta_analytics.lint.apply import apply
from cta_analytics.lint.choice import Choice
from cta_analytics.lint.example import CONTRACT, STORE, cta, query
from cta_analytics.lint.run import lint

GOOD = cta()
BAD = cta(utm_source="lark")
MARKDOWN = f"[Shop]({STORE}?{query()})"
SAFE = frozenset({"safe"})


def fixed(tmp_path, text, suffix=".html", paths=()):
    (tmp_path / "cta.toml").write_text(CONTRACT)
    file = tmp_path / "site" / "answers" / f"quiet-kettle{suffix}"
    file.parent.mkdir(parents=True)
    file.write_bytes(text.encode())
    project = config.read(tmp_path / "cta.toml")
    choice = Choice(allow_empty=True)
    before = [one.fix for one in lint(project, list(paths), choice).findings if one.code == "CFG001"]
    outcome = apply(lambda: lint(project, list(paths), choice, fixes=SAFE))
    assert outcome.problems == ()
    after = file.read_bytes().decode()
    assert apply(lambda: lint(project, list(paths), choice, fixes=SAFE)).report.fixed is None
    assert (after != text) == any(before)
    return after


@pytest.mark.parametrize(
    ("suffix", "text", "expected"),
    [
        (".html", f"<main>\r\n  <!-- cta: ignore[AMZ007] once -->\r\n  {GOOD}</main>", f"<main>\r\n  {GOOD}</main>"),
        (".html", f"<!-- cta: ignore[AMZ007, utm004] a reason -->\n{BAD}", f"<!-- cta: ignore[utm004] a reason -->\n{BAD}"),
        (".html", f"{GOOD} <!-- cta: ignore[AMZ007] once -->\n<p>x</p>", f"{GOOD}\n<p>x</p>"),
        (".html", GOOD.replace("<p>", '<p\n data-cta-ignore="AMZ007 once" id="a">'), GOOD.replace("<p>", '<p id="a">')),
        (".html", BAD.replace("<p>", "<p data-cta-ignore='UTM004,AMZ007 why'>"), BAD.replace("<p>", "<p data-cta-ignore='UTM004 why'>")),
        (".md", f"Öl.\n\n<!-- cta: ignore[session-leftover] once -->\n{MARKDOWN}\n", f"Öl.\n\n{MARKDOWN}\n"),
        (".md", f"One {MARKDOWN} <!-- cta: ignore[AMZ007] once --> two\n", f"One {MARKDOWN} two\n"),
    ],
)  # fmt: skip
def test_what_is_not_needed_goes_and_every_other_byte_stays(tmp_path, suffix, text, expected):
    assert fixed(tmp_path, text, suffix) == expected


@pytest.mark.parametrize(
    ("suffix", "text"),
    [
        # It parts two paragraphs; what follows it on its line would become prose; two lists
        # would be one; two words would touch.
        (".md", f"One.\n<!-- cta: ignore[AMZ007] once -->\n{MARKDOWN}\n"),
        (".md", f"<!-- cta: ignore[AMZ007] once --> *x*\n\n{MARKDOWN}\n"),
        (".md", f"- one\n\n<!-- cta: ignore[AMZ007] once -->\n\n- {MARKDOWN}\n"),
        (".md", f"*One*<!-- cta: ignore[AMZ007] once -->two {MARKDOWN}\n"),
        (".html", f"<!-- cta: ignore[UTM004] a reason -->\n{BAD}"),
    ],
)
def test_what_would_change_more_or_is_needed_stays(tmp_path, suffix, text):
    assert fixed(tmp_path, text, suffix) == text


def test_an_attribute_beside_a_fixed_link_goes_with_it(tmp_path):
    text = BAD.replace("<a ", '<a data-cta-ignore="AMZ007 once" ')
    assert fixed(tmp_path, text) == GOOD
