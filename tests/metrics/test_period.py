"""Periods: ISO weeks across years, spans, and what they are compared with."""

from __future__ import annotations

from datetime import date

import pytest

from cta_analytics.errors import CtaError
from cta_analytics.metrics.period import Period, of_days, of_week, week_of


def test_a_week_runs_from_monday_to_sunday() -> None:
    assert of_week("2026-W45") == Period(date(2026, 11, 2), date(2026, 11, 8))


def test_a_week_belongs_to_the_year_of_its_thursday() -> None:
    assert week_of(date(2027, 1, 1)).iso_week == "2026-W53"
    assert of_week("2026-W53").before.iso_week == "2026-W52"


def test_a_span_is_named_by_its_days() -> None:
    period = of_days("2026-11-01", "2026-11-30")
    assert (period.name, period.length, period.iso_week) == ("2026-11-01_2026-11-30", 30, None)
    assert period.before == Period(date(2026, 10, 2), date(2026, 10, 31))


def test_a_span_that_is_a_week_is_that_week() -> None:
    assert of_days("2026-11-02", "2026-11-08").name == "2026-W45"


@pytest.mark.parametrize("text", ["2026-W54", "2026-45", "W45", "", "2026-W00"])
def test_no_week_is_said_to_be_none(text: str) -> None:
    with pytest.raises(CtaError, match="no ISO week; write one like 2026-W45"):
        of_week(text)


def test_a_span_backwards_is_refused() -> None:
    with pytest.raises(CtaError, match="the first day comes after the last"):
        of_days("2026-11-08", "2026-11-02")


def test_no_date_is_said_to_be_none() -> None:
    with pytest.raises(CtaError, match='--to "8/11/2026": no date'):
        of_days("2026-11-02", "8/11/2026")
