"""Brand Store insights: by source tag they are an answer's, by page and day a summary."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from cta_analytics.config import Contract, Project
from cta_analytics.conversions import imports
from cta_analytics.warehouse import connection, queries

WEEK = {"startDate": "2026-11-02", "endDate": "2026-11-08"}


def project(root: Path, **contract: Any) -> Project:
    values = {"accounts": {"us": {"marketplace": "US"}}} | contract
    return Project(contract=Contract.model_validate(values), root=root, file=None)


def insights(path: Path, dimension: str, *rows: tuple[str, int, str], **envelope: str) -> Path:
    details = [
        {dimension: name, "VIEWS": 2 * visits, "VISITS": visits, "ORDERS": 1, "UNITS": 1, "SALES": float(sales)}
        for name, visits, sales in rows
    ]
    path.write_text(json.dumps({"dimension": dimension, **envelope, "metricsDetails": details}))
    return path


def test_a_tag_of_one_answer_is_measured_and_other_tags_are_nobodys(tmp_path: Path) -> None:
    here = project(tmp_path, tags={"by_answer": {"back": {"channel": "larkmoor-back"}}})
    rows = [("larkmoor-back", 24, "97.99999999999999"), ("Other tags", 7, "10.5")]
    outcome = imports.run(here, [insights(tmp_path / "tags.json", "TAG", *rows, **WEEK)])
    assert [(each.report, each.level) for each in outcome.imported] == [("tags", "tag")]
    with connection.reader(here) as database:
        assert database.execute(
            "SELECT basis, answer, day, clicks_through, sales_minor FROM answer_conversions ORDER BY ALL"
        ).fetchall() == [
            ("measured", "back", date(2026, 11, 8), 24, 9800),
            ("unallocated", None, date(2026, 11, 8), 7, 1050),
        ]
        assert database.execute("SELECT DISTINCT period_from, day FROM conversions").fetchall() == [
            (date(2026, 11, 2), date(2026, 11, 8))
        ]
        for audit in ("conversions_add_up", "tags_add_up"):
            assert database.execute(queries.read("audits", audit).sql).fetchall() == []


def test_pages_and_days_state_the_same_sales_and_are_summaries(tmp_path: Path) -> None:
    pages = insights(tmp_path / "store-2026-11-02_2026-11-08.json", "PAGE", ("Rollers", 30, "120.00"))
    days = insights(tmp_path / "days.json", "DATE", ("20261103", 12, "60.00"))
    outcome = imports.run(project(tmp_path), [pages, days])
    assert [(each.report, each.level, each.covers_from) for each in outcome.imported] == [
        ("pages", "summary", date(2026, 11, 2)),
        ("days", "summary", date(2026, 11, 3)),
    ]
    with connection.reader(project(tmp_path)) as database:
        assert database.execute("SELECT count(*) FROM answer_conversions").fetchall() == [(0,)]
        assert database.execute("SELECT page, sales_minor FROM conversions WHERE report = 'pages'").fetchall() == [
            ("Rollers", 12000)
        ]


def test_a_period_of_several_weeks_is_a_summary_and_one_without_is_refused(tmp_path: Path) -> None:
    row = ("larkmoor-back", 24, "98")
    long = insights(tmp_path / "long.json", "TAG", row, startDate="2026-11-02", endDate="2026-11-15")
    outcome = imports.run(project(tmp_path), [long, insights(tmp_path / "none.json", "TAG", row)])
    assert [each.level for each in outcome.imported] == ["summary"]
    assert "ask for a week at a time" in outcome.notes[0]
    assert outcome.failures[0].message.startswith("none.json: the rows have no day, and nothing says which days")


@pytest.mark.parametrize("again", [1, 2])
def test_twice_is_once(tmp_path: Path, again: int) -> None:
    path = insights(tmp_path / "tags.json", "TAG", ("larkmoor-back", 24, "98"), **WEEK)
    for _ in range(again):
        imports.run(project(tmp_path), [path])
    with connection.reader(project(tmp_path)) as database:
        assert database.execute("SELECT count(*), sum(sales_minor) FROM conversion_versions").fetchall() == [(1, 9800)]
