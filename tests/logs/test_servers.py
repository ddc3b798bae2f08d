"""Lines of load balancers, S3 and Traefik with what makes each of them difficult."""

from __future__ import annotations

import pytest

from cta_analytics.logs import FORMATS
from cta_analytics.logs.format import Record

AT = 1788786001
ALB = (
    'https 2026-09-07T13:00:01.250931Z app/larkmoor/50 {peer} 10.0.1.20:8080 0.000 0.031 -1 {status} - 412 18531 "{request}" "{agent}" '
    '- - arn:aws:example "{trace}" "-" "-" 0 2026-09-07T13:00:01.219000Z "forward" "-" "-" "-" "-" "-" "-"{tail}'
)
ELB = "2026-09-07T13:00:01.250931Z larkmoor {peer} - -1 -1 -1 {status} 0 0 29 "
S3 = 'owner bucket [07/Sep/2026:13:00:01 +0000] {address} - ID1 {operation} key {request} {status} - 5 5 1 1 "{referrer}" "{agent}"{tail}'
HAPROXY = "{address}:50412 [07/Sep/2026:{time}{zone}] www~ {rest}"
HTTP = 'app/app1 0/0/0/31/31 {status} 18531 - - ---- 3/3/0/0/0 0/0 {captured}"{request}"'


def read(name: str, line: str) -> tuple[object, ...]:
    found = FORMATS[name].parse(line)
    assert isinstance(found, Record), found
    assert found.address not in found.rest
    unescape = FORMATS[name].unescape
    return (
        found.address,
        found.at,
        found.method,
        unescape(found.target),
        found.status,
        unescape(found.user_agent),
        found.host,
        found.request_id,
    )


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        (
            ALB.format(peer="2001:db8::7:50412", status=200, request="GET https://b.example:443/a?b HTTP/2.0", agent='say "hi" (X11)', trace="Root=1-2-3", tail=" TID_1"),
            ("2001:db8::7", AT, "GET", "/a?b", 200, 'say "hi" (X11)', "b.example:443", "Root=1-2-3"),
        ),
        (
            ALB.format(peer="[2001:db8::7]:50412", status=301, request="GET http://b.example:80/hello world HTTP/1.1", agent="", trace="-", tail=""),
            ("2001:db8::7", AT, "GET", "/hello world", 301, "-", "b.example:80", ""),
        ),
        (
            ALB.format(peer="192.0.2.7:50412", status="-", request="- http://b.example:80- ", agent="-", trace="Root=1-2-3", tail=""),
            ("192.0.2.7", AT, "", "", 0, "-", "", ""),
        ),
        (ELB.format(peer="192.0.2.7:50412", status=200) + '"GET http://b.example:80/ HTTP/1.1"', ("192.0.2.7", AT, "GET", "/", 200, "", "b.example:80", "")),
        (
            ELB.format(peer="192.0.2.7:50412", status=408) + '"PUT https://b.example:443/a HTTP/1.1" "say "hi"" - -',
            ("192.0.2.7", AT, "PUT", "/a", 408, 'say "hi"', "b.example:443", ""),
        ),
    ],
)  # fmt: skip
def test_load_balancers_of_aws(line: str, expected: tuple[object, ...]) -> None:
    assert read("alb", line) == expected


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({}, ("192.0.2.7", AT, "GET", "/a", 200, "x", "bucket", "ID1")),
        ({"agent": 'say "hi" now', "tail": " -"}, ("192.0.2.7", AT, "GET", "/a", 200, 'say "hi" now', "bucket", "ID1")),
        ({"request": '"GET /a"b HTTP/1.1"'}, ("192.0.2.7", AT, "GET", '/a"b', 200, "x", "bucket", "ID1")),
        ({"tail": " V1 HOST= SigV4 TLS - cdn.example TLSv1.3 - Yes"}, ("192.0.2.7", AT, "GET", "/a", 200, "x", "cdn.example", "ID1")),
        ({"operation": "BATCH.DELETE.OBJECT", "request": "-", "status": "204"}, ("192.0.2.7", AT, "", "", 204, "x", "bucket", "")),
    ],
)  # fmt: skip
def test_s3(change: dict[str, str], expected: tuple[object, ...]) -> None:
    usual = {"address": "192.0.2.7", "operation": "REST.GET.OBJECT", "request": '"GET /a HTTP/1.1"', "status": "200", "referrer": "-", "agent": "x", "tail": ""}  # fmt: skip
    assert read("s3", S3.format(**usual | change)) == expected


OK = HTTP.format(status=200, captured="", request="GET /a HTTP/1.1")


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        (HAPROXY.format(address="192.0.2.7", time="13:00:01.315", zone="", rest=OK), ("192.0.2.7", AT, "GET", "/a", 200)),
        (HAPROXY.format(address="2001:db8::7", time="08:00:01", zone=" -0500", rest=OK), ("2001:db8::7", AT, "GET", "/a", 200)),
        (
            "2026-09-07T15:00:01+02:00 lb1 haproxy[14389]: " + HAPROXY.format(address="192.0.2.7", time="15:00:01.315", zone="", rest=OK),
            ("192.0.2.7", AT, "GET", "/a", 200),
        ),
        (
            HAPROXY.format(address="192.0.2.7", time="13:00:01.315", zone="", rest=HTTP.format(status=404, captured="{b.example|x} {|} ", request="GET /#22a#C3#A9 HTTP/1.1")),
            ("192.0.2.7", AT, "GET", '/"aé', 404),
        ),
        (
            HAPROXY.format(address="192.0.2.7", time="13:00:01.315", zone="", rest=HTTP.format(status=-1, captured="", request="<BADREQ>")),
            ("192.0.2.7", AT, "", "", 0),
        ),
        (
            HAPROXY.format(address="192.0.2.7", time="13:00:01.315", zone="", rest=HTTP.format(status=200, captured="", request="GET /" + "a" * 1000)[:-1]),
            ("192.0.2.7", AT, "GET", "/" + "a" * 1000, 200),
        ),
        (HAPROXY.format(address="192.0.2.7", time="13:00:01.315", zone="", rest="app/<NOSRV> -1/-1/1 212 SC 1/1/0/0/0 0/0"), ("192.0.2.7", AT, "", "", 0)),
        ("192.0.2.7:50412 [07/Sep/2026:13:00:01.315] www/1: SSL handshake failure", ("192.0.2.7", AT, "", "", 0)),
    ],
)  # fmt: skip
def test_haproxy(line: str, expected: tuple[object, ...]) -> None:
    assert read("haproxy", line)[:5] == expected


def test_addresses_in_captured_headers_are_not_in_the_rest() -> None:
    http = HTTP.format(status=200, captured="{198.51.100.1, 2001:db8::9|x} ", request="GET /a HTTP/1.1")
    found = FORMATS["haproxy"].parse(HAPROXY.format(address="10.0.0.5", time="13:00:01.315", zone="", rest=http))
    assert isinstance(found, Record)
    assert "{, |x}" in found.rest


@pytest.mark.parametrize(
    ("name", "line", "reason"),
    [
        ("haproxy", "192.0.2.7:50412 [07/Sep/2026:13:00:01.315] www~ " + OK[:-1], "the request has no end"),
        ("haproxy", "192.0.2.7:50412 [07/Sep/2026:13:00:01.315] www~ hello", "no server, timers, status"),
        ("haproxy", "192.0.2.7:50412 [37/Sep/2026:13:00:01.315] www~ " + OK, "the time cannot be read"),
        ("haproxy", "hello", "not an address with a port"),
        ("alb", "hello", "neither a line of an Application"),
        ("s3", "hello", "not bucket, time in brackets"),
        (
            "traefik",
            '192.0.2.7 - - [07/Sep/2026:13:00:01 +0000] "GET / HTTP/1.1" 200 5 "-" "x"',
            "neither JSON nor a combined line",
        ),
    ],
)
def test_a_line_that_is_not_understood_has_a_reason(name: str, line: str, reason: str) -> None:
    found = FORMATS[name].parse(line)
    assert isinstance(found, str)
    assert found.startswith(reason)
