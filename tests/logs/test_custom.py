"""Format strings as they stand in the configuration of Apache and nginx."""

from __future__ import annotations

from pathlib import Path

import pytest

from cta_analytics.errors import CtaError
from cta_analytics.logs import FORMATS, detect
from cta_analytics.logs.format import Record

SAMPLES = Path(__file__).parent / "samples"
AT = 1788786001
NGINX = (
    '$remote_addr - $remote_user [$time_local] "$request" $status $body_bytes_sent "$http_referer" "$http_user_agent"'
)
APACHE = r"%h %l %u %t \"%r\" %>s %b"


def read(format_string: str, line: str) -> tuple[object, ...]:
    log_format = detect.named(format_string)
    found = log_format.parse(line)
    assert isinstance(found, Record), found
    assert detect.named(log_format.state).parse(line) == found
    return (
        found.address, found.at, found.method, log_format.unescape(found.target), found.status, found.referrer,
        log_format.unescape(found.user_agent), found.host, found.request_id,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("text", "name"),
    [
        (NGINX, "combined"),
        (f'{NGINX} "$http_x_cache" $request_time', "combined"),
        (APACHE, "common"),
        (APACHE.replace("\\", ""), "common"),
        (APACHE + r" \"%{Referer}i\" \"%{User-Agent}i\"", "combined"),
        (r'LogFormat "%h %l %u %t \"%r\" %>s %O \"%{Referer}i\" \"%{User-agent}i\"" combined', "combined"),
        (r'LogFormat "%v:%p %h %l %u %t \"%r\" %>s %O \"%{Referer}i\" \"%{User-Agent}i\"" vhost_combined', "vhost_combined"),
        (f"log_format main '{NGINX[:30]}'\n                '{NGINX[30:]}';", "combined"),
        ("$host $remote_addr - $remote_user [$time_local] \"$request\" $status $bytes_sent", "vhost_common"),
    ],
)  # fmt: skip
def test_a_string_of_a_known_format_is_that_format(text: str, name: str) -> None:
    assert detect.named(text) is FORMATS[name]


FIREFOX = "Mozilla/5.0 (X11)"


@pytest.mark.parametrize(
    ("text", "line", "expected"),
    [
        (
            f'{NGINX} "$http_x_forwarded_for" $host $request_id',
            f'10.0.0.5 - john q public [07/Sep/2026:08:00:01 -0500] "GET /a?b=\\x22 HTTP/2.0" 200 5 "-" "{FIREFOX}" "198.51.100.7, 10.0.0.9" www.example.com f4e1',
            ("198.51.100.7", AT, "GET", '/a?b="', 200, "-", FIREFOX, "www.example.com", "f4e1"),
        ),
        (
            "[$time_local] $host $remote_addr $request_time \"$request\" $status $bytes_sent $http_referer $http_user_agent",
            f'[07/Sep/2026:13:00:01 +0000] www.example.com 2001:db8::7 0.004 "GET /a HTTP/1.1" 200 61 - {FIREFOX}',
            ("2001:db8::7", AT, "GET", "/a", 200, "-", FIREFOX, "www.example.com", ""),
        ),
        (
            "$time_iso8601|$remote_addr|$request_method|$scheme://$host$request_uri|$status|${upstream_addr}|$http_user_agent",
            f"2026-09-07T15:00:01+02:00|192.0.2.7|GET|https://www.example.com/a?b=c|200|10.0.0.1:80, 10.0.0.2:80|{FIREFOX}",
            ("192.0.2.7", AT, "GET", "/a?b=c", 200, "", FIREFOX, "www.example.com", ""),
        ),
        (
            '$msec $remote_addr $uri$is_args$args $status $upstream_response_time $pipe "$http_user_agent"',
            f'{AT}.250 192.0.2.7 /a?b=c 304 0.1, 0.2 : 0.3 . "{FIREFOX}"',
            ("192.0.2.7", AT, "GET", "/a?b=c", 304, "", FIREFOX, "", ""),
        ),
        (
            'log_format j escape=json \'{"t":"$time_iso8601","ip":"$remote_addr","req":"$request",\'\n\'"s":$status,"ua":"$http_user_agent"}\';',
            '{"t":"2026-09-07T13:00:01+00:00","ip":"192.0.2.7","req":"GET /a\\"b HTTP/1.1","s":200,"ua":"a \\u0001\\\\ b"}',
            ("192.0.2.7", AT, "GET", '/a"b', 200, "", "a \x01\\ b", "", ""),
        ),
        (
            r"%h %l %u %t \"%r\" %>s %b %D \"%{User-agent}i\" %{UNIQUE_ID}e %v",
            f'192.0.2.7 - jane doe [07/Sep/2026:13:00:01 +0000] "GET /\\"a HTTP/1.1" 404 - 250 "{FIREFOX}" aZ9@x www.example.com',
            ("192.0.2.7", AT, "GET", '/"a', 404, "", FIREFOX, "www.example.com", "aZ9@x"),
        ),
        (
            "%{%Y-%m-%d %T}t.%{msec_frac}t %{%z}t %a %m %U%q %!200,304{Referer}i %s %%",
            "2026-09-07 08:00:01.123 -0500 192.0.2.7 HEAD /a?b=c https://b.example/ 200 %",
            ("192.0.2.7", AT, "HEAD", "/a?b=c", 200, "https://b.example/", "", "", ""),
        ),
        (
            r"%{X-Forwarded-For}i %{sec}t \"%r\" %>s",
            f'203.0.113.9, 10.0.0.1 {AT} "\\x16\\x03" 400',
            ("203.0.113.9", AT, "", "", 400, "", "", "", ""),
        ),
        (r"%{c}a - %t \"%r\" %>s", '- - [07/Sep/2026:13:00:01 +0000] "-" 408', ("-", AT, "", "", 408, "", "", "", "")),
    ],
)  # fmt: skip
def test_a_format_string_reads_what_its_server_writes(text: str, line: str, expected: tuple[object, ...]) -> None:
    assert read(text, line) == expected


def test_no_address_is_left_in_the_rest() -> None:
    found = detect.named(f'{NGINX} "$http_x_forwarded_for"').parse(
        '10.0.0.5 - - [07/Sep/2026:08:00:01 -0500] "GET / HTTP/1.1" 200 5 "-" "x" "198.51.100.7, 10.0.0.9"'
    )
    assert isinstance(found, Record)
    assert found.rest == ' - - [07/Sep/2026:08:00:01 -0500] "GET / HTTP/1.1" 200 5 "-" "x" ", "'


def test_the_string_of_the_combined_format_with_more_behind_reads_the_sample_alike() -> None:
    # With the host behind it, the string is no known format, so that it is compiled.
    made = detect.named(f"{NGINX} $host")
    assert made is not FORMATS["combined"]
    for line in (SAMPLES / "combined.log").read_text().splitlines():
        expected = FORMATS["combined"].parse(line)
        found = made.parse(f"{line} www.example.com")
        assert isinstance(expected, Record)
        assert isinstance(found, Record)
        assert (found.address, found.at, found.method, found.target, found.status, found.referrer, found.user_agent) == (
            expected.address, expected.at, expected.method, expected.target, expected.status, expected.referrer, expected.user_agent,
        )  # fmt: skip


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ('$remote_addr "$request" $status', "has no time"),
        ("$remote_addr $time_iso8601 $status", "has no request"),
        (r"%h %t \"%r\"", "has no status"),
        (r"%h %{%Y-%m-%d}t \"%r\" %s", "has a time without a zone"),
    ],
)
def test_a_format_string_that_says_too_little_is_told(text: str, message: str) -> None:
    with pytest.raises(CtaError, match=message):
        detect.named(text)


def test_a_line_that_departs_from_the_format_says_where() -> None:
    parse = detect.named(f"{NGINX} $host").parse
    line = '192.0.2.7 - - [07/Sep/2026:08:00:01 -0500] "GET / HTTP/1.1" 2000 5 "-" "x" www.example.com'
    assert parse(line) == 'it departs from the format at " "'
    assert parse(line.replace("2000", "OK")) == "it departs from the format at $status"
    assert parse(line.replace("07/Sep", "37/Sep").replace("2000", "200")) == "the time cannot be read"


@pytest.mark.parametrize(
    "text",
    [
        '$remote_addr - $remote_user [$time_local] "$request" $status $body_bytes_sent "$http_referer" "$http_user_agent" $http_sec_gpc "$http_dnt"',
        'LogFormat "%h %l %u %t \\"%r\\" %>s %b \\"%{Referer}i\\" \\"%{User-Agent}i\\" %{Sec-GPC}i \\"%{DNT}i\\"" wishes',
    ],
    ids=["nginx", "Apache"],
)
@pytest.mark.parametrize(
    ("gpc", "dnt", "wished"), [("1", "-", True), ("-", "1", True), ("-", "0", False), ("-", "-", False)]
)
def test_a_wish_not_to_be_tracked_is_read_where_it_is_logged(text: str, gpc: str, dnt: str, wished: bool) -> None:
    line = f'192.0.2.1 - - [07/Sep/2026:08:00:00 -0500] "GET /answers/a HTTP/1.1" 200 512 "-" "Firefox" {gpc} "{dnt}"'
    found = detect.named(text).parse(line)
    assert isinstance(found, Record)
    assert found.no_tracking is wished
