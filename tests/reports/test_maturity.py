"""How final Amazon's figures are, by the imports and by no clock."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest
from tests.warehouse_rows import MONDAY

from cta_analytics.metrics.figures import Import
from cta_analytics.metrics.period import Period
from cta_analytics.reports.maturity import Stage, maturity

WEEK = Period(MONDAY, MONDAY + timedelta(days=6))


def _import(as_of: str, covers_to: str = "2026-11-08", covers_from: str = "2026-10-10") -> Import:
    first, last = date.fromisoformat(covers_from), date.fromisoformat(covers_to)
    return Import(
        "i", "a", "performance", "adgroup", "f", datetime.fromisoformat(as_of), "file", first, last, 1, True, "click"
    )


@pytest.mark.parametrize(
    ("as_of", "covers_to", "stage", "unknown"),
    [
        ("2026-11-09", "2026-11-08", Stage.partial, [date(2026, 11, 7), date(2026, 11, 8)]),
        ("2026-11-11", "2026-11-08", Stage.provisional, []),
        ("2026-12-06", "2026-11-08", Stage.provisional, []),
        ("2026-12-07", "2026-11-08", Stage.final, []),
        ("2026-12-07", "2026-11-05", Stage.partial, [date(2026, 11, 6), date(2026, 11, 7), date(2026, 11, 8)]),
        ("2026-11-02", "2026-11-01", Stage.nothing, WEEK.days),
    ],
)
def test_the_stage_follows_the_newest_import(as_of: str, covers_to: str, stage: Stage, unknown: list[date]) -> None:
    found = maturity([_import(as_of, covers_to)], WEEK)
    assert (found.stage, list(found.unknown)) == (stage, unknown)


def test_without_an_import_nothing_is_known() -> None:
    found = maturity([], WEEK)
    assert (found.stage, found.as_of, found.final_on) == (Stage.nothing, None, date(2026, 12, 6))


def test_a_later_import_completes_the_days_of_an_earlier_one() -> None:
    found = maturity([_import("2026-11-09"), _import("2026-11-12")], WEEK)
    assert found.stage is Stage.provisional
