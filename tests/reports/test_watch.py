"""The quarter so far against the one before, looked at every week."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest
from tests.warehouse_rows import MONDAY, Rows, days, project

from cta_analytics.metrics.figures import AnswerSince
from cta_analytics.metrics.period import Period, of_week
from cta_analytics.reports.facts import read
from cta_analytics.reports.watch import before, quarter, watched
from cta_analytics.stats.change import Share
from cta_analytics.stats.verdict import Verdict


@pytest.mark.parametrize(
    ("week", "first"),
    [("2026-W01", "2025-12-29"), ("2026-W13", "2025-12-29"), ("2026-W14", "2026-03-30"), ("2026-W45", "2026-09-28"),
     ("2026-W53", "2026-09-28")],
)  # fmt: skip
def test_a_quarter_begins_on_a_fixed_day(week: str, first: str) -> None:
    period = of_week(week)
    assert quarter(period) == Period(date.fromisoformat(first), period.last)


def _row(slug: str, now: tuple[int, int], then: tuple[int, int]) -> AnswerSince:
    return AnswerSince(slug, "site.example", None, now[1], now[0], then[1], then[0])


def test_a_rise_among_many_that_stayed_is_found_and_they_are_not() -> None:
    rows = [_row(f"quiet-{number:02}", (50 + number % 7, 1000), (52, 1000)) for number in range(40)]
    found = watched([*rows, _row("riser", (120, 1000), (50, 1000))])
    riser = found.pop(("riser", "site.example", ""))
    assert riser.verdict is Verdict.rose
    assert 0 < riser.difference.low < 0.07 < riser.difference.high
    assert {line.verdict for line in found.values()} == {Verdict.cannot_tell}


def test_an_answer_that_was_read_in_one_quarter_only_is_not_compared() -> None:
    assert watched([_row("new", (5, 100), (0, 0)), _row("gone", (0, 0), (5, 100))]) == {}


def test_the_facts_hold_both_quarters(rows: Rows, tmp_path: Path) -> None:
    week = of_week("2026-W45")
    since = quarter(week).first
    rows.answer("oil")
    for day in days(before(since) - timedelta(days=1), 92 + (week.last - since).days + 1):
        rows.visits("oil", day, 10, amazon=1 if day < since else 4)
    rows.visits("oil", MONDAY + timedelta(days=7), 10, amazon=10)
    (line,) = read(rows.done().connection, project(tmp_path), week).watched.values()
    # 91 days before, 42 days of six weeks; the day before them and the week after do not count.
    assert (line.before, line.now) == (Share(91, 910), Share(168, 420))
    assert line.verdict is Verdict.rose


def test_an_answer_that_swings_needs_more_to_have_risen() -> None:
    rows = [_row(f"quiet-{number:02}", (50 + number % 7, 1000), (52, 1000)) for number in range(40)]
    riser = _row("riser", (120, 1000), (50, 1000))
    (steady, swinging) = (watched([*rows, riser], {riser.key: factor})[riser.key].difference for factor in (1.0, 12.0))
    assert swinging.low < 0 < steady.low
