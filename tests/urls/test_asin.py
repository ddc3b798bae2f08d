"""ASINs and the ISBN-10s among them."""

from __future__ import annotations

import pytest

from cta_analytics.urls.asin import is_asin, is_certain, is_isbn10


# 0306406152: 10*0+9*3+8*0+7*6+6*4+5*0+4*6+3*1+2*5+1*2 = 132 = 12*11.
# 097522980X: 0+9*9+8*7+7*5+6*2+5*2+4*9+3*8+2*0+1*10 = 264 = 24*11.
@pytest.mark.parametrize("isbn", ["0306406152", "097522980X", "097522980x", "0201633612"])
def test_a_right_check_digit_makes_an_isbn(isbn: str) -> None:
    assert (is_isbn10(isbn), is_certain(isbn)) == (True, True)


@pytest.mark.parametrize("text", ["0306406153", "0975229801", "X975229800", "030640615", "٠٣٠٦٤٠٦١٥٢"])
def test_a_wrong_one_does_not(text: str) -> None:
    assert (is_isbn10(text), is_certain(text)) == (False, False)


def test_an_asin_is_ten_letters_and_digits() -> None:
    assert is_asin("B0ABCDEFGH")
    assert is_asin("b0abcdefgh")
    assert not any(map(is_asin, ["B0ABCDEFG", "B0ABCDEFGHI", "B0ABCDE-GH", ""]))


def test_only_b0_needs_no_check_digit() -> None:
    assert is_certain("B0ABCDEFGH")
    assert not is_certain("A0ABCDEFGH")
