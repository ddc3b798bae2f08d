"""Requests with `Sec-GPC: 1` or `DNT: 1`, in each format that has a place for request headers."""

from __future__ import annotations

import json
from typing import Any

import pytest
from tests.events.conftest import Site

from cta_analytics.logs import FORMATS, detect, lines
from cta_analytics.logs.blocks import Block
from cta_analytics.logs.format import Record


def caddy(name: str, value: str) -> str:
    return json.dumps(
        {
            "logger": "http.log.access",
            "ts": 1788786001.25,
            "request": {
                "client_ip": "192.0.2.7",
                "method": "GET",
                "host": "www.example.com",
                "uri": "/answers/a",
                "headers": {"User-Agent": ["x"], name: [value]},
            },
            "status": 200,
        }
    )


def cloudflare(name: str, value: str) -> str:
    request = {"ClientIP": "192.0.2.7", "ClientRequestMethod": "GET", "ClientRequestURI": "/answers/a"}
    told = {"RayID": "8f1e2d3c4b5a6978", "EdgeStartTimestamp": "2026-09-07T13:00:01Z", "EdgeResponseStatus": 200}
    return json.dumps(request | told | {"RequestHeaders": {name.lower(): value}})


def traefik(name: str, value: str) -> str:
    request = {"ClientHost": "192.0.2.7", "RequestMethod": "GET", "RequestPath": "/answers/a"}
    told = {"StartUTC": "2026-09-07T13:00:01Z", "DownstreamStatus": 200, "entryPointName": "web"}
    return json.dumps(request | told | {f"request_{name}": value})


def nginx_json(name: str, value: str) -> str:
    request = {"remote_addr": "192.0.2.7", "request": "GET /answers/a HTTP/1.1", "status": 200}
    return json.dumps(
        request | {"time_iso8601": "2026-09-07T13:00:01+00:00", f"http_{name.lower().replace('-', '_')}": value}
    )


def fastly(name: str, value: str) -> str:
    request = {"client_ip": "192.0.2.7", "request_method": "GET", "url": "/answers/a", "response_status": 200}
    told = {"timestamp": "2026-09-07T13:00:01+0000", "fastly_is_edge": True}
    return json.dumps(request | told | {name.lower().replace("-", "_"): value})


def realtime(name: str, value: str) -> str:
    head = "#Fields: timestamp c-ip sc-status cs-method cs-uri-stem x-edge-location cs-headers\n"
    encoded = f"Host:www.example.com%0A{name}:{value}%0AUser-Agent:x"
    return head + f"1788786001.250\t192.0.2.7\t200\tGET\t/answers/a\tFRA60-P1\t{encoded}"


def standard(name: str, value: str) -> str:
    head = "#Fields: date time x-edge-location c-ip cs-method cs-uri-stem sc-status cs-headers\n"
    return head + f"2026-09-07\t13:00:01\tFRA60-P1\t192.0.2.7\tGET\t/answers/a\t200\t{name}:%20{value}"


def cloudfront_json(name: str, value: str) -> str:
    told = {"date": "2026-09-07", "time": "13:00:01", "x-edge-location": "FRA60-P1", "c-ip": "192.0.2.7"}
    asked = {"cs-method": "GET", "cs-uri-stem": "/answers/a", "sc-status": "200"}
    return json.dumps(told | asked | {"cs-headers": f"Host:www.example.com%0A{name}:{value}"})


def w3c(name: str, value: str) -> str:
    head = f"#Fields: date time c-ip cs-method cs-uri-stem sc-status cs({name})\n"
    return head + f"2026-09-07 13:00:01 192.0.2.7 GET /answers/a 200 {value}"


CASES = {
    "caddy": caddy,
    "cloudflare": cloudflare,
    "traefik": traefik,
    "nginx_json": nginx_json,
    "fastly": fastly,
    "cloudfront": realtime,
    "cloudfront, date and time": standard,
    "cloudfront, JSON": cloudfront_json,
    "w3c": w3c,
}


def read(name: str, text: str) -> list[Record | dict[str, Any]]:
    """The request of a log: by the reference, and by the plan for columns, where the format has one."""
    log_format = FORMATS[name.partition(",")[0]]
    *_, (_, alone) = lines.each(text.splitlines(), log_format)
    assert isinstance(alone, Record), alone
    (together,) = lines.read(Block(text.encode() + b"\n", 1), log_format).records.to_dicts()
    return [alone, together]


@pytest.mark.parametrize("name", CASES)
@pytest.mark.parametrize("header", ["Sec-Gpc", "Dnt"])
@pytest.mark.parametrize(("value", "expected"), [("1", True), ("0", False), ("", False), ("11", False)])
def test_a_wish_not_to_be_tracked_is_read(name: str, header: str, value: str, expected: bool) -> None:
    if name == "w3c" and not value:
        value = "-"
    alone, together = read(name, CASES[name](header, value))
    assert isinstance(alone, Record)
    assert isinstance(together, dict)
    assert (alone.no_tracking, together["no_tracking"]) == (expected, expected)
    assert (alone.address, alone.target, alone.status) == ("192.0.2.7", "/answers/a", 200)


@pytest.mark.parametrize("name", CASES)
def test_another_header_is_no_wish(name: str) -> None:
    alone, together = read(name, CASES[name]("X-Sec-Gpc", "1"))
    assert isinstance(alone, Record)
    assert isinstance(together, dict)
    assert (alone.no_tracking, together["no_tracking"]) == (False, False)


@pytest.mark.parametrize("name", CASES)
def test_who_wishes_not_to_be_tracked_counts_without_visitor(site: Site, name: str) -> None:
    site.log("asks.log", CASES[name]("Sec-Gpc", "1") + "\n")
    site.log("asks-not.log", CASES[name]("Sec-Gpc", "0").replace("/answers/a", "/answers/b") + "\n")
    site.ingest("asks.log", "asks-not.log")
    found = site.rows("SELECT path, visitor IS NULL, session_id IS NULL FROM pageviews ORDER BY path")
    assert found == [("/answers/a", True, True), ("/answers/b", False, False)]
    assert detect.detect((site.root / "asks.log").read_bytes(), "asks.log").name == name.partition(",")[0]
