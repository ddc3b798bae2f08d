"""Positions and encodings: offsets in code points to lines, columns and bytes of the file."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cta_analytics.errors import CtaError
from cta_analytics.pages.source import Source, read


def source(text: str, encoding: str = "utf-8", declares: bool = False) -> Source:
    return Source(text.encode(encoding), "page.html", declares)


def test_a_line_ends_at_lf_crlf_and_a_lone_cr_but_not_at_a_line_separator():
    found = source("a\nb\r\nc\rd\u2028e")
    assert [found.position(at) for at in (0, 2, 5, 7, 9)] == [(1, 1), (2, 1), (3, 1), (4, 1), (4, 3)]


def test_a_byte_order_mark_counts_as_bytes_and_as_no_column():
    found = Source("\ufeffab".encode(), "page.html")
    assert found.text == "ab"
    assert found.position(1) == (1, 2)
    assert found.byte_offset(1) == 4


def test_an_emoji_is_one_column_and_four_bytes():
    found = source("\U0001f375\ufe0f[x]")
    assert found.position(2) == (1, 3)
    assert found.byte_offset(2) == 7


def test_utf_16_is_known_by_its_mark_and_counts_two_bytes_a_character():
    found = Source("\ufeffé<a>".encode("utf-16-le"), "page.html")
    assert (found.text, found.encoding) == ("é<a>", "utf-16-le")
    assert found.byte_offset(1) == 4


def test_a_declaration_counts_and_latin_1_is_read_as_browsers_read_it():
    found = source('<meta charset="iso-8859-1">“', "cp1252", declares=True)
    assert found.text.endswith("“")
    assert found.byte_offset(len(found.text)) == 28


def test_a_declaration_in_a_comment_does_not_count():
    assert source('<!-- <meta charset="cp1252"> -->é', declares=True).encoding == "utf-8"


@pytest.mark.parametrize("label", ["nonsense", "rot13", "base64"])
def test_an_encoding_that_is_none_is_not_believed(label):
    assert source(f'<meta charset="{label}">é', declares=True).text.endswith("é")


def test_a_page_without_declaration_that_is_no_utf_8_is_detected():
    text = "Größe, Kessel und Tee: für alle, die früh aufstehen müssen. " * 20
    assert source(text, "cp1252").text == text


def test_a_few_broken_bytes_leave_a_utf_8_page_a_utf_8_page():
    data = "Tee für früh, grün, süß, heiß: ".encode() + b"\xff<a>"
    found = Source(data, "page.html")
    assert found.text == "Tee für früh, grün, süß, heiß: �<a>"
    assert found.byte_offset(found.text.index("<")) == data.index(b"<")


def test_bytes_are_exact_in_an_encoding_that_reads_two_sequences_as_one_character():
    # In cp932 the sign U+2252 has two codes, of which encoding gives only one.
    data = b'<meta charset="shift_jis">\x81\xe0\x87\x90<a>'
    found = Source(data, "page.html")
    assert found.byte_offset(found.text.index("<a>")) == data.index(b"<a>")


@given(st.binary(max_size=200), st.booleans())
def test_any_bytes_are_read_and_every_offset_has_a_place_in_the_file(data, declares):
    found = Source(data, "page.html", declares)
    places = [found.byte_offset(at) for at in range(len(found.text) + 1)]
    assert places == sorted(places)
    assert places[-1] == len(data)


@given(st.text(max_size=60))
def test_the_bytes_before_an_offset_are_the_text_before_it(text):
    data = text.encode("utf-8", "surrogatepass") if text.isprintable() else text.encode("utf-8", "replace")
    found = Source(data, "page.html")
    if found.encoding == "utf-8" and not data.startswith(b"\xef\xbb\xbf"):
        for at in range(len(found.text) + 1):
            assert data[: found.byte_offset(at)].decode("utf-8", "replace") == found.text[:at]


def test_a_missing_and_a_binary_file_are_named(tmp_path):
    with pytest.raises(CtaError, match=r"gone\.html: no such file"):
        read(tmp_path / "gone.html", "gone.html")
    (tmp_path / "picture.html").write_bytes(bytes(range(32)) * 20)
    with pytest.raises(CtaError, match=r"picture\.html: looks binary"):
        read(tmp_path / "picture.html", "picture.html")
