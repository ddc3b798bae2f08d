"""Numbers, money and dates by locale."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from cta_analytics.errors import CtaError
from cta_analytics.metrics.period import of_days, of_week
from cta_analytics.reports.locale import LOCALES, locale

US, DE = LOCALES["en-US"], LOCALES["de-DE"]


def test_counts() -> None:
    assert [US.count(n) for n in (None, 0, 1234567, Decimal("2.0000"), Decimal("1234.5678"))] == [
        "–", "0", "1,234,567", "2", "1,234.6",
    ]  # fmt: skip
    assert DE.count(Decimal("1234.5")) == "1.234,5"


def test_shares_and_changes() -> None:
    assert [US.share(0.1234), US.share(0.1234, 0), US.share(None), DE.share(0.5)] == [
        "12.3%",
        "12%",
        "–",
        "50,0\u00a0%",
    ]
    assert [US.change(110, 100), US.change(97, 100), US.change(100, 100), US.change(1, 0)] == [
        "+10%",
        "−3.0%",
        "±0.0%",
        "–",
    ]


def test_money() -> None:
    assert [US.cash(123456, "USD"), US.cash(-5, "USD"), US.cash(1500, "JPY"), US.cash(99, "CHF")] == [
        "$1,234.56", "−$0.05", "¥1,500", "0.99 CHF",
    ]  # fmt: skip
    assert DE.cash(123456, "EUR") == "1.234,56\u00a0€"
    assert US.cash(None, "USD") == US.cash(5, None) == "–"
    assert [US.about(6825, "USD"), US.about(1500, "JPY")] == ["$68", "¥1,500"]


def test_dates_and_spans() -> None:
    assert [US.day(date(2026, 11, 8)), LOCALES["en-GB"].day(date(2026, 11, 8), year=True)] == ["Nov 8", "8 Nov 2026"]
    assert US.span(of_week("2026-W45")) == "Nov 2–8, 2026"
    assert LOCALES["en-GB"].span(of_week("2026-W44")) == "26 Oct – 1 Nov 2026"
    assert US.span(of_days("2026-12-30", "2027-01-02")) == "Dec 30, 2026 – Jan 2, 2027"
    assert US.span(of_days("2026-11-08", "2026-11-08")) == "Nov 8, 2026"


def test_an_unknown_locale_names_the_known_ones() -> None:
    with pytest.raises(CtaError, match="known are en-US, en-GB"):
        locale("xx-XX")
