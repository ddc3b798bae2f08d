"""Rows whose columns a line in the log names: W3C extended logs of IIS and others, and CloudFront."""

from __future__ import annotations

import pytest

from cta_analytics.logs import FORMATS, detect, lines
from cta_analytics.logs.blocks import Block
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
