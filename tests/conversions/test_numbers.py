"""Numbers of messy exports: read as meant, or refused with their place."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cta_analytics.conversions import numbers
from cta_analytics.conversions.numbers import Cell
from cta_analytics.errors import CtaError

SECTION = "[imports.mappings.amazon_attribution]"


def cells(*texts: str, whole: bool = False) -> list[Cell]:
    return [Cell(row, "Total sales", text, whole) for row, text in enumerate(texts, 2)]


def read(*texts: str, whole: bool = False, given: str | None = None) -> list[Decimal | None]:
    parts = [(cell, numbers.take_apart(cell)) for cell in cells(*texts, whole=whole)]
    mark = numbers.decimal_mark(((cell, amount) for cell, amount in parts if amount), given, SECTION)
    return [amount and numbers.value(cell, amount, mark) for cell, amount in parts]


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("12", "12"),
        ("1,234.50", "1234.50"),
        ("1.234,50", "1234.50"),
        ("1,50", "1.50"),
        ("12,34,567.00", "1234567.00"),
        ("1.234.567", "1234567"),
        ("1 234,50 €", "1234.50"),
        ("1\N{NARROW NO-BREAK SPACE}234,50\N{NO-BREAK SPACE}€", "1234.50"),
        ("1'234.50", "1234.50"),
        ("$12.50", "12.50"),
        ("-$12.50", "-12.50"),
        ("$-12.50", "-12.50"),
        ("($12.50)", "-12.50"),
        ("12.50-", "-12.50"),
        ("\N{MINUS SIGN}12.50", "-12.50"),
        ("€ 5,-", "5"),
        ("USD 12.00", "12.00"),
        ("Rs. 12.00", "12.00"),
        (".50", "0.50"),
        ("0.500", "0.500"),
        ("1234.567", "1234.567"),
        ("191.95999999999998", "191.95999999999998"),
        ("1e-05", "0.00001"),
        ("\N{FULLWIDTH DIGIT ONE}\N{FULLWIDTH DIGIT TWO}", "12"),
    ],
)
def test_a_number_is_read_as_it_is_meant(text: str, number: str) -> None:
    assert read(text) == [Decimal(number)]


@pytest.mark.parametrize("text", ["", "-", "—", "n/a", "null"])
def test_an_empty_cell_is_no_number_and_no_zero(text: str) -> None:
    assert read(text) == [None]


@pytest.mark.parametrize(
    "text", ["abc", "12%", "--5", "12.5.3", "12 34", "1,23,4", "(5)-", "$5€", "5 stars", "1.2.3,4", "<10"]
)
def test_what_is_no_number_is_refused_with_row_and_column(text: str) -> None:
    with pytest.raises(CtaError, match=r'^row 2, column "Total sales": ".+" is no number; '):
        read(text)


def test_one_cell_decides_how_the_others_are_read() -> None:
    assert read("1,234", "12.50") == [Decimal(1234), Decimal("12.50")]
    assert read("1,234", "12,50") == [Decimal("1.234"), Decimal("12.50")]


def test_thousands_in_whole_numbers_decide_for_amounts() -> None:
    count, amount = Cell(2, "Clicks", "1.234", True), Cell(2, "Sales", "2.500", False)
    parts = [(cell, numbers.take_apart(cell)) for cell in (count, amount)]
    mark = numbers.decimal_mark(((cell, found) for cell, found in parts if found), None, SECTION)
    assert [numbers.value(cell, found, mark) for cell, found in parts if found] == [Decimal(1234), Decimal(2500)]


def test_an_amount_that_reads_two_ways_is_refused_until_the_contract_says() -> None:
    with pytest.raises(CtaError) as error:
        read("1,234")
    assert str(error.value) == (
        'row 2, column "Total sales": "1,234" can be read in two ways; say which with decimal = "." or "," '
        "under [imports.mappings.amazon_attribution]"
    )
    assert read("1,234", given=".") == [Decimal(1234)]
    assert read("1,234", given=",") == [Decimal("1.234")]


def test_two_decimal_marks_in_one_file_are_refused() -> None:
    with pytest.raises(CtaError, match=r'^row 3, column "Total sales": "1,50" has a decimal comma, "1.50" in row 2'):
        read("1.50", "1,50")


def test_the_currency_of_a_sign_is_kept() -> None:
    signs = {text: numbers.take_apart(Cell(2, "x", text, False)) for text in ("$1", "1 €", "GBP 1", "R$1", "1")}
    assert {text: sorted(found.currencies)[:2] for text, found in signs.items() if found} == {
        "$1": ["AUD", "BRL"], "1 €": ["EUR"], "GBP 1": ["GBP"], "R$1": ["BRL"], "1": [],
    }  # fmt: skip


@pytest.mark.parametrize(
    ("number", "digits", "minor"),
    [
        ("119.96000000000001", 2, 11996),
        ("14.990000000000002", 2, 1499),
        ("0.005", 2, 1),
        ("-0.005", 2, -1),
        ("1234", 0, 1234),
    ],
)
def test_amounts_are_rounded_to_the_minor_unit(number: str, digits: int, minor: int) -> None:
    assert numbers.minor(Decimal(number), digits) == minor


@pytest.mark.parametrize("text", ["-1", "1.5"])
def test_a_count_is_whole_and_not_negative(text: str) -> None:
    with pytest.raises(CtaError, match='column "Total sales"'):
        numbers.whole(cells(text)[0], Decimal(text))


def test_noise_of_a_float_is_no_fraction() -> None:
    assert numbers.whole(cells("2.9999999999")[0], Decimal("2.9999999999")) == 3


@given(
    st.decimals(min_value=-(10**9), max_value=10**9, places=2),
    st.sampled_from([(",", "."), (".", ","), (" ", ","), ("'", ".")]),
)
def test_any_amount_survives_any_spelling(number: Decimal, marks: tuple[str, str]) -> None:
    thousands, decimal = marks
    text = f"{number:,.2f}".replace(",", "T").replace(".", decimal).replace("T", thousands)
    assert read(text, given=decimal) == [number]
    assert read(text, "1" + decimal + "5")[0] == number
