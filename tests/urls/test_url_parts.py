"""A string as a browser reads it."""

from __future__ import annotations

import pytest

from cta_analytics.urls.parse import Parsed, host_like, parse


@pytest.mark.parametrize(
    ("raw", "href"),
    [
        ("HTTPS://WWW.Example.com:443/a/../b?x=1#f", "https://www.example.com/b?x=1#f"),
        ("  https://a.example/x \n", "https://a.example/x"),
        ("https://a.example/a b?c d", "https://a.example/a%20b?c%20d"),
        ("https:a.example/x", "https://a.example/x"),
        ("https:\\\\a.example\\x", "https://a.example/x"),
        ("https://straße.example/ü", "https://xn--strae-oqa.example/%C3%BC"),
        ("http://0x7f.1/", "http://127.0.0.1/"),
        ("//a.example/x", "https://a.example/x"),
        ("mailto:a@b.example?subject=x", "mailto:a@b.example?subject=x"),
        ("https://a.example/\ud800", "https://a.example/%EF%BF%BD"),
    ],
)
def test_it_is_normalised_as_the_standard_says(raw: str, href: str) -> None:
    assert parse(raw).href == href


def test_the_parts_are_kept_as_they_stood() -> None:
    raw = " https://user@a.example:8080/p%41th;x?q=%41&&r#frag?ment "
    parts = parse(raw)
    assert (parts.scheme, parts.host, parts.port, parts.userinfo) == ("https", "a.example", "8080", "user")
    assert (parts.path, parts.query.raw, parts.fragment) == ("/p%41th;x", "q=%41&&r", "frag?ment")
    assert raw[parts.query_start :].startswith("q=")
    assert raw[parts.fragment_start :].startswith("frag")
    assert raw[parts.start : parts.path_end].endswith(";x")
    assert parts.with_query(parts.query.raw) == raw
    assert parts.with_query(None) == " https://user@a.example:8080/p%41th;x#frag?ment "


def test_a_relative_url_keeps_its_path_and_has_no_host() -> None:
    parts = parse("../b/c?x=1")
    assert (parts.is_relative, parts.host, parts.path, parts.href) == (True, None, "/b/c", "")


def test_a_relative_url_is_read_against_its_page() -> None:
    parts = parse("../b", "https://a.example/x/y/z")
    assert (parts.is_relative, parts.host, parts.href) == (True, "a.example", "https://a.example/x/b")


def test_a_base_that_is_no_url_decides_nothing() -> None:
    assert parse("/b", "not a base").path == "/b"


@pytest.mark.parametrize(
    ("raw", "why"),
    [
        ("https://", "there is no host"),
        ("https://?x", "there is no host"),
        ("https://:80/", "there is no host"),
        ("https://a b/", "its host holds a blank"),
        ("https://a<b/", 'its host holds "<"'),
        ("https://a\x01b/", "its host holds the control character U+0001"),
        ("https://a.example:port/", "its port is no number"),
        ("https://a.example:99999/", "its port is above 65535"),
        ("https://[::1/", "the IPv6 address in it is not valid"),
        ("https://1.2.3.999/", "its host is no valid IPv4 address"),
    ],
)
def test_what_cannot_be_a_url_says_why(raw: str, why: str) -> None:
    assert parse(raw) == Parsed(
        raw,
        0,
        len(raw),
        query=parse(raw).query,
        has_query="?" in raw,
        error=why,
    )


@pytest.mark.parametrize(
    "text", ["www.amazon.com/dp/x", "example.com", "a.b.co.uk?x", "localhost:3000/x", "10.0.0.1", "bücher.de"]
)
def test_a_host_is_told_from_a_path(text: str) -> None:
    assert host_like(text)


@pytest.mark.parametrize(
    "text", ["/x", "answers", "answers/x.y/z", "#a", "?a=b.c", "not a url", "a@b.example", "", "v1.2", "..", "x.y z"]
)
def test_a_path_is_no_host(text: str) -> None:
    assert not host_like(text)
