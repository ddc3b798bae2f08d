"""What to look at first: each finding from facts, ranked by what is at stake."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path

from tests.reports.scenes import SUNDAY, filled
from tests.warehouse_rows import MONDAY, Rows, project

from cta_analytics.metrics.period import of_week
from cta_analytics.reports.facts import read
from cta_analytics.reports.look import Look, looks

WEEK = of_week("2026-W45")


def _looks(rows: Rows, tmp_path: Path) -> list[Look]:
    return looks(read(rows.connection, project(tmp_path), WEEK))


def _titles(rows: Rows, tmp_path: Path) -> list[str]:
    return [look.title for look in _looks(rows, tmp_path)]


def test_the_planted_cases_are_found_the_most_at_stake_first(rows: Rows, tmp_path: Path) -> None:
    assert _titles(filled(rows), tmp_path) == [
        "“Answer 2?” is read and has no CTA",
        "“Answer 1?” has gone silent",
        "“Answer 4?” has a CTA that departs from the contract",
        "Bots would have changed “Answer 3?”",
        "Make 4 answers measurable: they share a tag",
        "Amazon hides the figures of 1 answer",
    ]


def test_evidence_is_numbers(rows: Rows, tmp_path: Path) -> None:
    found = {look.title: look for look in _looks(filled(rows), tmp_path)}
    assert found["“Answer 2?” is read and has no CTA"].evidence.startswith("280 visitor-days")
    assert found["“Answer 2?” is read and has no CTA"].where == "site/answer-2.md"
    silent = found["“Answer 1?” has gone silent"].evidence
    assert silent.startswith("No click from 280 visitor-days, after 28 from 280 in the days before.")
    assert "below 0.01%" in silent
    departing = found["“Answer 4?” has a CTA that departs from the contract"]
    assert departing.evidence == "21 clicks went through it. utm_content is “answer-3”, should be “answer-4”."
    assert departing.where == "site/answer-4.md:78"
    assert found["Bots would have changed “Answer 3?”"].evidence.startswith(
        "210 clicks by bots were left out, beside 28"
    )


def test_an_input_that_is_missing_comes_before_all(rows: Rows, tmp_path: Path) -> None:
    titles = _titles(filled(rows, gap=True, sold=False), tmp_path)
    assert set(titles[:2]) == {"Amazon's figures do not cover the whole period", "No log lines for Wed Nov 4"}


def test_a_fresh_import_is_not_called_stale(rows: Rows, tmp_path: Path) -> None:
    filled(rows, sold=False).imported(datetime.fromisoformat("2026-11-09T06:00"), MONDAY, SUNDAY)
    assert not any("do not cover" in title for title in _titles(rows, tmp_path))


def test_an_old_import_is(rows: Rows, tmp_path: Path) -> None:
    filled(rows, sold=False).imported(datetime.fromisoformat("2026-11-05T06:00"), MONDAY, MONDAY + timedelta(days=2))
    found = next(look for look in _looks(rows, tmp_path) if "do not cover" in look.title)
    assert (
        found.evidence == "Missing: Thu Nov 5, Fri Nov 6, Sat Nov 7 and 1 more. The newest import is as of Nov 5, 2026."
    )


def test_many_rejected_lines_are_worth_a_look_and_few_are_not(rows: Rows, tmp_path: Path) -> None:
    filled(rows)
    assert not any("not understood" in title for title in _titles(rows, tmp_path))
    rows.connection.execute("UPDATE internal.batches SET rejected = 180, other = other - 176")
    assert "2.0% of the log lines were not understood" in _titles(rows, tmp_path)


def test_a_quiet_answer_without_a_click_has_not_gone_silent(rows: Rows, tmp_path: Path) -> None:
    rows.answer("a")
    rows.visits("a", MONDAY - timedelta(days=7), 20, amazon=1)
    rows.visits("a", MONDAY, 20)
    assert not any("silent" in title for title in _titles(rows.done(), tmp_path))


def test_a_week_in_a_pause_of_the_logs_says_that_its_logs_are_missing(rows: Rows, tmp_path: Path) -> None:
    rows.answer("a")
    rows.visits("a", MONDAY - timedelta(days=700), 30)
    rows.visits("a", MONDAY + timedelta(days=70), 30)
    titles = _titles(rows.done(), tmp_path)
    assert any(title.startswith("No log lines for Mon Oct 26, Tue Oct 27, Wed Oct 28 and 11 more") for title in titles)


def test_while_all_answers_share_a_tag_measuring_comes_first(rows: Rows, tmp_path: Path) -> None:
    filled(rows, gap=True).connection.execute(
        "UPDATE internal.answer_conversions SET basis = 'allocated' WHERE basis = 'measured'"
    )
    first, second, *_ = _looks(rows, tmp_path)
    assert first.title == "Make 5 answers measurable: they share a tag"
    assert first.kind == "fix"
    assert second.kind == "data"


def test_a_stake_is_told_where_there_is_something_to_win(rows: Rows, tmp_path: Path) -> None:
    found = {look.title: look for look in _looks(filled(rows), tmp_path)}
    # 280 visitor-days at the site's click rate of 25.0 %.
    assert found["“Answer 2?” is read and has no CTA"].shown_stake == 70
    assert found["“Answer 2?” is read and has no CTA"].url == "https://www.site.example/answers/answer-2"
    assert found["Bots would have changed “Answer 3?”"].shown_stake is None
