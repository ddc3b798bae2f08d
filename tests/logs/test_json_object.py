"""Lines of JSON as servers and those who collect their logs write them."""

from __future__ import annotations

import json
from typing import Any

import pytest

from cta_analytics.logs import FORMATS, detect, lines
from cta_analytics.logs.blocks import Block, clean
from cta_analytics.logs.format import Record

AT = 1788786001
NGINX: dict[str, Any] = {
    "time_iso8601": "2026-09-07T13:00:01+00:00",
    "remote_addr": "192.0.2.7",
    "request": "GET /a HTTP/1.1",
    "status": 200,
}


def read(name: str, line: str) -> Record:
    found = FORMATS[name].parse(line)
    assert isinstance(found, Record), found
    return found


@pytest.mark.parametrize(
    "prefix", ["", " ", "caddy  | ", "<190>Sep  7 13:00:01 web1 nginx: ", "2026-09-07T13:00:01.5Z stdout F "]
)
def test_what_others_write_before_the_object_is_passed_over(prefix: str) -> None:
    found = read("nginx_json", f"{prefix}{json.dumps(NGINX)},")
    assert (found.address, found.at, found.target) == ("192.0.2.7", AT, "/a")
    assert found.rest == f"{prefix}{json.dumps(NGINX | {'remote_addr': ''})},"


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("", "no JSON object"),
        (" " * 300 + "{}", "no JSON object"),
        (json.dumps(NGINX)[:-9], "no whole JSON object"),
        (f"{json.dumps(NGINX)} x", "more than a JSON object"),
        ('{"status": ' + "[" * 100_000, "no whole JSON object"),
        ('{"status": ' + "9" * 5000 + "}", "no whole JSON object"),
        (json.dumps(NGINX | {"time_iso8601": "now"}), "no time in time_iso8601"),
        (json.dumps({"time": AT, "level": "info"}), "neither a request nor a status"),
    ],
)
def test_a_line_that_is_not_understood_has_a_reason(line: str, reason: str) -> None:
    found = FORMATS["nginx_json"].parse(line)
    assert isinstance(found, str)
    assert found.startswith(reason)


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({"http_user_agent": 'a "b" \\ é \u0001'}, ("/a", 200, 'a "b" \\ é \u0001')),
        ({"http_user_agent": ""}, ("/a", 200, "-")),
        ({"http_user_agent": None}, ("/a", 200, "")),
        ({"http_user_agent": ["x", "y"]}, ("/a", 200, "x")),
        ({"status": "304"}, ("/a", 304, "")),
        ({"status": -1}, ("/a", 0, "")),
        ({"request": "GET http://www.example.com:80/b HTTP/1.1"}, ("/b", 200, "")),
        ({"request": None, "request_method": "GET", "uri": "/c", "args": "d=e"}, ("/c?d=e", 200, "")),
        ({"request": None, "url": "https://www.example.com?x"}, ("/?x", 200, "")),
        ({"request": None, "host": "www.example.com", "path": "www.example.com/d"}, ("/d", 200, "")),
    ],
)  # fmt: skip
def test_values_as_servers_write_them(change: dict[str, Any], expected: tuple[object, ...]) -> None:
    found = read("nginx_json", json.dumps(NGINX | change))
    assert (found.target, found.status, found.user_agent) == expected


def test_bytes_escaped_as_nginx_does_by_default_are_read_all_the_same() -> None:
    line = json.dumps(NGINX)[:-1] + r', "http_user_agent": "caf\xC3\xA9 \x22 \\x22"}'
    assert read("nginx_json", line).user_agent == 'café " \\x22'
    latin = json.dumps(NGINX)[:-1].encode() + b', "http_user_agent": "caf\xe9"}'
    assert read("nginx_json", clean(latin).decode()).user_agent == "caf\ufffd"


def test_half_a_pair_of_utf_16_can_be_stored() -> None:
    line = json.dumps(NGINX)[:-1] + r', "http_user_agent": "a\ud800b"}'
    found = lines.read(Block(line.encode(), 1), FORMATS["nginx_json"])
    assert found.records["user_agent"].to_list() == ["a\ufffdb"]


def test_the_public_address_behind_a_proxy_counts_and_none_is_left_in_the_rest() -> None:
    line = json.dumps(NGINX | {"remote_addr": "10.0.0.5", "http_x_forwarded_for": "10.0.0.9, 198.51.100.7"})
    found = read("nginx_json", line)
    assert found.address == "198.51.100.7"
    assert not any(address in found.rest for address in ("10.0.0.5", "10.0.0.9", "198.51.100.7"))
    assert read("nginx_json", json.dumps(NGINX | {"http_x_forwarded_for": "198.51.100.7"})).address == "192.0.2.7"


@pytest.mark.parametrize(
    ("name", "line"),
    [
        ("caddy", {"ts": AT, "status": 204, "request": {"method": "GET", "uri": "/", "headers": {"Sec-Gpc": ["{}"]}}}),
        ("caddy", {"ts": AT, "status": 204, "request": {"method": "GET", "uri": "/", "headers": {"Dnt": ["{}"]}}}),
        ("cloudflare", {"EdgeStartTimestamp": AT, "EdgeResponseStatus": 204, "ClientRequestURI": "/", "RequestHeaders": {"sec-gpc": "{}"}}),
        ("nginx_json", NGINX | {"http_sec_gpc": "{}"}),
        ("nginx_json", NGINX | {"http_dnt": "{}"}),
        ("traefik", {"StartUTC": "2026-09-07T13:00:01Z", "DownstreamStatus": 204, "RequestPath": "/", "request_Sec-Gpc": "{}"}),
    ],
)  # fmt: skip
def test_who_does_not_want_to_be_tracked_is_known_where_the_log_says_so(name: str, line: dict[str, Any]) -> None:
    text = json.dumps(line)
    told = {value: read(name, text.replace("{}", value)).no_tracking for value in ("1", "0", "-", "", "10")}
    assert told == {"1": True, "0": False, "-": False, "": False, "10": False}


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("caddy", {"level": "info", "ts": AT, "logger": "admin", "msg": "admin endpoint started"}),
        ("vercel", {"timestamp": AT * 1000, "deploymentId": "dpl_EXAMPLE", "source": "build", "message": "done"}),
        ("cloudflare", {"EdgeStartTimestamp": AT, "ClientRequestMethod": "GET", "ClientRequestURI": "/", "EdgeResponseStatus": 200, "WorkerSubrequest": True, "RayID": "1"}),
    ],
)  # fmt: skip
def test_what_is_no_request_of_a_reader_is_a_line_without_a_request(name: str, message: dict[str, Any]) -> None:
    found = read(name, json.dumps(message))
    assert (found.at, found.method, found.target, found.request_id) == (AT, "", "", "")


def test_messages_alone_are_no_log() -> None:
    message = json.dumps({"level": "info", "ts": AT, "msg": "started"})
    assert detect._score([message], FORMATS["caddy"]) == 0


@pytest.mark.parametrize("at", ["2026-09-07T13:00:01Z", str(AT), AT * 1_000_000_000, f"{AT}000000000"])
def test_cloudflare_writes_times_in_three_ways(at: object) -> None:
    line = json.dumps({"ClientIP": "192.0.2.7", "EdgeStartTimestamp": at, "EdgeResponseStatus": 200, "ClientRequestMethod": "GET", "ClientRequestURI": "/"})  # fmt: skip
    assert read("cloudflare", line).at == AT
