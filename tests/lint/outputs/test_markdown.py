"""A pull-request comment, rendered and looked at."""

import re

import pytest
from markdown_it import MarkdownIt
from selectolax.lexbor import LexborHTMLParser
from tests.lint.outputs.findings import URL, finding, page_finding, report

from cta_analytics.lint.finding import Fix
from cta_analytics.lint.output import PLAIN, Setting
from cta_analytics.lint.outputs.markdown import write


def rendered(*findings, setting=PLAIN) -> LexborHTMLParser:
    return LexborHTMLParser(MarkdownIt("commonmark").enable("table").render(write(report(*findings), setting)))


def cells(page: LexborHTMLParser) -> list[list[str]]:
    return [
        [cell.text(separator="|").replace("\u2060", "") for cell in row.css("td")] for row in page.css("tbody > tr")
    ]


def test_a_headline_and_a_table_by_file():
    page = rendered(finding(), page_finding(file="b c.md"), finding(line=9, href="/x"), setting=Setting(prefix="web"))
    assert page.css_first("p").text() == "cta lint: 3 errors, 0 warnings, 0 info in 1 page, 2 links, 1 CTA."
    assert [(a.text(), a.attributes["href"]) for a in page.css("p > a")] == [
        ("web/a.md", "web/a.md"),
        ("web/b c.md", "web/b%20c.md"),
    ]
    assert [a.attributes["href"] for a in page.css("td > a")] == ["web/a.md#L3", "web/a.md#L9", "web/b%20c.md#L1"]
    assert cells(page) == [
        ["3", "error", "UTM004 unexpected-utm-value", f'is "lark"|{URL}'],
        ["9", "error", "UTM004 unexpected-utm-value", 'is "lark"|/x'],
        ["1", "error", "PAG001 missing-cta", "no CTA here"],
    ]


def test_ten_are_seen_the_worst_first_and_the_others_folded_away():
    given = [finding(severity="info", line=n) for n in range(1, 12)] + [finding(line=50, count=2), finding(line=60)]
    text = write(report(*given), PLAIN)
    seen, _, folded = text.partition("<details><summary>3 more findings</summary>\n")
    assert re.findall(r"\[(\d+)\]\(a\.md#L", seen) == ["50", "60", *map(str, range(1, 9))]
    assert re.findall(r"\[(\d+)\]\(a\.md#L", folded) == ["9", "10", "11"]
    assert folded.endswith("\n</details>\n")


def test_what_does_not_fit_is_counted():
    given = [finding(line=n, message=f"{n} " + "<&>" * 40) for n in range(1, 501)]
    text = write(report(*given), PLAIN)
    # GitHub refuses a comment of more than 65,536 characters.
    assert 60_000 < len(text) <= 65_536
    rows = len(re.findall(r"^\| \[", text, re.MULTILINE))
    assert text.endswith(f"\n</details>\n\n{500 - rows} further findings found no room here.\n")


def test_a_finding_longer_than_a_comment_is_counted_too():
    text = write(report(finding(message="<" * 70_000)), PLAIN)
    assert text.endswith("CTA.\n\n1 further finding found no room here.\n")


@pytest.mark.parametrize(
    "data",
    [
        "<script>alert(1)</script>", "<!-- x", "&lt;b&gt;", "a | b", "`code` ``", "**bold** _x_ ~~y~~", "[a](https://x.example)",
        "![a](https://x.example/i.png)", "https://x.example", "www.x.example", "- item", "# head", "> quote", "a\\|b", "\\", "$x$",
        "</code></td></table>", "1. x", "<details>",
    ],
)  # fmt: skip
def test_data_is_text_and_nothing_else(data):
    page = rendered(finding(message=data, href=data))
    assert cells(page) == [["3", "error", "UTM004 unexpected-utm-value", f"{data}|{data}"]]
    inside = {node.tag for node in page.css("td:last-child *")}
    assert inside == {"br", "code"}


def test_data_calls_on_nobody():
    text = (
        MarkdownIt("commonmark")
        .enable("table")
        .render(write(report(finding(message="@lark #12 !7 GH-3 ~label :tea:", href=None)), PLAIN))
    )
    # Services look for these marks in the rendered text, before a letter or a digit.
    assert not re.search(r"[@#!~](?=\w)|GH-(?=\d)|:tea", LexborHTMLParser(text).css_first("td:last-child").text())


def test_a_url_is_shortened_and_not_said_twice_in_a_row():
    long = "https://x.example/" + "a" * 300
    page = rendered(finding(href=long), finding(href=long, line=4), finding(href="/x"))
    assert [code.text() for code in page.css("code")] == [long[:120] + "…", "/x"]


def test_a_fix_changes_nothing_here():
    assert write(report(finding(fix=Fix("safe", 0, 1, "|"))), PLAIN).count("|") == write(
        report(finding()), PLAIN
    ).count("|")
