"""Where answers stand: what is told and what is missing, from facts to cells."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from tests.warehouse_rows import MONDAY, Rows, days, project

from cta_analytics.metrics import measure
from cta_analytics.metrics.figures import AnswerKind
from cta_analytics.metrics.period import of_week
from cta_analytics.reports.answer_rows import rows as answer_rows
from cta_analytics.reports.facts import Facts, read
from cta_analytics.reports.standing import standings
from cta_analytics.stats.needed import more, to_differ

WEEK = of_week("2026-W45")


@pytest.fixture
def facts(rows: Rows, tmp_path: Path) -> Facts:
    """Twelve answers of one click in ten, a loud one of four in ten, one of two lucky visitors, one that nobody read."""
    rows.answer("unread")
    for number in range(12):
        rows.answer(f"usual-{number:02}")
        for day in days(MONDAY, 7):
            rows.visits(f"usual-{number:02}", day, 10 + number % 2, amazon=1)
    rows.answer("loud")
    rows.visits("loud", MONDAY, 400, amazon=100)
    rows.answer("lucky")
    rows.visits("lucky", MONDAY, 2, amazon=2)
    return read(rows.done().connection, project(tmp_path), WEEK)


def test_two_lucky_visitors_do_not_lead(facts: Facts) -> None:
    found = {key[0]: line for key, line in facts.standings.items()}
    assert (found["lucky"].raw, found["loud"].raw) == (1.0, 0.25)
    assert found["lucky"].estimate.rate < found["loud"].estimate.rate
    assert found["loud"].place == 1
    assert found["loud"].is_told
    assert found["loud"].needs_to_differ == 0
    assert sorted(line.place for line in found.values() if line.place) == list(range(1, 15))


def test_what_cannot_be_told_says_how_many_more(facts: Facts) -> None:
    found = {key[0]: line for key, line in facts.standings.items()}
    lucky = found["lucky"]
    assert not lucky.is_told
    assert lucky.needs_to_differ == more(to_differ(lucky.estimate.rate, lucky.usual), 2)
    shown = {row.slug: row.standing for row in answer_rows(facts)}
    assert shown["lucky"].needs.startswith(
        f"needs about {facts.locale.count(lucky.needs_to_differ or 0)} more visitor-days"
    )
    assert shown["loud"].needs == f"above the usual {facts.locale.share(found['loud'].usual)}"


def test_an_answer_that_nobody_read_has_no_place(facts: Facts) -> None:
    unread = facts.standings[("unread", "site.example", "")]
    assert (unread.raw, unread.place, unread.among_best) == (None, None, 0.0)
    assert unread.estimate.rate == pytest.approx(unread.usual)
    shown = {row.slug: row.standing for row in answer_rows(facts)}["unread"]
    assert (shown.place, shown.place_sort) == ("–", None)


def test_kinds_are_those_of_the_last_scan(rows: Rows, facts: Facts) -> None:
    found = measure.rows(rows.connection, "kinds_of_answers", AnswerKind)
    assert AnswerKind("loud", "site.example", None, "answer") in found
    assert len(found) == 15


def test_a_site_that_nobody_read_has_no_standings(facts: Facts) -> None:
    unread = [line.answer for line in facts.answers if line.answer.answer == "unread"]
    assert standings(unread, [], {}) == {}
    (row,) = answer_rows(replace(facts, answers=tuple(line for line in facts.answers if line.answer in unread)))
    assert row.standing.needs == ""
