"""Assisted clicks: which answer a click on a product page belongs to, by each model."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path

import pytest
from tests.conftest import Cta
from tests.warehouse_rows import MONDAY, Rows, days, project

from cta_analytics.metrics import figures, measure
from cta_analytics.metrics.period import Period
from cta_analytics.reports.assisted import assisted
from cta_analytics.reports.facts import read
from cta_analytics.warehouse import schema

WEEK = Period(MONDAY, days(MONDAY, 7)[-1])
NOON = datetime(MONDAY.year, MONDAY.month, MONDAY.day, 12)
PRODUCT_PATH, PRODUCT_TARGET = 90, 900


def _session(rows: Rows, session: int, story: str) -> None:
    """One session: `a`, `b`, … are page views of answers, a minute apart, `!` is a click to Amazon on the product page."""
    for minute, step in enumerate(story):
        kind, path, target = (3, PRODUCT_PATH, PRODUCT_TARGET) if step == "!" else (1, rows._paths[step], None)
        rows.connection.execute(
            "INSERT INTO internal.events (kind, occurred_at, day, path_key, user_agent_key, visitor, session_id, origin_key, "
            "session_origin_key, target_key, via, beacon_id, is_internal, is_same_click, event_id, batch_id, line_number) "
            "SELECT $kind, $at, $day, $path, 1, $session, $session, 1, 1, $target, "
            "CASE WHEN $kind = 3 THEN 1 END, NULL, false, false, hash($session, $at, 7) >> 2, 1, 1",
            {
                "kind": kind,
                "at": NOON + timedelta(minutes=minute),
                "day": MONDAY,
                "path": path,
                "session": session,
                "target": target,
            },
        )


@pytest.fixture
def told(rows: Rows) -> Rows:
    for slug in "abc":
        rows.answer(slug)
    run = rows.connection.execute
    run(f"INSERT INTO internal.paths VALUES ({PRODUCT_PATH}, '/products/board', 'site.example', NULL, 'product', NULL)")
    run(f"INSERT INTO internal.targets VALUES ({PRODUCT_TARGET}, {PRODUCT_PATH}, 1, NULL, 1, 'slot', NULL)")
    # a led to it, b was read last; b alone twice over; c after the click; nothing was read before.
    for number, story in enumerate(("aba!", "ab!", "bb!", "a!c", "!c"), 1):
        _session(rows, number, story)
    return rows.done()


def test_each_model_gives_the_click_to_whom_it_should(told: Rows) -> None:
    found = told.connection.execute(
        "SELECT answer, sum(last_answer), sum(first_answer), sum(linear), sum(credit) FROM assisted_clicks GROUP BY ALL ORDER BY 1"
    ).fetchall()
    # aba!: last a, first a, halves. ab!: last b, first a, halves. bb!: b. a!c: a.
    assert found == [("a", 2.0, 3.0, 2.0, 2.0), ("b", 2.0, 1.0, 2.0, 2.0)]


def test_by_every_model_a_click_is_one_click(told: Rows) -> None:
    found = told.connection.execute(
        "SELECT DISTINCT last, first, even FROM (SELECT sum(last_answer) AS last, sum(first_answer) AS first, sum(linear) AS even "
        "FROM assisted_clicks GROUP BY event_id)"
    ).fetchall()
    assert found == [(1.0, 1.0, 1.0)]


@pytest.mark.parametrize(("model", "of_a"), [("last_answer", 2.0), ("first_answer", 3.0), ("linear", 2.0)])
def test_the_contract_chooses_the_model(told: Rows, model: str, of_a: float, tmp_path: Path) -> None:
    chosen = project(tmp_path, assisted_model=model)
    for key, value in schema.settings(chosen.contract).items():
        told.connection.execute(
            "INSERT OR REPLACE INTO internal.meta VALUES ($key, $value)", {"key": key, "value": value}
        )
    found = measure.rows(told.connection, "assisted_by_answer", figures.Assisted, WEEK)
    assert next(row for row in found if row.answer == "a") == figures.Assisted("a", None, of_a, 2.0, 3.0, 1)
    shown = assisted(read(told.connection, chosen, WEEK))
    words = {"last_answer": "last answer", "first_answer": "first answer", "linear": "equal parts"}
    assert shown.columns[1] == f"Assisted clicks ({words[model]})"
    assert ("a", f"{of_a:.0f}", "2–3", "1") in shown.rows


def test_another_model_in_the_contract_changes_the_published_view(demo: Path, cta: Cta) -> None:
    sql = "SELECT count(*) FILTER (credit <> linear) AS others, count(*) AS all FROM assisted_clicks"
    contract = demo / "cta.toml"
    text = contract.read_text(encoding="utf-8")
    contract.write_text(text.replace("[report]\n", '[report]\nassisted_model = "linear"\n'), encoding="utf-8")
    assert cta("scan", cwd=demo).returncode == 0
    result = cta("query", "--sql", sql.replace("AS all", "AS clicks"), "--format", "csv", cwd=demo)
    others, clicks = map(int, result.stdout.splitlines()[1].split(","))
    assert (others, clicks > 0) == (0, True)
