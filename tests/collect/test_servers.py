"""What each server is told: the beacon's path, and redirects that lead to one place."""

from __future__ import annotations

from pathlib import Path

import pytest

from cta_analytics.collect import SERVERS, redirects
from cta_analytics.config import Contract, Redirect
from cta_analytics.errors import CtaError
from cta_analytics.logs import FORMATS

HOPS = redirects.hops(
    Contract(
        redirects=[
            Redirect(path="/go/store/", target="https://shop.example/a b?x=1%20$2#part"),
            Redirect(path="/go/plain", target="https://shop.example", keeps_query=False),
            Redirect(path="/go/own", target="/products/board"),
        ]
    )
)


def test_targets_are_fixed_and_hold_nothing_that_a_server_reads() -> None:
    assert [
        redirects.Hop("/go/store", "https://shop.example/a%20b?x=1%20%242", True),
        redirects.Hop("/go/plain", "https://shop.example/", False),
        redirects.Hop("/go/own", "/products/board", True),
    ] == HOPS


@pytest.mark.parametrize(
    "target",
    [
        "javascript:alert(1)",
        "//evil.example/x",
        "/\\evil.example",
        "http://",
        "data:text/html,x",
        "https://a:b@c.example/",
    ],
)
def test_a_target_that_is_no_web_address_is_an_error(target: str) -> None:
    with pytest.raises(CtaError, match="redirect /go/x leads to"):
        redirects.hops(Contract(redirects=[Redirect(path="/go/x", target=target)]))


@pytest.mark.parametrize("path", ["/go/a b", "/go/*", "/go/{x}", '/go/"', "/go/../x", "/go//x", "/go/(.*)", "/go/a\n"])
def test_a_path_that_a_server_would_misread_is_an_error(path: str) -> None:
    with pytest.raises(CtaError, match="redirect path"):
        redirects.hops(Contract(redirects=[Redirect(path=path, target="https://shop.example/")]))


def test_no_redirect_and_two_of_one_path_are_errors() -> None:
    with pytest.raises(CtaError, match="has no"):
        redirects.hops(Contract())
    one = Redirect(path="/go/x", target="https://shop.example/")
    with pytest.raises(CtaError, match="two"):
        redirects.hops(Contract(redirects=[one, one]))


@pytest.mark.parametrize("name", SERVERS)
def test_a_server_is_told_the_path_the_targets_and_nothing_of_the_request(name: str) -> None:
    server = SERVERS[name]
    assert server.name == name
    assert server.log_format in FORMATS
    beacon, text = server.beacon("/cta/e"), server.redirects(HOPS)
    assert "/cta/e" in beacon
    assert "204" in beacon
    assert text.count("shop.example/") >= 2
    assert "no-store" in text
    assert "302" in text
    for control in ("$host", "$uri", "$request_uri", "{host}", "{uri}", "{path}", "$1"):
        assert control not in text


@pytest.mark.parametrize("name", SERVERS)
def test_the_documentation_has_a_line_for_each_server(name: str) -> None:
    server = SERVERS[name]
    page = (Path(__file__).parents[2] / "docs" / "collect.md").read_text(encoding="utf-8")
    assert f"| `{name}` | {server.title} | `{server.log_format}` | {server.about} |" in page
