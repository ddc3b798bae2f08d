"""Start tags and character references, by the rules of the HTML standard."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from selectolax.lexbor import LexborHTMLParser

from cta_analytics.pages.attributes import decode, offsets, start_tag


def values(tag: str) -> dict[str, str]:
    return {name: found.value for name, found in start_tag(tag, 0)[0].items()}


@pytest.mark.parametrize(
    ("tag", "expected"),
    [
        ('<a href="/x">', {"href": "/x"}),
        ("<a href='/x'>", {"href": "/x"}),
        ("<a href=/x/>", {"href": "/x/"}),
        ('<a/href=/x class="b c">', {"href": "/x", "class": "b c"}),
        ('<a HREF = "/x" hidden>', {"href": "/x", "hidden": ""}),
        ('<a href="/first" href="/second">', {"href": "/first"}),
        ('<a title="a > b" href="/x">', {"title": "a > b", "href": "/x"}),
        ("<a href=>", {"href": ""}),
        ('<a href=/x?a=1">', {"href": '/x?a=1"'}),
        ("<a\n\thref\n=\n'/x'>", {"href": "/x"}),
    ],
)
def test_attributes_are_read_as_a_browser_reads_them(tag, expected):
    assert values(tag) == expected


def test_a_value_knows_its_place_and_the_tag_its_end():
    text = 'x<a rel="me" href=" /tea?a=1&amp;b=2 ">'
    found, end = start_tag(text, 1)
    href = found["href"].trimmed()
    assert (href.raw, href.value) == ("/tea?a=1&amp;b=2", "/tea?a=1&b=2")
    assert text[href.start : href.end] == href.raw
    assert end == len(text)


@pytest.mark.parametrize(
    ("raw", "value"),
    [
        ("a&amp;b", "a&b"),
        ("a&#38;b&#x26;c", "a&b&c"),
        ("?a=1&copy=2", "?a=1&copy=2"),
        ("?a=1&region=us&para=3&lt=4", "?a=1&region=us&para=3&lt=4"),
        ("?a&copy;b", "?a©b"),
        ("?a&copy", "?a©"),
        ("?a&copyé", "?a©é"),
        ("?a&copyb", "?a&copyb"),
        ("?a&notit;", "?a&notit;"),
        ("&#128;&#0;", "€�"),
        ("a\r\nb\rc", "a\nb\nc"),
    ],
)
def test_references_in_an_attribute(raw, value):
    assert decode(raw) == value


def test_each_character_of_a_value_knows_where_it_comes_from():
    #               0123456789…
    assert offsets("a&amp;b&x") == [0, 1, 6, 7, 8, 9]


@given(st.lists(st.sampled_from(["&amp;", "&copy", "&lt;", "&#x41;", "&", "=", ";", "a", "é", "1", "&notin;", "\r\n"])))
def test_decoding_agrees_with_a_browser_s_parser(parts):
    raw = "".join(parts)
    node = LexborHTMLParser(f'<p title="{raw}">').css_first("p")
    assert decode(raw) == node.attributes["title"]
    assert len(offsets(raw)) == len(decode(raw)) + 1
