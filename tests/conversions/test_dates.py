"""Days of messy exports: one order of day and month in a column, proven or told."""

from __future__ import annotations

from datetime import date

import pytest

from cta_analytics.conversions import dates
from cta_analytics.errors import CtaError

SECTION = "[imports.mappings.amazon_attribution]"
DAY = date(2026, 11, 9)


def read(*texts: str, given: str | None = None) -> list[date]:
    return dates.read(list(enumerate(texts, 2)), "Date", given, SECTION)


@pytest.mark.parametrize(
    "text",
    [
        "2026-11-09", "20261109", "2026/11/9", "2026-11-09 00:00:00", "2026-11-09T06:30:00.000Z", "9.11.2026",
        "Nov 9, 2026", "9 November 2026", "Monday, Nov. 9, 2026",
    ],
)  # fmt: skip
def test_a_day_is_read_in_every_plain_spelling(text: str) -> None:
    assert read(text) == [DAY]


def test_one_day_over_twelve_proves_the_order_of_the_column() -> None:
    assert read("11/09/2026", "11/13/2026") == [DAY, date(2026, 11, 13)]
    assert read("09/11/26", "13/11/26") == [DAY, date(2026, 11, 13)]


def test_equal_day_and_month_are_not_ambiguous() -> None:
    assert read("11/11/2026") == [date(2026, 11, 11)]


def test_an_order_that_nothing_proves_is_refused_until_the_contract_says() -> None:
    with pytest.raises(CtaError) as error:
        read("11/11/2026", "11/09/2026")
    assert str(error.value) == (
        'row 3, column "Date": "11/09/2026" may be day-month or month-day; say which with date_order = "DMY" or "MDY" '
        "under [imports.mappings.amazon_attribution]"
    )
    assert read("11/09/2026", given="MDY") == [DAY]
    assert read("09/11/2026", given="DMY") == [DAY]


def test_an_order_that_changes_is_refused() -> None:
    with pytest.raises(CtaError, match=r'^row 3, column "Date": "11/13/2026" contradicts "13/11/2026" in row 2'):
        read("13/11/2026", "11/13/2026")


@pytest.mark.parametrize("text", ["", "2026-02-30", "soon", "13/13/2026", "2026-11", "45970"])
def test_what_is_no_day_is_refused_with_row_and_column(text: str) -> None:
    with pytest.raises(CtaError, match=r'^row 2, column "Date": '):
        read(text)
