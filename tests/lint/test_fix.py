"""Which changes of its links repair a page."""

import pytest
from tests.made_up_rules import BOTH, SAFE, rule, swap

from cta_analytics import config
from cta_analytics.lint import run
from cta_analytics.lint.example import CONTRACT
from cta_analytics.lint.fix import described
from cta_analytics.lint.rule import Hit, Rule
from cta_analytics.lint.run import lint


@pytest.fixture
def planned(tmp_path, monkeypatch):
    """The hrefs that fixing a page would give its links, by what they are now, and the report."""

    def of(text: str, *rules: Rule, fixes: frozenset = SAFE, name: str = "page.md", contract: str = ""):
        monkeypatch.setattr(run, "by_code", lambda: {one.code: one for one in rules})
        (tmp_path / "cta.toml").write_text(CONTRACT + contract)
        file = tmp_path / "site" / name
        file.parent.mkdir(exist_ok=True)
        file.write_bytes(text.encode())
        report = lint(config.read(tmp_path / "cta.toml"), [], fixes=fixes)
        return {change.href: change.repaired for change in report.changes}, report

    return of


def test_repairs_of_one_link_are_made_one_after_another(planned):
    changes, report = planned("[a](/x?a=1&b=2)", rule("AAA001", swap("a=1", "a=9")), rule("AAA002", swap("b=2", "b=8")))
    assert changes == {"/x?a=1&b=2": "/x?a=9&b=8"}
    assert report.changes[0].codes == ("AAA001", "AAA002")


def test_a_fault_of_the_shape_is_repaired_first(planned):
    late = rule("AAA001", lambda href: href + "&late=1" if "amp;" not in href and "late" not in href else href)
    blind = rule("AAA002", lambda href: "/blind" if "amp;" in href else href)
    shape = rule("LNK004", swap("amp;", ""))
    changes, _ = planned("[a](/x?a=1&amp;amp;b=2)", late, blind, shape)
    assert changes == {"/x?a=1&amp;b=2": "/x?a=1&b=2&late=1"}


def test_what_a_repair_brings_to_light_is_repaired_as_well(planned):
    changes, _ = planned("[a](/1)", *(rule(f"AAA00{n}", swap(f"/{n}", f"/{n + 1}")) for n in range(1, 5)))
    assert changes == {"/1": "/5"}


def test_two_rules_that_undo_each_other_change_nothing(planned):
    there, back = rule("AAA001", swap("/a", "/b")), rule("AAA002", swap("/b", "/a"))
    changes, report = planned("[a](/a) [c](/c)", there, back, rule("AAA003", swap("/c", "/d")))
    assert changes == {"/c": "/d"}
    assert [finding.code for finding in report.findings] == ["AAA001", "AAA003"]


def test_a_rule_that_is_never_content_changes_nothing(planned):
    assert planned("[a](/a)", rule("AAA001", lambda href: href + "a"))[0] == {}


def test_unsafe_repairs_are_made_where_they_are_wanted(planned):
    rules = rule("AAA001", swap("/a", "/b"), "unsafe"), rule("AAA002", swap("/c", "/d"))
    assert planned("[a](/a) [c](/c)", *rules)[0] == {"/c": "/d"}
    assert planned("[a](/a) [c](/c)", *rules, fixes=BOTH)[0] == {"/a": "/b", "/c": "/d"}


def test_a_reference_that_two_links_use_is_changed_once(planned):
    _, report = planned("[a][r] [b][r]\n\n[r]: /a", rule("AAA001", swap("/a", "/b")))
    (change,) = report.changes
    assert (change.line, change.column, change.repaired, change.codes) == (3, 6, "/b", ("AAA001", "AAA001"))


def test_a_reference_of_which_two_links_want_different_urls_stays(planned):
    def check(link, context):
        wanted = f"/{link.text}"
        if link.href != wanted:
            yield Hit("no good", link, repair=wanted)

    picky = Rule("AAA001", "picky", "error", "Finds.", "Costs.", (), (), link=check)
    assert planned("[a][r] [b][r]\n\n[r]: /x", picky)[0] == {}


@pytest.mark.parametrize("scope", ["page", "site"])
def test_checks_of_pages_and_sites_repair_as_well(planned, scope):
    broad = rule("AAA002", swap("/b", "/c"), scope=scope)
    changes, report = planned("[a](/a)", rule("AAA001", swap("/a", "/b")), broad, rule("AAA003", swap("/c", "/d")))
    assert changes == {"/a": "/d"}
    assert report.changes[0].raw == "/a"


def test_slots_are_counted_anew_after_each_repair(planned):
    # The second of two equal links gets a name of its own, after which they are no longer equal.
    def check(link, context):
        wanted = f"/x?n={link.ordinal}"
        if link.href != wanted:
            yield Hit("no good", link, repair=wanted)

    rules = Rule("AAA001", "picky", "error", "Finds.", "Costs.", (), (), link=check)
    _, report = planned("[a](/x) [b](/x)", rules)
    assert [(change.column, change.repaired) for change in report.changes] == [(5, "/x?n=1")]
    # The second would be told to be `n=2` and `n=1` in turn, so that it is left alone, now and later.
    assert planned("[a](/x?n=1) [b](/x)", rules)[0] == {}


def test_a_rule_that_was_not_chosen_repairs_nothing(planned, tmp_path, monkeypatch):
    planned("[a](/a)", rule("AAA001", swap("/a", "/b")))
    report = lint(config.read(tmp_path / "cta.toml"), [], run.Choice(ignore=("AAA001",)), fixes=SAFE)
    assert (report.findings, report.changes) == ((), ())


def test_nothing_is_planned_where_nobody_asked_for_it(planned):
    _, report = planned("[a](/a)", rule("AAA001", swap("/a", "/b")), fixes=frozenset())
    assert report.changes == ()
    assert report.summary.fixable == 1


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_a_fix_is_bytes_of_the_file_and_what_replaces_them(planned, tmp_path, encoding):
    text = '<p>é\U0001f375 <a href="/x?a=1&amp;b=2&amp;c=3">s</a>\r\n'
    rules = rule("AAA001", lambda href: href.replace("a=1", "a=9").replace("c=3", "c=4"))
    planned("", rules, name="page.html")
    file = tmp_path / "site" / "page.html"
    file.write_bytes(text.encode(encoding))
    (finding,) = lint(config.read(tmp_path / "cta.toml"), []).findings
    fix = finding.fix
    data = file.read_bytes()
    codec = "utf-16-le" if encoding == "utf-16" else "utf-8"
    assert data[fix.start : fix.end].decode(codec) == "1&amp;b=2&amp;c=3"
    assert finding.as_json()["fix"] == {
        "safety": "safe",
        "start": fix.start,
        "end": fix.end,
        "text": "9&amp;b=2&amp;c=4",
    }


def test_a_fix_that_cannot_be_written_there_is_not_offered(planned):
    _, report = planned("<https://x.example/a>", rule("AAA001", swap("/a", "/ b")))
    assert [finding.fix for finding in report.findings] == [None]


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        ("/x?utm_source=lark-moor&b=2", "/x?utm_source=larkmoor&b=2", "utm_source=lark-moor → larkmoor"),
        ("/x?b=2", "/x?b=2&tag=maas", "add tag=maas"),
        ("/x", "/x?tag=maas", "add tag=maas"),
        ("/x?gclid=1&b=2", "/x?b=2", "remove gclid=1"),
        ("/x?b=2&&c=3", "/x?b=2&c=3", "remove &"),
        ("/x?UTM_Source=a", "/x?utm_source=a", "UTM_Source=a → utm_source=a"),
        ("http://x.example/a", "https://x.example/a", "http: → https:"),
        ("/x?a=1&amp;b=2&amp;c=3", "/x?a=1&b=2&c=3", "amp;b=2 → b=2; 1 more"),
    ],
)
def test_a_fix_is_said_in_a_few_words(before, after, said):
    assert described(before, after) == said
