"""Rows whose columns a line in the log names: W3C extended logs of IIS and others, and CloudFront."""

from __future__ import annotations

from dataclasses import astuple

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cta_analytics.logs import FORMATS, detect, lines
from cta_analytics.logs.blocks import Block, clean
from cta_analytics.logs.format import LogFormat, Record

W3C, CLOUDFRONT = FORMATS["w3c"], FORMATS["cloudfront"]
FULL = "#Fields: date time c-ip cs-method cs-uri-stem cs-uri-query sc-status cs(User-Agent) cs(Referer)"
SHORT = "#Fields: time cs-method cs-uri-stem sc-status c-ip"


def read(text: str, log_format: LogFormat = W3C) -> list[tuple[object, ...]]:
    found = lines.read(Block(text.encode(), 1), log_format)
    columns = ("line_number", "address", "at", "target", "status", "user_agent")
    rows: list[tuple[object, ...]] = found.records.sort("line_number").select(columns).rows()
    return rows + [(line.line_number, line.reason) for line in found.rejected]


ONE = f"{FULL}\n2026-09-07 13:00:01 192.0.2.7 GET /a b=c 200 Mozilla/5.0+(X11) -\n"
TWO = f"#Date: 2026-09-08 00:00:00\n{SHORT}\n00:00:05 GET /b 304 192.0.2.8\n"
AT = 1788786001


def test_fields_that_change_in_the_middle_change_what_follows() -> None:
    assert read(ONE + TWO + ONE) == [
        (2, "192.0.2.7", AT, "/a?b=c", 200, "Mozilla/5.0 (X11)"),
        (5, "192.0.2.8", AT - 13 * 3600 + 86400 + 4, "/b", 304, ""),
        (7, "192.0.2.7", AT, "/a?b=c", 200, "Mozilla/5.0 (X11)"),
    ]


def test_a_block_goes_on_with_the_fields_of_the_block_before_it() -> None:
    whole = lines.read(Block((ONE + TWO).encode(), 1), W3C)
    row = "00:00:09 GET /c 200 192.0.2.9\n"
    assert read(row, whole.log_format) == [(1, "192.0.2.9", AT - 13 * 3600 + 86400 + 8, "/c", 200, "")]
    again = detect.named(whole.log_format.state)
    assert (again.name, read(row, again)) == ("w3c", read(row, whole.log_format))


def test_the_same_fields_again_do_not_part_a_block() -> None:
    text = "".join(f"#Date: 2026-09-07 13:00:0{n}\n{ONE}" for n in range(5))
    # What stands before the first #Fields line is a part of its own.
    assert len(list(lines._parts(Block(text.encode(), 1), W3C))) == 2
    assert [row[0] for row in read(text)] == [3, 6, 9, 12, 15]


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        ("2026-09-07 13:00:01 192.0.2.7 GET /a - 200 - -", ("192.0.2.7", AT, "GET", "/a", 200, "-", "-")),
        ("2026-09-07 13:00:01.750 ::1 GET /a ?b 200 x -", ("::1", AT, "GET", "/a?b", 200, "-", "x")),
        ('2026-09-07 13:00:01 192.0.2.7 GET "/a b" - 200 "say ""hi"" now" -', ("192.0.2.7", AT, "GET", "/a b", 200, "-", 'say "hi" now')),
        ("2026-09-07 13:00:01 192.0.2.7 GET /a - 200 bot/1;++http://b.example/ -", ("192.0.2.7", AT, "GET", "/a", 200, "-", "bot/1; +http://b.example/")),
        ("2026-09-07 13:00:01 192.0.2.7 GET /a - 200 bot/1+(+http://b.example/) -", ("192.0.2.7", AT, "GET", "/a", 200, "-", "bot/1 (+http://b.example/)")),
        ("2026-09-07 13:00:01 192.0.2.7 GET /a - - x -", ("192.0.2.7", AT, "GET", "/a", 0, "-", "x")),
        ("2026-09-07 13:00:01 192.0.2.7 - - - 400 - - and more", ("192.0.2.7", AT, "", "", 400, "-", "-")),
        ("2026-09-07 13:00:01 - GET /a - 200 x https://b.example/", ("-", AT, "GET", "/a", 200, "https://b.example/", "x")),
        ("2026-09-07 13:00:01 192.0.2.7 GET /a - 200", "7 of the 9 columns that #Fields: names"),
        ("2026-09-07 25:00:01 192.0.2.7 GET /a - 200 x -", "the time cannot be read"),
        ("2026-09-07 13:00:01 192.0.2.7 GET /a - x20 x -", "the status is no number of three digits"),
    ],
)  # fmt: skip
def test_rows_as_servers_write_them(row: str, expected: object) -> None:
    found = W3C.after(FULL).parse(row)
    values = (
        (found.address, found.at, found.method, found.target, found.status, found.referrer, found.user_agent)
        if isinstance(found, Record)
        else found
    )
    assert values == expected


def test_rows_without_fields_are_read_as_iis_writes_them_by_default() -> None:
    old = "2026-09-07 13:00:01 203.0.113.80 GET /a - 443 - 192.0.2.7 x 200 0 0 15"
    new = "2026-09-07 13:00:01 203.0.113.80 GET /a - 443 - 192.0.2.7 x https://b.example/ 200 0 0 15"
    assert read(f"{old}\n{new}\n{old} 192.0.2.9\n") == [(n, "192.0.2.7", AT, "/a", 200, "x") for n in (1, 2, 3)]
    assert read("2026-09-07 13:00:01 GET /a 200\n")[0][1].__class__ is str


def test_fields_that_say_too_little_are_told() -> None:
    assert read("#Fields: date time cs-uri-stem\n2026-09-07 13:00:01 /a\n") == [
        (2, "#Fields: names no time, status and URL, or columns of another format")
    ]


ROW = "2026-09-07\t13:00:01\tORD58-P2\t500\t192.0.2.7\tGET\td1.cloudfront.net\t{}\t{}\t-\t{}\t{}\t-\tHit\tID=="


@pytest.mark.parametrize(
    ("path", "status", "agent", "query", "expected"),
    [
        ("/a", "200", "Mozilla/5.0%20(X11)", "-", ("/a", 200, "Mozilla/5.0 (X11)")),
        ("/a", "000", "Mozilla/5.0%2520(X11)", "-", ("/a", 0, "Mozilla/5.0 (X11)")),
        ("/caf%25C3%25A9", "200", "x%2520y%20z", "u=https%253A%252F%252Fb.example", ("/caf%C3%A9?u=https%3A%2F%2Fb.example", 200, "x%20y z")),
        ("/a", "200", "-", "u=https%3A%2F%2Fb.example%3Fq%3D1%252C2", ("/a?u=https%3A%2F%2Fb.example%3Fq%3D1%252C2", 200, "-")),
    ],
)  # fmt: skip
def test_what_cloudfront_encoded_is_decoded_once(
    path: str, status: str, agent: str, query: str, expected: tuple[object, ...]
) -> None:
    found = CLOUDFRONT.parse(ROW.format(path, status, agent, query))
    assert isinstance(found, Record)
    assert (found.target, found.status, found.user_agent) == expected
    assert (found.request_id, found.address) == ("ID==", "192.0.2.7")


def test_addresses_of_proxies_are_cut_out_too() -> None:
    fields = f"{FULL} x-forwarded-for"
    found = W3C.after(fields).parse("2026-09-07 13:00:01 192.0.2.7 GET /a - 200 x - 198.51.100.1,192.0.2.7")
    assert isinstance(found, Record)
    assert found.rest == "2026-09-07 13:00:01  GET /a - 200 x - ,"


SOUP = st.text(alphabet=st.sampled_from(list('aG1/ "+\\[]-:%?=é\t\r\x00.,#')), max_size=20)
VALUES = {
    "date": st.sampled_from(["2026-09-07", "2026-02-30", "1970-01-01", "2300-01-01", "-", "20260907"]),
    "time": st.sampled_from(["13:00:01", "24:00:00", "13:00:60", "13:00", "-", "1:00:01"]),
    "c-ip": st.sampled_from(["192.0.2.7", "2001:db8::7", "::1", "-", "10.0.0.1", "1", "a.example", ""]),
    "cs-method": st.sampled_from(["GET", "POST", "-", "get", "G3T", "PROPFIND", "A" * 40]),
    "cs-uri-stem": st.sampled_from(["/", "/a", "/a?b", "-", "a", "/caf%25C3%25A9", "/192.0.2.7", "/a+b", "https://b.example/x"]),
    "cs-uri-query": st.sampled_from(["-", "a=b", "?a=b", "", "a=%2520", "a=%2520%20", "?"]),
    "sc-status": st.sampled_from(["200", "304", "000", "-", "20", "2000", "x"]),
    "cs(Referer)": st.sampled_from(["-", "https://b.example/?q=%2520", ""]),
    "cs(User-Agent)": st.sampled_from(["-", "Mozilla/5.0+(X11)", "bot+(+http://b)", "b;++http://b", "a%20b", "a%2520b", "a%C3%A9", "", "+"]),
    "cs(Host)": st.sampled_from(["-", "www.example.com", ""]),
    "x-forwarded-for": st.sampled_from(["-", "198.51.100.1", "192.0.2.7,%2010.0.0.1"]),
    "x-edge-request-id": st.sampled_from(["-", "ID==", ""]),
}  # fmt: skip

PLAIN = {
    "date": "2026-09-07", "time": "13:00:01", "c-ip": "192.0.2.7", "cs-method": "GET", "cs-uri-stem": "/a", "cs-uri-query": "a=b",
    "sc-status": "200", "cs(Referer)": "-", "cs(User-Agent)": "Mozilla/5.0+(X11)", "cs(Host)": "www.example.com",
    "x-forwarded-for": "-", "x-edge-request-id": "ID==",
}  # fmt: skip


@st.composite
def rows_with_fields(draw: st.DrawFn) -> tuple[LogFormat, list[str]]:
    log_format = draw(st.sampled_from([W3C, CLOUDFRONT]))
    usual = [name for name in VALUES if log_format is CLOUDFRONT or not name.startswith("x-edge")]
    names = draw(st.permutations(usual))[: draw(st.integers(len(usual) - 3, len(usual)))]
    separator = "\t" if log_format is CLOUDFRONT else " "
    rows = []
    for _ in range(draw(st.integers(1, 5))):
        # Most values are plain, so that most rows are such that the plan reads them.
        values = [draw(st.sampled_from([PLAIN[name]] * 12 + [None])) or draw(VALUES[name] | SOUP) for name in names]
        rows.append(separator.join(values + draw(st.sampled_from([[], [], ["more"], [""]]))).replace("\n", ""))
    return log_format.after(f"#Fields: {' '.join(names)}"), rows


@settings(max_examples=400, deadline=None)
@given(rows_with_fields())
def test_the_plan_for_columns_says_what_the_reading_of_single_rows_says(made: tuple[LogFormat, list[str]]) -> None:
    log_format, rows = made
    text = clean(("\n".join(rows) + "\n").encode())
    found = lines.read(Block(text, 1), log_format)
    # What polars takes for the end of a line is part of the format of lines, not of the log.
    split = pl.scan_lines(text).collect()["line"].to_list()
    parsed = {number: record for number, (_, record) in enumerate(lines.each(split, log_format), 1)}
    expected = {number: astuple(record) for number, record in parsed.items() if isinstance(record, Record)}
    assert {row[0]: row[1:] for row in found.records.drop("family").iter_rows()} == expected
    assert len(split) == len(expected) + len(found.rejected) + found.blank + found.comments
