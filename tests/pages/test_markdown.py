"""The Markdown reader: CommonMark's links, the file's own places, and the dialect of exported pages."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cta_analytics.pages import READERS, escapes
from cta_analytics.pages.anchor import Document
from cta_analytics.pages.source import Source


def read(text: str) -> Document:
    return READERS["markdown"].read(Source(text.encode(), "page.md"))


def hrefs(text: str) -> list[str]:
    return [link.href for link in read(text).anchors]


def places(text: str) -> list[tuple[tuple[int, int], str]]:
    """Line and column of each link, and its URL cut out of the file's bytes."""
    data = text.encode()
    source = Source(data, "page.md")
    found = []
    for link in READERS["markdown"].read(source).anchors:
        start, end = (source.byte_offset(at) for at in (link.span.href_start, link.span.href_end))
        found.append((source.position(link.span.start), data[start:end].decode()))
    return found


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("[a](/b)", ["/b"]),
        ('[a](/b "title")', ["/b"]),
        ("[a](</b c>)", ["/b c"]),
        ("[a](/b\\_c?d=1&amp;e=2)", ["/b_c?d=1&e=2"]),
        ("[a](/b(c)d)", ["/b(c)d"]),
        ("[a](javascript:x)", ["javascript:x"]),
        ("<https://x.example/?a=1&b>", ["https://x.example/?a=1&b"]),
        ("<tea@x.example>", ["mailto:tea@x.example"]),
        ("[a][r] [R][] [r]\n\n[r]: /ref\n[r]: /later", ["/ref", "/ref", "/ref"]),
        ('word <a href="/h">x</a>', ["/h"]),
        ('<div>\n<a href="/h">x</a>\n</div>', ["/h"]),
        ("| a | b |\n|---|---|\n| [x](/1) | [y](/2) |", ["/1", "/2"]),
        ("[![alt](/i.png)](/b)", ["/b"]),
        ("https://x.example is bare", ["https://x.example"]),
        (
            "(see https://x.example/a_(b)?c=1&d=2.) *http://y.example*",
            ["https://x.example/a_(b)?c=1&d=2", "http://y.example"],
        ),
        (
            "https://x.example/a&amp; https://x.example/b&c https://x.example/c)).",
            [f"https://x.example/{c}" for c in ("a", "b&c", "c")],
        ),
        ("xhttps://x.example https://localhost/a `https://x.example` http:// :// [https://x.example](/a)", ["/a"]),
        ('<a href="/h">https://x.example</a>', ["/h"]),
        ("| https://x.example/1 | HTTP://y.example |\n|---|---|", ["https://x.example/1", "HTTP://y.example"]),
        ("![alt](/i.png)", []),
        ("`[a](/b)` \\[a](/b)", []),
        ("    [a](/b)", []),
        ("```\n[a](/b)\n```", []),
        ("<!-- [a](/b) <a href=/c> -->", []),
        ("![[a](/b)](/i.png)", []),
    ],
)
def test_links_are_those_of_commonmark(text, expected):
    assert hrefs(text) == expected


def test_places_are_the_file_s_also_in_quotes_lists_and_tables():
    text = (
        "# [one](/1)\r\n"
        "\r\n"
        "> - \U0001f375 [two](/2) and\r\n"
        ">   [thr\r\n"
        "  ee](</3>)\r\n"
        "\r\n"
        "\t1. x\r\n"
        "\r\n"
        "| a | \\| é [four](/4) |\r\n"
        "|---|---|\r\n"
        "| [five](/5\\|x) | [six](/6) |\r\n"
        "\r\n"
        "Setext [seven](/7)\r\n"
        "===\r\n"
    )
    assert places(text) == [
        ((1, 3), "/1"),
        ((3, 7), "/2"),
        ((4, 5), "/3"),
        ((9, 12), "/4"),
        ((11, 3), "/5\\|x"),
        ((11, 19), "/6"),
        ((13, 8), "/7"),
    ]


def test_a_reference_stands_at_its_use_and_its_url_at_the_definition():
    assert places("[a] and\n[b][a]\n\n> [a]:\n>   /x 'title'\n") == [((1, 1), "/x"), ((2, 1), "/x")]


def test_inline_html_has_the_places_of_its_attribute():
    assert places('- x <a class="b"\n  href="/h?a=1&amp;b=2">y</a>') == [((1, 5), "/h?a=1&amp;b=2")]


def test_the_url_line_gives_the_path_and_is_no_link():
    text = "# Tea\n\n**URL:** https://localhost/answers/tea\n\nSee [more](/more).\n"
    document = read(text)
    assert document.permalink == "https://localhost/answers/tea"
    assert [link.href for link in document.anchors] == ["/more"]
    assert [link.href for link in read("**URL:** <https://localhost/tea>\n\n[a](/b)").anchors] == ["/b"]


def test_front_matter_is_no_text_and_its_permalink_comes_first():
    text = (
        '---\ntitle: "Tea: hot"  # a comment\npermalink: /tea/\nlink: https://x.example\n---\n**URL:** /no\n\n[a](/b)\n'
    )
    document = read(text)
    assert (document.title, document.permalink) == ("Tea: hot", "/tea/")
    assert places(text) == [((8, 1), "/b")]
    assert read("+++\ntitle = 'Tea'\npermalink = '/t'\n+++\n# x").permalink == "/t"
    assert read("---\nno end").permalink is None


def test_a_card_of_an_exporter_is_a_link_without_its_heading_mark():
    (first, second) = read("[### Which tea?\nThe green one.](/answers/tea)[### Why?\nIt is hot.](/answers/why)").anchors
    assert (first.text, second.text) == ("Which tea? The green one.", "Why? It is hot.")
    assert first.surroundings.is_card
    assert second.surroundings.touches_previous


def test_the_heading_above_a_link_is_the_nearest_before_it():
    text = "# Tea & *more*\n\n[a](/a)\n\n## Second\n\n[b](/b)"
    assert [link.heading for link in read(text).anchors] == ["Tea & more", "Second"]


_PIECES = (
    "[", "](", ")", "[a](/b)", "](<", ">", "text", "&amp;", "\\", "\n", "\r\n", "\n\n", "> ", "- ", "1. ", "  ", "\t",
    "# ", "**", "`", '<a href="u">', "</a>", "<https://x.example/?a>", "[r]", "[r]: /url\n",
    "| a | b |\n|--|--|\n", "|",
    "\\|", "<div>\n", "é", "\U0001f375", "\0", "![", "---\n", "**URL:** https://x/y\n", "<!--", "    ",
)  # fmt: skip


@settings(max_examples=300)
@given(st.lists(st.sampled_from(_PIECES), max_size=25).map("".join))
def test_any_text_is_read_and_each_url_stands_where_it_says(text):
    data = text.encode()
    source = Source(data, "page.md")
    for link in READERS["markdown"].read(source).anchors:
        start, end = (source.byte_offset(at) for at in (link.span.href_start, link.span.href_end))
        assert data[start:end].decode() == link.raw
        assert source.text[link.span.start] in "[<"
        assert source.text[link.span.end - 1] in ")]>"
        if link.syntax == "markdown":
            assert len(escapes.offsets(link.raw, "markdown")) == len(link.href) + 1
