"""One line of the common log format and its family: the careful reading, and the plan for columns that must agree with it."""

from __future__ import annotations

import calendar
from dataclasses import astuple

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cta_analytics.logs import FORMATS, lines, ncsa
from cta_analytics.logs.blocks import Block, clean
from cta_analytics.logs.format import Record
from cta_analytics.logs.ncsa import unescape

AT = calendar.timegm((2026, 11, 1, 6, 30, 5))
TIME = "[01/Nov/2026:01:30:05 -0500]"


def combined(line: str) -> Record | str:
    return FORMATS["combined"].parse(line)


def read(line: str, name: str = "combined") -> Record:
    found = FORMATS[name].parse(line)
    assert isinstance(found, Record), found
    return found


def test_a_plain_line() -> None:
    line = f'192.0.2.7 - - {TIME} "GET /answers/a?x=1 HTTP/1.1" 200 5316 "https://www.example.com/" "Mozilla/5.0 (X11)"'
    assert read(line) == Record(
        address="192.0.2.7",
        at=AT,
        method="GET",
        target="/answers/a?x=1",
        status=200,
        referrer="https://www.example.com/",
        user_agent="Mozilla/5.0 (X11)",
        rest=line.removeprefix("192.0.2.7"),
    )


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        # IPv6, a user with spaces, a user that looks like a time
        (f'2001:db8::7 - - {TIME} "GET / HTTP/2.0" 200 1 "-" "x"', ("2001:db8::7", "GET", "/", 200, "-", "x")),
        (f'192.0.2.7 - john q public {TIME} "GET / HTTP/1.1" 200 1 "-" "x"', ("192.0.2.7", "GET", "/", 200, "-", "x")),
        (f'192.0.2.7 - [a] {TIME} "GET / HTTP/1.1" 200 1 "-" "x"', ("192.0.2.7", "GET", "/", 200, "-", "x")),
        # Apache escapes quotes by a backslash, nginx as \x22
        (f'192.0.2.7 - - {TIME} "GET /\\"q\\" HTTP/1.1" 200 1 "-" "a \\"b\\" c"', ("192.0.2.7", "GET", '/\\"q\\"', 200, "-", 'a \\"b\\" c')),
        (f'192.0.2.7 - - {TIME} "GET /\\x22q HTTP/1.1" 200 1 "-" "x"', ("192.0.2.7", "GET", "/\\x22q", 200, "-", "x")),
        # an escaped backslash before the closing quote
        (f'192.0.2.7 - - {TIME} "GET / HTTP/1.1" 200 1 "-" "x\\\\"', ("192.0.2.7", "GET", "/", 200, "-", "x\\\\")),
        # a request that tries to end early
        (
            f'192.0.2.7 - - {TIME} "GET /\\" 200 1 \\"-\\" \\"x HTTP/1.1" 404 7 "-" "y"',
            ("192.0.2.7", "GET", '/\\" 200 1 \\"-\\" \\"x', 404, "-", "y"),
        ),
        # no request, TLS bytes, a word
        (f'192.0.2.7 - - {TIME} "-" 408 0 "-" "-"', ("192.0.2.7", "", "", 408, "-", "-")),
        (f'192.0.2.7 - - {TIME} "" 400 0 "-" "-"', ("192.0.2.7", "", "", 400, "-", "-")),
        (f'192.0.2.7 - - {TIME} "\\x16\\x03\\x01\\x00" 400 157 "-" "-"', ("192.0.2.7", "", "", 400, "-", "-")),
        # HTTP/0.9, a URL with blanks, a proxy request, an empty user agent
        (f'192.0.2.7 - - {TIME} "GET /" 200 1 "-" "x"', ("192.0.2.7", "GET", "/", 200, "-", "x")),
        (f'192.0.2.7 - - {TIME} "GET /a b HTTP/1.1" 200 1 "-" "x"', ("192.0.2.7", "GET", "/a b", 200, "-", "x")),
        (f'192.0.2.7 - - {TIME} "GET http://x.example/ HTTP/1.1" 200 1 "-" "x"', ("192.0.2.7", "GET", "http://x.example/", 200, "-", "x")),
        (f'192.0.2.7 - - {TIME} "GET / HTTP/1.1" 200 - "-" ""', ("192.0.2.7", "GET", "/", 200, "-", "-")),
        # quotes that nobody escaped
        (f'192.0.2.7 - - {TIME} "GET /?q="a" HTTP/1.1" 200 1 "-" "a "b" c"', ("192.0.2.7", "GET", '/?q="a"', 200, "-", 'a "b" c')),
        # more fields behind, as nginx's "main" has them
        (f'192.0.2.7 - - {TIME} "GET / HTTP/1.1" 200 1 "-" "x" "198.51.100.1" 0.02', ("192.0.2.7", "GET", "/", 200, "-", "x")),
        # a list of addresses from a proxy: the first that is not private
        (f'10.0.0.2, 203.0.113.9 - - {TIME} "GET / HTTP/1.1" 200 1 "-" "x"', ("203.0.113.9", "GET", "/", 200, "-", "x")),
        # no referrer and user agent but dashes
        (f'192.0.2.7 - - {TIME} "GET / HTTP/1.1" 200 1 - -', ("192.0.2.7", "GET", "/", 200, "", "-")),
    ],
)  # fmt: skip
def test_combined_lines_as_servers_write_them(line: str, expected: tuple[object, ...]) -> None:
    found = read(line)
    assert (found.address, found.method, found.target, found.status, found.referrer, found.user_agent) == expected
    assert found.at == AT


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("Error line 1", "it does not begin with an address and a time in brackets"),
        ("", "it does not begin with an address and a time in brackets"),
        (f'192.0.2.7 - - {TIME} "GET /answers/how-of', "no quoted request, status and size after the time"),
        (f'192.0.2.7 - - {TIME} "GET / HTTP/1.1" 200', "no quoted request, status and size after the time"),
        (f'192.0.2.7 - - {TIME} "GET / HTTP/1.1" 200 12 "-" "Mozil', "no quoted referrer and user agent at the end"),
        (f'192.0.2.7 - - {TIME} "GET / HTTP/1.1" 200 12', "no quoted referrer and user agent at the end"),
        ('192.0.2.7 - - [31/Feb/2026:01:30:05 -0500] "GET / HTTP/1.1" 200 1 "-" "x"', "the time cannot be read"),
        ('192.0.2.7 - - [01/Nov/2026:25:30:05 -0500] "GET / HTTP/1.1" 200 1 "-" "x"', "the time cannot be read"),
    ],
)
def test_a_line_that_is_not_understood_has_a_reason(line: str, reason: str) -> None:
    assert combined(line) == reason


def test_common_lines_have_no_user_agent_and_combined_lines_are_no_common_ones() -> None:
    line = f'unicomp6.unicomp.net - - {TIME} "GET /shuttle/ HTTP/1.0" 200 3985'
    found = read(line, "common")
    assert (found.address, found.target, found.user_agent) == ("unicomp6.unicomp.net", "/shuttle/", "")
    assert FORMATS["common"].parse(f'{line} "-" "x"') == "more than the common format holds"


@pytest.mark.parametrize("told", ["198.51.100.7", "198.51.100.7, 203.0.113.9", "2001:db8::5"])
def test_the_addresses_that_a_proxy_was_told_are_not_in_the_rest(told: str) -> None:
    line = f'10.0.0.5 - - {TIME} "GET / HTTP/1.1" 200 1 "-" "Chrome/1.2.3.4" 0.5 "a" "{told}" end'
    found = lines.read(Block(line.encode(), 1), FORMATS["combined"]).records
    separators = ", " if "," in told else ""
    assert found["rest"].to_list() == [
        f' - - {TIME} "GET / HTTP/1.1" 200 1 "-" "Chrome/1.2.3.4" 0.5 "a" "{separators}" end'
    ]
    assert found["address"].to_list() == ["10.0.0.5"]


def test_the_name_of_the_host_may_stand_before_the_address() -> None:
    line = f'www.example.com:443 192.0.2.7 - - {TIME} "GET / HTTP/1.1" 200 1 "-" "x"'
    found = read(line, "vhost_combined")
    assert found.address == "192.0.2.7"
    assert found.rest == f'www.example.com:443  - - {TIME} "GET / HTTP/1.1" 200 1 "-" "x"'
    assert isinstance(FORMATS["vhost_combined"].parse(f'192.0.2.7 - - {TIME} "GET / HTTP/1.1" 200 1 "-" "x"'), str)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("/caf\\xC3\\xA9", "/café"),
        ('a \\"b\\" \\\\ c', 'a "b" \\ c'),
        ("\\xff", "\ufffd"),
        ("tab\\there", "tab\there"),
        ("\\q is no escape", "\\q is no escape"),
    ],
)
def test_escapes(text: str, expected: str) -> None:
    assert unescape(text) == expected


SOUP = st.text(alphabet=st.sampled_from(list('aG1/ "\\[]-:x?=é\t\r\x00+,')), max_size=40)
FIELDS = {
    "address": st.sampled_from(["192.0.2.7", "2001:db8::7", "a.example", "1.2.3.4, 5.6.7.8", "", "-"]) | SOUP,
    "who": st.sampled_from(["- -", "- joe", "- a b", ""]) | SOUP,
    "time": st.sampled_from(
        ["01/Nov/2026:01:30:05 -0500", "31/Feb/2026:01:30:05 -0500", "31/Dec/2016:23:59:60 +0000", "01/Nov/1960:01:30:05 +0000",
         " 1/Nov/2026:01:30:05 -0500", "01/nov/2026:01:30:05 -0500", "01/Nov/2026:24:00:00 +0000", "01/Nov/2026:01:30:05 +2460"]
    ) | SOUP,
    "request": st.sampled_from(["GET / HTTP/1.1", "GET /a?b=c HTTP/2.0", "-", "", "POST /x HTTP/3", "GET  /a HTTP/1.1", "G-T /a HTTP/1.0"]) | SOUP,
    "status": st.sampled_from(["200", "304", "-", "20", "2000", "000"]) | SOUP,
    "size": st.sampled_from(["0", "5316", "-", "", "x"]) | SOUP,
    "referrer": st.sampled_from(["-", "https://www.example.com/a", ""]) | SOUP,
    "agent": st.sampled_from(["-", "Mozilla/5.0 (X11)", "", 'a \\" b', "x\\\\"]) | SOUP,
    "tail": st.sampled_from(["", " ", ' "-"', " 0.1", "x", "\r"]) | SOUP,
}  # fmt: skip


PLAIN = {"address": "192.0.2.7", "who": "- -", "time": "01/Nov/2026:01:30:05 -0500", "request": "GET /a?b=c HTTP/2.0", "status": "200",
         "size": "5316", "referrer": "https://www.example.com/a", "agent": "Mozilla/5.0 (X11)", "tail": ""}  # fmt: skip


@st.composite
def log_lines(draw: st.DrawFn) -> str:
    # With all fields odd at once hardly a line would be one.
    odd = draw(st.sets(st.sampled_from(sorted(FIELDS)), max_size=3))
    part = {name: draw(FIELDS[name]) if name in odd else plain for name, plain in PLAIN.items()}
    prefix = draw(st.sampled_from(["", "www.example.com:443 ", "1.2.3.4 "]))
    agents = f' "{part["referrer"]}" "{part["agent"]}"{part["tail"]}' if draw(st.booleans()) else part["tail"]
    line = f'{prefix}{part["address"]} {part["who"]} [{part["time"]}] "{part["request"]}" {part["status"]} {part["size"]}{agents}'
    return draw(SOUP if draw(st.integers(0, 9)) == 9 else st.just(line)).replace("\n", "")


@settings(max_examples=300, deadline=None)
@given(st.lists(log_lines(), min_size=1, max_size=8), st.sampled_from(sorted(FORMATS)))
def test_the_plan_for_columns_says_what_the_reading_of_single_lines_says(texts: list[str], name: str) -> None:
    log_format = FORMATS[name]
    found = lines.read(Block(clean(("\n".join(texts) + "\n").encode()), 1), log_format)
    rows = {row[0]: row[1:] for row in found.records.drop("family").iter_rows()}
    # What polars takes for the end of a line is part of the format of lines, not of the log.
    split = pl.scan_lines(("\n".join(texts) + "\n").encode()).collect()["line"].to_list()
    parsed = {number: log_format.parse(line) for number, line in enumerate(split, 1)}
    assert rows == {number: astuple(record) for number, record in parsed.items() if isinstance(record, Record)}
    assert {line.line_number: line.reason for line in found.rejected}.items() <= parsed.items()
    assert len(split) == len(rows) + len(found.rejected) + found.blank + found.comments


def test_a_comment_and_a_blank_line_are_neither_records_nor_rejected() -> None:
    found = lines.read(Block(b"# a comment\n\n   \nrubbish\n", 11), FORMATS["combined"])
    assert (found.records.height, found.blank, found.comments) == (0, 2, 1)
    assert [(line.line_number, line.line) for line in found.rejected] == [(14, "rubbish")]


@pytest.mark.parametrize(
    ("behind", "wanted"),
    [
        ("", False),
        (" sec-gpc=-", False),
        (" sec-gpc=1", True),
        (" sec-gpc=1 0.01", True),
        (" sec-gpc=10", False),
        (' "sec-gpc=1"', False),
    ],
)
def test_what_the_generated_log_format_says_of_gpc_is_read_by_both_ways(behind: str, wanted: bool) -> None:
    line = f'192.0.2.1 - - [07/Sep/2026:08:00:00 -0500] "GET / HTTP/1.1" 200 5 "-" "Firefox sec-gpc=1"{behind}'
    found = ncsa.parser()(line)
    assert not isinstance(found, str)
    planned = ncsa.columns()(pl.LazyFrame({"line": [line]})).collect()
    assert (found.no_tracking, planned["no_tracking"].to_list()) == (wanted, [wanted])


def test_an_empty_user_agent_before_other_letters_is_read() -> None:
    text = '192.0.2.7 - - [01/Nov/2026:01:30:05 -0500] "GET /a HTTP/1.1" 200 0 "-" "" é\n'
    found = lines.read(Block(text.encode(), 1), FORMATS["combined"])
    assert found.records["user_agent"].to_list() == ["-"]
    assert found.records["rest"].to_list() == [text.removeprefix("192.0.2.7").rstrip("\n")]
