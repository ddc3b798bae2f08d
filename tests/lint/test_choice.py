"""Which findings are wanted: new rules, paths, weights; and runs that looked at nothing."""

from dataclasses import replace

import pytest

from cta_analytics.errors import CtaError
from cta_analytics.lint import by_code
from cta_analytics.lint.choice import Choice
from cta_analytics.lint.example import STORE, query

RULES = [
    replace(by_code()["UTM001"], code="UTM001", name="settled"),
    replace(by_code()["UTM001"], code="UTM002", name="brand-new", preview=True),
    replace(by_code()["UTM001"], code="UTM003", name="optional", off=True),
]


@pytest.mark.parametrize(
    ("choice", "expected"),
    [
        (Choice(), {"UTM001"}),
        (Choice(preview=True), {"UTM001", "UTM002"}),
        # What a contract of last year meant by `UTM` has not changed with a release.
        (Choice(select=("UTM",)), {"UTM001", "UTM003"}),
        (Choice(select=("UTM00",), preview=True), {"UTM001", "UTM002", "UTM003"}),
        (Choice(select=("utm002",)), {"UTM002"}),
        (Choice(select=("UTM", "brand-new")), {"UTM001", "UTM002", "UTM003"}),
        (Choice(preview=True, ignore=("brand-new",)), {"UTM001"}),
        (Choice(preview=True, severity={"UTM002": "off"}), {"UTM001"}),
    ],
)
def test_a_new_rule_is_off_until_it_is_selected_by_its_own_name(choice, expected):
    assert set(choice.of(RULES)) == expected


FAULTY = f"[x]({STORE}?{query('utm_source', lmsrc='x', utm_content='quiet-kettle')})"
PAGES = {
    "answers/quiet-kettle.md": FAULTY,
    "answers/old/quiet-kettle.md": f"---\npermalink: /answers/tea\n---\n{FAULTY}",
}


def told(report) -> list[tuple[str, str, str]]:
    return [(one.page.rpartition("/")[2], one.code, one.severity) for one in report.findings]


def entry(paths: str, rest: str) -> str:
    return f'[[lint.per_path]]\npaths = ["{paths}"]\n{rest}\n'


ALL = [
    ("tea", "UTM001", "error"), ("tea", "UTM004", "error"), ("tea", "UTM008", "error"),
    ("quiet-kettle", "UTM001", "error"), ("quiet-kettle", "UTM004", "error"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("contract", "expected"),
    [
        ("", ALL),
        (entry("/answers/tea", 'ignore = ["UTM"]'), ALL[3:]),
        (entry("site/answers/old/*", 'select = ["UTM008", "UTM001"]'), [ALL[0], ALL[2], *ALL[3:]]),
        (entry("/answers/*", 'severity = { UTM001 = "info", UTM004 = "off", UTM008 = "off" }'), [
            ("tea", "UTM001", "info"), ("quiet-kettle", "UTM001", "info")
        ]),
        # Entries are laid one over another, in their order.
        (
            entry("/answers/*", 'severity = { UTM001 = "info", UTM004 = "off", UTM008 = "off" }')
            + entry("/answers/tea", 'severity = { UTM001 = "warning", UTM004 = "error" }'),
            [("tea", "UTM001", "warning"), ("quiet-kettle", "UTM001", "info")],
        ),
        (entry("/products/*", 'ignore = ["UTM"]'), ALL),
    ],
)  # fmt: skip
def test_a_path_has_settings_of_its_own(site, contract, expected):
    assert sorted(told(site(PAGES, contract, ignore=("AMZ013",)))) == sorted(expected)


def test_a_rule_that_is_none_is_named(site):
    with pytest.raises(CtaError, match='no rule is called "UMT001"'):
        site(PAGES, entry("/answers/*", 'ignore = ["UMT001"]'))


def test_only_findings_of_a_severity_or_a_higher_one(site):
    contract = '[lint.severity]\nUTM001 = "warning"\nUTM004 = "info"\n'
    site.write(PAGES, contract)
    severities = {"UTM001": "warning", "UTM004": "info"}
    for level, expected in (
        ("error", {"error"}),
        ("warning", {"error", "warning"}),
        ("info", {"error", "warning", "info"}),
    ):
        report = site.lint(at_least=level, severity=severities)
        assert {one.severity for one in report.findings} == expected
        summary = report.summary
        assert summary.errors + summary.warnings + summary.infos == len(report.findings)


EMPTY = "with --allow-empty that is no finding"


@pytest.mark.parametrize(
    ("pages", "says"),
    [
        ({"answers/a.md": "x", "b.md": "y"}, "no link on 2 pages: are these the pages that readers get?"),
        (
            {"kettles/a.md": "[x](/y)"},
            "none of 1 page has a path of [[pages]]: do the roots of [[sources]] start where the paths do?",
        ),
        (
            {"answers/a.md": "[x](/y) [z](/y)"},
            "none of 2 links on 1 page falls under one of [[ctas]]: do `match` and `on` fit the site?",
        ),
    ],
)
def test_a_whole_site_without_anything_to_check_is_a_finding(site, pages, says):
    (finding,) = site(pages, allow_empty=False).findings
    assert (finding.code, finding.severity, finding.file, finding.message) == (
        "CFG003", "error", "cta.toml", f"{says}; {EMPTY}",
    )  # fmt: skip
    assert site.lint(allow_empty=True).findings == ()
    # A page may well have no link; a folder that has none is the wrong one.
    assert site.lint([next(iter(pages))], allow_empty=False).findings == ()
    folder = next(iter(pages)).partition("/")[0]
    assert [one.code for one in site.lint([folder], allow_empty=False).findings] == ["CFG003"] * says.startswith(
        "no link"
    )


def test_a_file_that_changes_while_it_is_linted_is_said(site):
    site.write(PAGES)

    def meanwhile(number: int, name: str) -> None:
        if number == 2:
            (site.root / "site" / "answers" / "quiet-kettle.md").write_text("Something else.")

    says = "site/answers/quiet-kettle.md: changed while it was linted, so its findings may point beside it; run the command again"
    assert site.lint(step=meanwhile).notes == (says,)
    site.write(PAGES)

    def gone(number: int, name: str) -> None:
        if number == 2:
            (site.root / "site" / "answers" / "quiet-kettle.md").unlink()

    assert site.lint(step=gone).notes == (says,)
    site.write(PAGES)
    assert site.lint().notes == ()
