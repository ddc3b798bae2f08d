"""Hostile text made harmless."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cta_analytics.reports.clean import clean, fitted, plotly_text, short


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("plain – Text", "plain – Text"),
        ("a\x1b[31mb\x00", "a\\x1b[31mb\\x00"),
        ("two\nlines\tand\u2028more", "two lines and more"),
        ("ab\u202egpj.exe", "ab\\u202egpj.exe"),
        ("\u2066x\u2069\ufeff", "\\u2066x\\u2069\\ufeff"),
        ("e" + "\u0301" * 50, "e" + "\u0301" * 4),
        ("שלום", "שלום"),
        ("👩\u200d🔬", "👩\u200d🔬"),
        ("\U000e0041", "\\u{e0041}"),
    ],
)
def test_what_moves_or_hides_is_spelled_out(text: str, shown: str) -> None:
    assert clean(text) == shown


@given(st.text())
def test_nothing_that_turns_or_controls_is_left(text: str) -> None:
    left = set(clean(text))
    assert not left & set(map(chr, [*range(0x20), *range(0x7F, 0xA0), *range(0x202A, 0x202F), *range(0x2066, 0x206A)]))


def test_a_label_is_no_markup_for_plotly() -> None:
    assert plotly_text('<a href="x">&lt;b') == '&lt;a href="x"&gt;&amp;lt;b'


def test_a_long_text_is_cut_with_a_sign() -> None:
    assert (short("abcdef", 4), short("abcd", 4)) == ("abc…", "abcd")


def test_a_text_is_cut_to_the_room_that_it_has() -> None:
    assert fitted("Should you?", 300) == "Should you?"
    assert len(fitted("w" * 500, 300)) < len(fitted("l" * 500, 300)) < 100
    assert fitted("w" * 500, 300).endswith("…")
