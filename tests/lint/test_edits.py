"""A URL's repair in the file: which characters change, and how the new ones are written there."""

import pytest

from cta_analytics.lint.edits import Edit, applied, edits, written
from cta_analytics.pages import reader_of
from cta_analytics.pages.source import Source


def edited(text: str, repaired: str, name: str = "page.html", encoding: str = "utf-8") -> str | None:
    """The text after its first link was given another URL; None where that cannot be written there."""
    source = Source(text.encode(encoding), name)
    reader = reader_of(name)
    anchor = reader.read(source).anchors[0]
    start = anchor.span.href_start
    at = written(source, start, anchor.raw, anchor.syntax)
    found = edits(at, anchor.href, repaired)
    if found is None:
        return None
    return text[:start] + applied(anchor.raw, found) + text[start + len(anchor.raw) :]


@pytest.mark.parametrize(
    ("before", "repaired", "after"),
    [
        # A value, and nothing around it.
        ('<a href="/x?a=1&amp;b=2#f">', "/x?a=1&b=3#f", '<a href="/x?a=1&amp;b=3#f">'),
        # What is appended is written as the link writes `&`: escaped, bare, by number, by the nearest one.
        ('<a href="/x?a=1&amp;b=2">', "/x?a=1&b=2&c=3", '<a href="/x?a=1&amp;b=2&amp;c=3">'),
        ('<a href="/x?a=1&b=2">', "/x?a=1&b=2&c=3", '<a href="/x?a=1&b=2&c=3">'),
        ('<a href="/x?a=1&#38;b=2">', "/x?a=1&b=2&c=3", '<a href="/x?a=1&#38;b=2&#38;c=3">'),
        ('<a href="/x?a=1&amp;b=2&d=4">', "/x?a=1&b=2&d=4&c=3", '<a href="/x?a=1&amp;b=2&d=4&c=3">'),
        # A link without one: as HTML asks for.
        ('<a href="/x?a=1">', "/x?a=1&b=2", '<a href="/x?a=1&amp;b=2">'),
        # Escapes elsewhere stay as they are.
        ('<a href="/caf&eacute;?a=1&amp;b=%20&quot;">', '/café?a=2&b=%20"', '<a href="/caf&eacute;?a=2&amp;b=%20&quot;">'),
        # Escaped twice: one of the two goes.
        ('<a href="/x?a=1&amp;amp;b=2">', "/x?a=1&b=2", '<a href="/x?a=1&amp;b=2">'),
        # Only the quote that would end the value is escaped.
        ("""<a href="/x?a=1">""", """/x?a='"'""", """<a href="/x?a='&#34;'">"""),
        ("""<a href='/x?a=1'>""", """/x?a='"'""", """<a href='/x?a=&#39;"&#39;'>"""),
        ("<a href=/x?a=1 class=c>", "/x?a=1 2&b='", "<a href=/x?a=1&#32;2&amp;b=&#39; class=c>"),
        ('<a href = " /x?a=1 ">', "/x?a=2", '<a href = " /x?a=2 ">'),
        # `&copy` without a semicolon would be read as a sign.
        ('<a href="/x?a=1&b=2">', "/x?a=1&copy", '<a href="/x?a=1&amp;copy">'),
        # A scheme.
        ('<a href="http://x.example/">', "https://x.example/", '<a href="https://x.example/">'),
        # A line break within a URL goes with what it stands in.
        ('<a href="/x?a=1&amp;\r\nb=2">', "/x?a=1&b=2", '<a href="/x?a=1&amp;b=2">'),
    ],
)  # fmt: skip
def test_html_keeps_what_the_author_wrote(before, repaired, after):
    assert edited(f"<p>é\U0001f375 {before}s</a>", repaired) == f"<p>é\U0001f375 {after}s</a>"


@pytest.mark.parametrize(
    ("before", "repaired", "after"),
    [
        ("[s](/x?a=1&b=2)", "/x?a=1&b=2&c=3", "[s](/x?a=1&b=2&c=3)"),
        ("[s](/x?a=1&amp;b=2)", "/x?a=1&b=2&c=3", "[s](/x?a=1&amp;b=2&amp;c=3)"),
        ("[s](/x?a=1)", "/x?a=1&b=2", "[s](/x?a=1&b=2)"),
        (r"[s](/x\_y?a=1 'title')", "/x_y?a=2", r"[s](/x\_y?a=2 'title')"),
        ("[s](/x?a=1)", "/x?a=(1", r"[s](/x?a=\(1)"),
        ("[s](</x?a=1>)", "/x?a=(1", "[s](</x?a=(1>)"),
        ("[s](</x?a=1>)", "/x?a=<1 2>", r"[s](</x?a=\<1&#32;2\>>)"),
        ("[s](/x?a=1)", "/x?a=1 2", "[s](/x?a=1&#32;2)"),
        # Would be read as a sign.
        ("[s](/x?a=1&b=2)", "/x?a=1&copy;", "[s](/x?a=1&amp;copy;)"),
        ("[s][r]\n\n[r]: </x?a=1> 'title'", "/x?a=2", "[s][r]\n\n[r]: </x?a=2> 'title'"),
        ("<https://x.example/?a=1>", "https://x.example/?a=1&b=2", "<https://x.example/?a=1&b=2>"),
        ("See https://x.example/?a=1.", "https://x.example/?a=1&b=2", "See https://x.example/?a=1&b=2."),
        ('<a href="/x?a=1&amp;b=2">s</a>', "/x?a=1", '<a href="/x?a=1">s</a>'),
        # Within Markdown an unquoted value holds no `=`, else the tag is none.
        ("<a href=/x>s</a>", "/x?a=1", "<a href=/x?a&#61;1>s</a>"),
        ("| a |\n|---|\n| [s](/x?a=1) |", "/x?a=1|2", "| a |\n|---|\n| [s](/x?a=1\\|2) |"),
    ],
)
def test_markdown_keeps_what_the_author_wrote(before, repaired, after):
    assert edited(before, repaired, "page.md") == after


@pytest.mark.parametrize(
    ("before", "repaired", "after", "name"),
    [
        ('<A href="/x?a=1&amp;b=2" />', "/x?a=1&b=3", '<A href="/x?a=1&amp;b=3" />', "page.mdx"),
        ('<a href={"/x?a=1"}>s</a>', "/x?a=1&b=2", '<a href={"/x?a=1&b=2"}>s</a>', "page.astro"),
        ("""<a :href="'/x?a=1'">s</a>""", "/x?a=2", """<a :href="'/x?a=2'">s</a>""", "page.vue"),
        ("<button onclick=\"location.href='/x?a=1'\">s</button>", "/x?a=1&b=2",
         "<button onclick=\"location.href='/x?a=1&amp;b=2'\">s</button>", "page.html"),
    ],
)  # fmt: skip
def test_templates_and_scripts_keep_what_the_author_wrote(before, repaired, after, name):
    assert edited(before, repaired, name) == after


@pytest.mark.parametrize(
    ("before", "repaired", "name"),
    [
        # None of these can be said there: `<…>` knows no escapes, a string of a script ends at its quote.
        ("<https://x.example/?a=1>", "https://x.example/?a=1 2", "page.md"),
        ("<https://x.example/?a=1>", "https://x.example/?a=<", "page.md"),
        # A bare URL ends before the punctuation of its sentence.
        ("See https://x.example/?a=1", "https://x.example/?a=1&b=2.", "page.md"),
        ("See https://x.example/?a=1", "https://x.example/?a=1&b=&amp;", "page.md"),
        ("<button onclick=\"location.href='/x?a=1'\">s</button>", "/x?a='", "page.html"),
        ('<a href={"/x?a=1"}>s</a>', '/x?a="', "page.astro"),
        # Would become an expression of the template.
        ('<a href="/x?a=1">s</a>', "/x?a={{1}}", "page.liquid"),
    ],
)
def test_what_cannot_be_written_at_a_place_is_not(before, repaired, name):
    assert edited(before, repaired, name) is None


def test_a_sign_that_the_encoding_lacks_is_written_by_number():
    text = '<meta charset="windows-1252"><a href="/x?a=é">s</a>'
    assert edited(text, "/x?a=é茶", encoding="cp1252") == text.replace("é", "é&#33590;")
    text = "Für müde Füße: wärmt über Nacht, schön für Grüße. [Schüssel](/x?a=1)"
    assert edited(text, "/x?a=茶", "page.md", "cp1252") == text.replace("1", "&#33590;")


def test_a_text_that_has_changed_is_not_edited():
    source = Source(b'<a href="/y?a=1">', "page.html")
    assert written(source, 9, "/x?a=1", "html") is None


def test_only_what_differs_is_replaced():
    source = Source(b'<a href="/x?utm_source=lark-moor&amp;gclid=1&amp;tag=maas">', "page.html")
    at = written(source, 9, source.text[9:-2], "html")
    repaired = "/x?utm_source=larkmoor&gclid=1&tag=maas_2"
    found = edits(at, "/x?utm_source=lark-moor&gclid=1&tag=maas", repaired)
    assert found == (Edit(18, 19, ""), Edit(48, 48, "_2"))
    (found,) = edits(at, "/x?utm_source=lark-moor&gclid=1&tag=maas", "/x?utm_source=lark-moor&tag=maas")
    assert at.raw[found.start : found.end] in {"&amp;gclid=1", "gclid=1&amp;"}
    assert found.text == ""
