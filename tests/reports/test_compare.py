"""Like days with like days, and verdicts over all answers together."""

from __future__ import annotations

from datetime import date, timedelta

from tests.warehouse_rows import MONDAY, Rows, days

from cta_analytics.metrics import measure
from cta_analytics.metrics.figures import Answer
from cta_analytics.metrics.period import Period
from cta_analytics.reports.compare import answer_changes, like_days
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
