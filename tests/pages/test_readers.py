"""One test over all readers: nothing that a page holds stops them, or takes more than linear time."""

import pytest

from cta_analytics.pages import READERS, reader_of
from cta_analytics.pages.source import Source

MANY = 4000
HARD = {
    "nothing": "",
    "NUL": "a\0b<a href='/\0'>x</a>\0",
    "one line": "<a href=/x>link</a> text " * MANY,
    "open links": "<a href='/x'>" * MANY,
    "open blocks": "<div><a href=/x>y" * MANY,
    "open inline elements": "<span>text <a href=/x>y</a>" * MANY,
    "open formats": "<b>text <a href=/x>y</a>" * MANY,
    "open lists": "<ul><li>text <a href=/x>y</a>" * MANY,
    "open quotes": '<a href="x>text ' * MANY,
    "open comments": "<!-- " * MANY,
    "open tags": "<a " * MANY,
    "many attributes": f"<a {'x=1 ' * MANY}href=/y>z</a>",
    "many references": f'<a href="{"&amp;&x;" * MANY}">z</a>',
    "brackets": "[" * MANY,
    "links in links": "[a](" * MANY,
    "pictures in links": "![[" * MANY,
    "brackets and back": "[" * MANY + "x" + "]" * MANY,
    "one wide row": f"|{'a|' * 600}\n|{'-|' * 600}\n|{'[x](/y)|' * 600}",
    "many references to one": "[a]: /x\n\n" + "[a] " * MANY,
    "many definitions": "\n".join(f"[a{i}]: /x" for i in range(MANY)),
    "deep quotes": ">" * MANY + "[a](/b)",
    "parentheses": "(" * MANY + "[a](/b)",
}


@pytest.mark.parametrize("reader", list(READERS))
@pytest.mark.parametrize("name", list(HARD))
def test_hard_pages_are_read(reader, name):
    source = Source(HARD[name].encode(), "page")
    for link in READERS[reader].read(source).anchors:
        source.position(link.span.start)
        assert source.byte_offset(link.span.href_start) <= source.byte_offset(link.span.href_end) <= source.size


@pytest.mark.parametrize("reader", list(READERS))
def test_broken_utf_8_is_read(reader):
    source = Source(b"<p>\xff\xfe\xfd caf\xe9 <a href='/\xff'>l\xc3</a>", "page")
    (link,) = READERS[reader].read(source).anchors
    assert link.href.startswith("/")


@pytest.mark.parametrize("reader", list(READERS))
def test_a_reader_is_found_by_its_endings(reader):
    for ending in READERS[reader].suffixes:
        assert reader_of(f"Page{ending.upper()}") is READERS[reader]
    assert reader_of("page.txt") is None


def test_ten_thousand_links_are_ten_thousand_links():
    text = "<p>" + "Word <a href='/x?a=1&amp;b=2'>é\U0001f375</a> " * 10_000 + "</p>"
    source = Source(text.encode(), "page.html")
    found = READERS["html"].read(source).anchors
    assert len(found) == 10_000
    last = found[-1].span
    assert text.encode()[source.byte_offset(last.href_start) : source.byte_offset(last.href_end)] == b"/x?a=1&amp;b=2"
