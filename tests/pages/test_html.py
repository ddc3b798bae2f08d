"""The HTML reader: which tags are links, what they say, and where they stand."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from selectolax.lexbor import LexborHTMLParser

from cta_analytics.pages import READERS
from cta_analytics.pages.anchor import Anchor, Document
from cta_analytics.pages.source import Source


def read(html: str) -> Document:
    return READERS["html"].read(Source(html.encode(), "page.html"))


def links(html: str) -> list[Anchor]:
    return list(read(html).anchors)


def hrefs(html: str) -> list[str]:
    return [link.href for link in links(html)]


def test_what_is_no_element_is_no_link():
    html = """
      <!-- <a href="/comment">x</a> -->
      <script>document.write('<a href="/script">x</a>')</script>
      <style>/* <a href="/style"> */</style>
      <template><a href="/template">x</a></template>
      <textarea><a href="/textarea">x</a></textarea>
      <p title='<a href="/attribute">'>text</p>
      <a name="here">no href</a>
      <link rel="stylesheet" href="/style.css"><img src="/picture.png">
      <noscript><a href="/noscript">x</a></noscript>
      <a href="/real">x</a>"""
    assert hrefs(html) == ["/noscript", "/real"]


def test_an_area_and_a_form_are_links_with_their_kind_of_tag():
    html = '<map><area href="/a" alt="Kettles"></map><form action="/join"><button>Go</button></form><form>none</form>'
    assert [(link.tag, link.href, link.text) for link in links(html)] == [
        ("area", "/a", "Kettles"),
        ("form", "/join", ""),
    ]


def test_a_link_has_its_exact_place():
    html = '\ufeff<p>é\U0001f375 <A\r\n  class=x HREF = " /tea?a=1&amp;b=é ">Tea</A>'
    source = Source(html.encode(), "page.html")
    (link,) = READERS["html"].read(source).anchors
    data = html.encode()
    assert source.position(link.span.start) == (1, 7)
    assert (link.href, link.raw) == ("/tea?a=1&b=é", "/tea?a=1&amp;b=é")
    start, end = (source.byte_offset(at) for at in (link.span.href_start, link.span.href_end))
    assert data[start:end].decode() == "/tea?a=1&amp;b=é"
    assert source.position(link.span.href_start) == (2, 20)


def test_links_come_in_the_order_of_the_file_also_where_the_tree_has_another():
    assert hrefs("<table><tr><td><a href=/1>x</a></td></tr><a href=/2>moved before the table</a></table>") == [
        "/1",
        "/2",
    ]


def test_a_misnested_link_is_one_link():
    assert hrefs("<a href=/1><p>one<div>two</a> three</div>") == ["/1"]


def test_a_link_says_its_text_its_heading_and_its_attributes():
    html = """<h1>Kettles</h1><h2>Which  is
      quiet?</h2><p>See <a href="/k" rel="nofollow" target="_blank" data-cta-slot="top">the <b>quiet</b>
      one</a> or <a href="/i"><img alt="a picture" src="x.png"></a> <a href="/l" aria-label="Close"><svg></svg></a>"""
    first, second, third = links(html)
    assert (first.text, first.heading) == ("the quiet one", "Which is quiet?")
    assert (first.rel, first.target, first.slot) == ("nofollow", "_blank", "top")
    assert (second.text, third.text) == ("a picture", "Close")


def test_a_page_says_its_title_language_canonical_and_base():
    html = """<html lang="en-IE"><head><title>Quiet
      kettles</title><base href="/shop/"><link rel="CANONICAL" href="https://x.example/k"></head><h1>Other</h1>"""
    document = read(html)
    assert (document.title, document.lang) == ("Quiet kettles", "en-IE")
    assert (document.permalink, document.base) == ("https://x.example/k", "/shop/")
    assert read("<h1>Only a heading</h1>").title == "Only a heading"
    assert read("<p>x").title is None


@pytest.mark.parametrize(
    "html",
    ["", "<", "<a", "<a href", '<a href="x', "<a href=x", "</a>", "<!--", "<![CDATA[", "\0", "<a \0href=x>", "<title>"],
)
def test_what_breaks_off_is_read_to_its_end(html):
    assert hrefs(html) == []


_PIECES = (
    "<a href=/x>", '<a href="/y?a=1&amp;b">', "</a>", "<a\n", "href='", "'", '"', ">", "<p>", "<!--", "-->", "<script>",
    "</script>", "<template>", "</template>", "<table>", "<td>", "<b>", "</b>", "&amp;", "&copy", "é", "\0", "\r\n",
    "<svg>", "</svg>", "<textarea>", "<area href=/z>", "<form action=/f>", "</form>", " ", "/", "=", "<noscript>",
)  # fmt: skip


@settings(max_examples=300)
@given(st.lists(st.sampled_from(_PIECES), max_size=25).map("".join))
def test_the_links_are_those_of_a_browser_s_parser_and_stand_where_they_say(html):
    source = Source(html.encode(), "page.html")
    found = READERS["html"].read(source).anchors
    data = html.encode()
    for link in found:
        start, end = (source.byte_offset(at) for at in (link.span.href_start, link.span.href_end))
        assert data[start:end].decode() == link.raw
        assert source.text[link.span.start] == "<"
    blank = "\t\n\f\r "
    wanted = {
        (node.attributes.get("action" if node.tag == "form" else "href") or "").strip(blank)
        for node in LexborHTMLParser(source.text).css("a[href],area[href],form[action]")
    }
    forms_without = {""} if "<form" in html else set()
    assert {link.href.replace("\0", "�") for link in found} - forms_without == wanted - forms_without


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ("<button data-href=' /x?a=1&amp;b=2 '>y</button>", [("button", "/x?a=1&b=2", "y")]),
        ("<a data-href=/x>y</a>", [("a", "/x", "y")]),
        ("<a href=/x data-href=/no onclick=\"location='/no'\">y</a>", [("a", "/x", "y")]),
        ("<button onclick=\"location.href='/x'\">y</button>", [("button", "/x", "y")]),
        ("<div onclick=\"window.open('https://a.com/?x=1&amp;y=2', '_blank'); return false\">y</div>",
         [("div", "https://a.com/?x=1&y=2", "y")]),
        ("<span onclick='window.location.assign(&quot;/x&quot;);'>y</span>", [("span", "/x", "y")]),
        ("<button onclick=\"location.href='/x' + id\">y</button>", []),
        ("<button onclick=\"if (ok) location.href='/x'\">y</button>", []),
        ("<button onclick=\"location.href=url\">y</button>", []),
        ("<button onclick=\"location.href='/x\\u0026y'\">y</button>", []),
        ("<div onclick=\"location='/x'\"><a href=/y>y</a></div>", [("a", "/y", "y")]),
        ("<!-- <button data-href=/no> --><p>location</p><li>data-href", []),
    ],
)  # fmt: skip
def test_a_script_that_only_goes_to_one_url_is_a_link(html, expected):
    found = links(html)
    assert [(link.tag, link.href, link.text) for link in found] == expected
    assert all(html[link.span.href_start : link.span.href_end] == link.raw for link in found)
