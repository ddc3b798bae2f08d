"""What people read on a terminal."""

import pytest
from tests.lint.outputs.findings import URL, finding, page_finding, report

from cta_analytics.lint.finding import Report, Summary
from cta_analytics.lint.output import PLAIN, Setting
from cta_analytics.lint.outputs.text import write


def test_the_offending_part_is_underlined():
    assert write(report(finding()), PLAIN) == (
        "a.md\n"
        "  3:23  error  UTM004 unexpected-utm-value\n"
        '      is "lark"\n'
        "      https://x.example/?utm_source=lark&utm_medium=content\n"
        "                         ^^^^^^^^^^^^^^^\n"
        "\n"
        "1 error, 0 warnings, 0 info in 1 page, 2 links, 1 CTA.\n"
    )


def test_a_part_of_a_long_url_is_shown_and_nothing_is_wider_than_80_columns():
    start = "https://x.example/" + "a" * 200 + "?"
    source = f"{start}utm_source=lark&{'b' * 200}"
    long = finding(
        source=source, source_start=len(start), source_end=len(start) + 15, message="there are words of it " * 9
    )
    lines = write(report(long), PLAIN).splitlines()
    url, marks = lines[-4:-2]
    assert url[marks.index("^") : marks.rindex("^") + 1] == "utm_source=lark"
    assert max(len(line) for line in lines) == 80


def test_marks_stand_under_wide_characters():
    text = write(report(finding(source="https://x.example/茶?a=1", source_start=19, source_end=23)), PLAIN)
    # The sign is two columns wide, so that the marks stand one further to the right.
    assert text.splitlines()[4] == " " * 6 + " " * 20 + "^^^^"


def test_a_url_without_an_offending_part_is_not_shown_twice_in_a_row():
    whole = {"source_start": None, "source_end": None, "column": 1}
    text = write(report(finding(**whole), finding(**whole, code="UTM001"), finding(**whole, source=f"{URL}2")), PLAIN)
    assert text.count(f"      {URL}\n") == 1
    assert text.count(f"      {URL}2\n") == 1


def test_a_finding_about_a_page_has_no_url():
    assert write(report(page_finding()), PLAIN).splitlines()[:4] == [
        "a.md",
        "  1:1  error  PAG001 missing-cta",
        "      no CTA here",
        "",
    ]


def test_folded_findings_say_on_how_many_pages():
    assert '      is "lark" (on 1,234 pages)\n' in write(report(finding(count=1234)), PLAIN)


def test_data_cannot_drive_a_terminal():
    text = write(report(finding(message="\x1b[2J\u202e", file="\x07.md")), PLAIN)
    assert "\\x1b[2J\\u202e" in text
    assert "\\x07.md" in text
    assert "\x1b" not in text


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"file": "::stop-commands::x.md"}, "\\x3a:stop-commands::x.md"),
        ({"source": "::add-mask::a", "source_start": 0, "source_end": 2}, "\\x3a:add-mask::a"),
        ({"source": "::add-mask::a", "source_start": 1, "source_end": 2}, "\\x3a:add-mask::a"),
        ({"message": "##[error]no"}, "\\x23#[error]no"),
        ({"source": "https://x.example/##[error]", "source_start": 19, "source_end": 20}, "\\x23#[error]"),
    ],
)
def test_data_cannot_give_orders_to_a_build_server(changed, said):
    text = write(report(finding(**changed)), PLAIN)
    assert said in text
    assert "##[" not in text
    assert not any(line.lstrip().startswith("::") for line in text.splitlines())


def test_a_wrapped_message_cannot_give_orders_either():
    text = write(report(finding(message="word " * 14 + "::add-mask::lark")), PLAIN)
    assert "\n      \\x3a:add-mask::lark\n" in text


def test_colours_are_for_terminals():
    assert "\x1b[31merror\x1b[0m" in write(report(finding()), Setting(colour=True))
    assert "\x1b" not in write(report(finding()), PLAIN)


def test_links_lead_to_the_file_and_to_its_line_where_the_terminal_can():
    root = "file://host/home/lark%20moor"
    text = write(report(finding(file="site/a b.md")), Setting(links="file", root=root))
    assert f"\x1b]8;;{root}/site/a%20b.md\x1b\\site/a b.md\x1b]8;;\x1b\\\n" in text
    assert f"  \x1b]8;;{root}/site/a%20b.md\x1b\\3:23\x1b]8;;\x1b\\  error" in text
    text = write(report(finding(file="site/a b.md")), Setting(links="line", root=root))
    assert f"  \x1b]8;;{root}/site/a%20b.md#3\x1b\\3:23\x1b]8;;\x1b\\  error" in text
    # A page outside the contract's folder has its whole path.
    assert "\x1b]8;;file://host/srv/a.md\x1b\\" in write(
        report(finding(file="/srv/a.md")), Setting(links="file", root=root)
    )


def test_nothing_found_says_what_was_looked_at():
    assert write(Report((), Summary(pages=2, links=0)), PLAIN) == "No findings in 2 pages, 0 links, 0 CTAs.\n"


def test_the_sum_says_what_is_not_shown():
    assert write(report(finding(), suppressed=3, baselined=1200), PLAIN).endswith(
        "1 error, 0 warnings, 0 info in 1 page, 2 links, 1 CTA (3 suppressed, 1,200 in the baseline).\n"
    )
