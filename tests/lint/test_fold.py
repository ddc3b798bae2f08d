"""One cause, one finding."""

from dataclasses import replace

from cta_analytics.lint.example import STORE, query
from cta_analytics.lint.finding import Finding
from cta_analytics.lint.fold import folded
from cta_analytics.lint.statistics import as_json, as_text

ONE = Finding(
    "UTM004", "unexpected-utm-value", "error", "a", "1.html", 1, 1, 1, 2, "/1", "https://x.example/?a=1",
    placement="footer", keys=("a",),
)  # fmt: skip


def on_pages(count: int, finding: Finding = ONE) -> list[Finding]:
    return [replace(finding, page=f"/{n}", file=f"{n}.html", message=f"is not {n}") for n in range(1, count + 1)]


def test_on_more_than_twenty_pages_one_fault_is_one_finding():
    assert folded(on_pages(20)) == on_pages(20)
    assert folded(on_pages(21)) == [replace(on_pages(1)[0], count=21)]


def test_twice_on_each_page_counts_twice_and_many_times_on_one_page_is_no_component():
    assert folded([one for one in on_pages(21) for _ in range(2)]) == [replace(on_pages(1)[0], count=42)]
    assert folded([ONE] * 30) == [ONE] * 30


def test_another_code_url_placement_or_parameter_is_another_fault():
    others = [
        replace(ONE, code="UTM005"), replace(ONE, href="https://y.example/"), replace(ONE, placement="cta"),
        replace(ONE, keys=("b",)), replace(ONE, severity="info"),
    ]  # fmt: skip
    for other in others:
        given = on_pages(11) + on_pages(11, other)
        assert folded(given) == given
    both = on_pages(21) + on_pages(21, others[0])
    assert [(one.code, one.count) for one in folded(both)] == [("UTM004", 21), ("UTM005", 21)]


def test_a_missing_cta_is_a_fault_of_each_page():
    given = on_pages(30, replace(ONE, href=None, placement=None))
    assert folded(given) == given


FOOTER = f'<p>x</p><footer><a href="{STORE}?{query(lmsrc="foot")}">Shop</a></footer>'.replace("&", "&amp;")
CONTRACT = '[[ctas]]\nname = "any"\nmatch = { kind = "amazon_store" }\n[ctas.params]\nlmsrc = "footer"\n'


def test_the_count_is_right_in_every_figure(site):
    report = site({f"about/{n:02}.html": FOOTER for n in range(1, 26)}, CONTRACT, ignore=("AMZ",))
    (finding,) = report.findings
    assert (finding.code, finding.count, finding.file) == ("UTM004", 25, "site/about/01.html")
    assert (report.summary.errors, report.summary.pages, report.summary.links) == (1, 25, 25)
    unfolded = site.lint(fold=False, ignore=("AMZ",))
    assert (len(unfolded.findings), unfolded.summary.errors) == (25, 25)
    row = '{"findings":1,"places":25,"fixable":25,"code":"UTM004","name":"unexpected-utm-value","severity":"error"}'
    assert "".join(as_json(report).split()) == f"[{row}]"
    assert as_text(report).splitlines() == [
        "findings  places  fixable  code    name                  severity",
        "       1      25       25  UTM004  unexpected-utm-value  error",
    ]


def test_a_baseline_knows_each_place_by_its_file(site):
    report = site({f"about/{n:02}.html": FOOTER for n in range(1, 26)}, CONTRACT, ignore=("AMZ",), fold=False)
    from cta_analytics.lint.baseline import Baseline

    counts = {(one.file, one.code, one.href): 1 for one in report.findings[:3]}
    known = site.lint(ignore=("AMZ",), baseline=Baseline(counts, site.root, site.root))
    assert [(one.count, one.file) for one in known.findings] == [(22, "site/about/04.html")]
    assert known.summary.baselined == 3


def test_no_findings_have_no_table(site):
    assert as_text(site({"about.html": "x"})) == "No findings.\n"
