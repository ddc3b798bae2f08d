"""A run: which findings there are, where they point, which one speaks, and what is chosen."""

from dataclasses import replace
from pathlib import Path

import pytest

from cta_analytics import config
from cta_analytics.errors import CtaError
from cta_analytics.lint.choice import Choice
from cta_analytics.lint.example import CONTRACT, PARAMS, STORE, TAG, query
from cta_analytics.lint.run import lint


@pytest.fixture
def linted(tmp_path):
    def of(pages: dict[str, str], contract: str = "", paths: list[str] | None = None, choice: Choice | None = None):
        (tmp_path / "cta.toml").write_text(CONTRACT + contract)
        for name, text in pages.items():
            file = tmp_path / "site" / name
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(text.encode())
        given = [str(tmp_path / "site" / path) for path in paths or []]
        wanted = replace(choice or Choice(), allow_empty=True)
        return lint(config.read(tmp_path / "cta.toml"), given, wanted)

    return of


def codes(report) -> list[str]:
    return [finding.code for finding in report.findings]


def cut(text: str, finding) -> str:
    """What stands in the file where a finding points."""
    lines = text.splitlines()
    if finding.line == finding.end_line:
        return lines[finding.line - 1][finding.column - 1 : finding.end_column - 1]
    first, *middle = lines[finding.line - 1 : finding.end_line]
    return "\n".join([first[finding.column - 1 :], *middle[:-1], middle[-1][: finding.end_column - 1]])


PAGE = "answers/quiet-kettle.md"
ESCAPED = query(utm_source=r"l\_k").replace("&", "&amp;")


@pytest.mark.parametrize(
    ("text", "part"),
    [
        (f"é\U0001f375 [a]({STORE}?{query(utm_source='lark')})", "utm_source=lark"),
        (f"[a\nb](<{STORE}?{query(utm_source='lark')}>)", "utm_source=lark"),
        (f"[a]({STORE}?{ESCAPED})", r"utm_source=l\_k"),
        (f'<a class="x"\n href="{STORE}?{query(utm_source="lark").replace("&", "&amp;")}">a</a>', "utm_source=lark"),
        (f"<{STORE}?{query(utm_source='lark')}>", "utm_source=lark"),
        (f"[a][r]\n\n[r]: {STORE}?{query(utm_source='lark')}", "utm_source=lark"),
    ],
)
def test_a_finding_points_at_the_part_of_the_url_in_the_file(linted, text, part):
    (finding,) = linted({PAGE: text}).findings
    assert finding.code == "UTM004"
    assert cut(text, finding) == part


def test_what_is_missing_points_at_the_start_of_the_link(linted):
    (finding,) = linted({PAGE: f"A word. [a]({STORE}?{query('utm_source')})"}).findings
    assert (finding.code, finding.line, finding.column) == ("UTM001", 1, 9)


def test_a_finding_about_a_page_points_at_its_first_character(linted):
    contract = '[[ctas]]\nname = "c"\nmatch = { kind = "amazon_product" }\non = ["answer"]\nmin_per_page = 2\n'
    (finding,) = linted({PAGE: "No link."}, contract).findings
    assert finding.as_json() == {
        "code": "PAG001",
        "name": "missing-cta",
        "severity": "error",
        "message": 'no link of the CTA "c" on this page of kind "answer"',
        "file": "site/answers/quiet-kettle.md",
        "line": 1,
        "column": 1,
        "end_line": 1,
        "end_column": 1,
        "page": "/answers/quiet-kettle",
        "href": None,
        "fix": None,
        "count": 1,
        "clicks_28d": None,
        "sales_unattributable_minor": None,
        "currency": None,
    }


@pytest.mark.parametrize(
    ("without", "changed", "expected"),
    [
        # The tag is three parameters: where its first is missing, the others are no findings of their own.
        (["maas", "ref_", "tag"], {}, ["AMZ001"]),
        (["maas", "ref_", "tag", "utm_source"], {}, ["AMZ001", "UTM001"]),
        (["ref_"], {}, ["UTM001"]),
        ([], {"utm_content": "SLUG"}, ["UTM015"]),
        ([], {"utm_source": "Lark"}, ["UTM004"]),
        ([], {"tag": "larkmoor-20"}, ["AMZ005"]),
        ([], {"tag": "somebody-20"}, ["AMZ005"]),
        ([], {"ref_": "sr_1_3"}, ["AMZ006"]),
        ([], {"utm_content": "copper-kettle", "lmsrc": "x"}, ["UTM004", "UTM008"]),
        ([], {"maas": TAG[:20]}, ["AMZ002"]),
    ],
)
def test_the_most_specific_rule_alone_speaks(linted, without, changed, expected):
    report = linted({PAGE: f"[a]({STORE}?{query(*without, **changed)})"})
    assert sorted(codes(report)) == expected


def test_a_fault_of_shape_hides_what_its_repair_would_not_have(linted):
    escaped = query().replace("&", "&amp;amp;")
    assert codes(linted({PAGE: f"[a]({STORE}?{escaped})"})) == ["LNK004"]
    # What is wrong with the repaired URL as well is told beside it.
    first = query("lmsrc").replace("&", "&amp;amp;")
    assert codes(linted({PAGE: f"[a]({STORE}?lmsrc=sidebar&amp;amp;{first})"})) == ["UTM004", "LNK004"]


def test_a_cta_whose_url_is_broken_is_not_a_missing_one(linted):
    contract = '[[ctas]]\nname = "c"\nmatch = { kind = "amazon_store" }\non = ["answer"]\nmin_per_page = 1\n'
    schemeless = f"{STORE.removeprefix('https://')}?{query()}"
    assert codes(linted({PAGE: f"[a]({schemeless})"}, contract)) == ["LNK014"]


def test_rules_of_the_whole_site_are_silent_where_not_all_of_it_was_read(linted):
    pages = {PAGE: f"[a]({STORE}?{query()})", "answers/tea.md": f"[a]({STORE}?{query(utm_content='tea')})"}
    assert codes(linted(pages)) == ["AMZ013"]
    assert codes(linted(pages, paths=["answers/tea.md"])) == []


def test_a_copied_value_is_the_fault_of_the_page_that_copied_it(linted):
    pages = {PAGE: f"[a]({STORE}?{query()})", "answers/tea.md": f"[a]({STORE}?{query()})"}
    report = linted(pages, choice=Choice(ignore=("AMZ013",)))
    assert [(finding.code, finding.page) for finding in report.findings] == [("UTM008", "/answers/tea")]


def test_select_ignore_and_severity(linted):
    pages = {PAGE: f"[a]({STORE}?{query('utm_source', lmsrc='x', utm_content='tea')})"}
    assert codes(linted(pages)) == ["UTM001", "UTM004", "UTM008"]
    assert codes(linted(pages, choice=Choice(select=("UTM00",)))) == ["UTM001", "UTM004", "UTM008"]
    assert codes(linted(pages, choice=Choice(select=("mismatched-page-slug",)))) == ["UTM008"]
    assert codes(linted(pages, choice=Choice(select=("UTM",), ignore=("utm004",)))) == ["UTM001", "UTM008"]
    report = linted(pages, choice=Choice(severity={"UTM001": "warning", "UTM004": "off"}))
    assert [(finding.code, finding.severity) for finding in report.findings] == [
        ("UTM001", "warning"),
        ("UTM008", "error"),
    ]


def test_a_rule_that_is_none_is_named_with_the_nearest(linted):
    with pytest.raises(CtaError, match='no rule is called "UMT001"; did you mean "UTM001"'):
        linted({PAGE: "x"}, choice=Choice(select=("UMT001",)))


def test_an_option_that_is_none_is_named(linted):
    with pytest.raises(CtaError, match='UTM001 has no option "colour"'):
        linted({PAGE: "x"}, "[lint.options.UTM001]\ncolour = 1\n")


def test_the_summary_counts_what_was_looked_at(linted):
    report = linted({PAGE: f"[a]({STORE}?{query()}) [b](tea)", "answers/tea.md": "[c](quiet-kettle)"})
    assert report.summary.as_json() == {
        "pages": 2, "links": 3, "ctas": 1, "errors": 0, "warnings": 0, "infos": 0,
        "fixable": 0, "suppressed": 0, "baselined": 0,
    }  # fmt: skip


def test_the_same_pages_give_the_same_report(linted):
    pages = {f"answers/{n}.md": f"[a]({STORE}?{query('utm_source', utm_content='x')})" for n in "cab"}
    assert linted(pages) == linted(pages)
    assert [Path(finding.file).stem for finding in linted(pages).findings if finding.code == "UTM001"] == [
        "a",
        "b",
        "c",
    ]


def test_without_a_contract_only_what_a_url_says_by_itself_is_found(tmp_path):
    (tmp_path / "page.md").write_text(f"[a]({STORE}?maas={PARAMS['maas']}&maas={PARAMS['maas']}&ref_=aa_maas&tag=maas)")
    report = lint(config.read(start=tmp_path), [str(tmp_path / "page.md")])
    assert codes(report) == ["AMZ003"]
