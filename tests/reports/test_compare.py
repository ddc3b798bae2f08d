"""Like days with like days, and verdicts over all answers together."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest
from tests.warehouse_rows import MONDAY, Rows, days, project

from cta_analytics.metrics import measure
from cta_analytics.metrics.figures import Answer
from cta_analytics.metrics.period import Period
from cta_analytics.reports.compare import answer_changes, like_days
from cta_analytics.reports.facts import read
from cta_analytics.stats.change import Share
from cta_analytics.stats.verdict import Verdict

WEEK = Period(MONDAY, MONDAY + timedelta(days=6))


def test_two_whole_weeks_are_compared_as_they_are() -> None:
    like = like_days(WEEK, [])
    assert like.is_whole
    assert (list(like.now), list(like.before)) == (WEEK.days, WEEK.before.days)


def test_a_day_missing_now_leaves_out_its_weekday_before() -> None:
    like = like_days(WEEK, [date(2026, 11, 4)])
    assert (like.skipped_now, like.skipped_before) == ((date(2026, 11, 4),), (date(2026, 10, 28),))


def test_a_day_missing_before_leaves_out_its_weekday_now() -> None:
    like = like_days(WEEK, [date(2026, 10, 28)])
    assert (like.skipped_now, like.skipped_before) == ((date(2026, 11, 4),), (date(2026, 10, 28),))
    assert len(like.now) == len(like.before) == 6


def _changes(rows: Rows) -> dict[str, Verdict]:
    found = measure.rows(
        rows.done().connection, "by_answer", Answer, WEEK, like_days=WEEK.days, before_days=WEEK.before.days, source="x"
    )
    return {line.answer.answer: line.verdict for line in answer_changes(found)}


def test_a_true_rise_stands_out_among_many_that_only_seem_to(rows: Rows) -> None:
    rows.answer("riser")
    for day in days(WEEK.before.first, 14):
        rows.visits("riser", day, 60, amazon=12 if day >= MONDAY else 4)
    for number in range(30):
        rows.answer(f"quiet-{number:02}")
        for day in days(WEEK.before.first, 14):
            rows.visits(
                f"quiet-{number:02}", day, 4, amazon=int(day == MONDAY) + int(day == MONDAY + timedelta(days=1))
            )
    verdicts = _changes(rows)
    assert verdicts.pop("riser") is Verdict.rose
    assert set(verdicts.values()) == {Verdict.cannot_tell}


def test_an_answer_too_small_to_show_anything_is_not_among_the_tested(rows: Rows) -> None:
    rows.answer("a")
    rows.visits("a", MONDAY, 2, amazon=1)
    rows.visits("a", WEEK.before.first, 2)
    found = measure.rows(
        rows.done().connection, "by_answer", Answer, WEEK, like_days=WEEK.days, before_days=WEEK.before.days, source="x"
    )
    (line,) = answer_changes(found)
    assert (line.adjusted_p, line.verdict) == (None, Verdict.cannot_tell)


def test_an_even_rise_is_one_and_its_false_alarms_are_stated(rows: Rows, tmp_path: Path) -> None:
    """Ten answers of 42 clicks a week, then 84, as even as can be."""
    for number in range(10):
        rows.answer(f"even-{number}")
        for index, day in enumerate(days(WEEK.before.first, 14)):
            rows.visits(f"even-{number}", day, 100, amazon=6 if index < 7 else 12)
    facts = read(rows.done().connection, project(tmp_path), WEEK)
    assert {line.verdict for line in facts.answers} == {Verdict.rose}
    assert facts.false_alarms == pytest.approx(0.5)
    assert facts.likeness.correlation == 0.0


def test_a_day_that_brings_all_clicks_makes_no_rise(rows: Rows, tmp_path: Path) -> None:
    for number in range(10):
        rows.answer(f"swings-{number}")
        for index, day in enumerate(days(WEEK.before.first, 14)):
            rows.visits(f"swings-{number}", day, 100, amazon={3: 42, 10: 84}.get(index, 0))
    facts = read(rows.done().connection, project(tmp_path), WEEK)
    assert {line.verdict for line in facts.answers} == {Verdict.cannot_tell}
    assert facts.false_alarms == 0
    found = facts.change()
    assert found is not None
    assert found.p_value > 0.1


def test_the_same_weeks_a_year_before_are_compared_weekday_by_weekday(rows: Rows, tmp_path: Path) -> None:
    rows.answer("oil")
    for day in days(MONDAY - timedelta(days=364), 371):
        rows.visits("oil", day, 50, amazon=3 if day < MONDAY else 20)
    facts = read(rows.done().connection, project(tmp_path), WEEK)
    (line,) = facts.year_changes.values()
    assert facts.year_like.before[0] == date(2025, 11, 3)
    assert (line.before, line.now, line.verdict) == (Share(21, 350), Share(140, 350), Verdict.rose)


def test_logs_that_do_not_reach_back_a_year_are_not_compared_with_it(rows: Rows, tmp_path: Path) -> None:
    rows.answer("oil")
    rows.visits("oil", MONDAY, 50, amazon=3)
    assert read(rows.done().connection, project(tmp_path), WEEK).year_changes == {}
