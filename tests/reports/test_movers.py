"""The answers that moved, and what it takes to tell."""

from __future__ import annotations

from pathlib import Path

from tests.reports.scenes import filled
from tests.warehouse_rows import Rows, project

from cta_analytics.metrics.period import of_week
from cta_analytics.reports.facts import read
from cta_analytics.reports.movers import enough, movers
from cta_analytics.stats.verdict import Verdict

WEEK = of_week("2026-W45")


def test_the_one_with_most_clicking_visitors_more_or_fewer_comes_first(rows: Rows, tmp_path: Path) -> None:
    found = movers(read(filled(rows).connection, project(tmp_path), WEEK))
    # 280 visitor-days each: 70 after 28 is 42 more, none after 28 is 28 fewer.
    assert [(mover.name, mover.verdict, mover.before, mover.now) for mover in found] == [
        ("Answer 0?", Verdict.rose, "10.0%", "25.0%"),
        ("Answer 1?", Verdict.fell, "10.0%", "0.0%"),
    ]
    assert [mover.effect for mover in found] == [
        "about 42 clicking visitors more.",
        "about 28 clicking visitors fewer.",
    ]
    assert found[0].evidence == "70 of 280 visitor-days clicked, after 28 of 280:"


def test_it_says_what_it_takes_to_tell(rows: Rows, tmp_path: Path) -> None:
    rows.answer("a")
    rows.visits("a", WEEK.first, 100, amazon=10)
    said = enough(read(rows.done().connection, project(tmp_path), WEEK))
    # 10 to 20 %: 199, 10 to 5 %: 435, without the correction for continuity (statsmodels, test_needed.py).
    assert said is not None
    assert (
        "rate of 10.0%, a doubling shows from about 199 visitor-days in each period on, a halving from about 435"
        in said
    )
    assert "0 of 1 answers" in said


def test_without_a_rate_nothing_can_be_said(rows: Rows, tmp_path: Path) -> None:
    facts = read(rows.connection, project(tmp_path), WEEK)
    assert (enough(facts), movers(facts)) == (None, [])
