"""A site that sells in dollars and in pounds: no place of the report, no view and no question adds the two up."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from selectolax.lexbor import LexborHTMLParser
from tests.warehouse_rows import MONDAY, Rows, days, project

from cta_analytics.metrics import question
from cta_analytics.metrics.period import Period
from cta_analytics.reports import html
from cta_analytics.reports.answer_rows import rows as table_rows
from cta_analytics.reports.facts import Facts, read
from cta_analytics.reports.headline import network
from cta_analytics.reports.sentence import lead, support

WEEK = Period(MONDAY, MONDAY + timedelta(days=6))
TUESDAY = MONDAY + timedelta(days=1)
# Cents and pence; what any two or more of them add up to across currencies must stand nowhere.
DOLLARS, POUNDS, RETURNED = 40100, 70200, -1300


def _filled(rows: Rows) -> Rows:
    for name in ("us", "uk", "both"):
        rows.answer(name)
        for day in days(MONDAY, 7):
            rows.visits(name, day, 10, amazon=2)
    rows.sold("us", MONDAY, "measured", 10, 4, DOLLARS, tag="us")
    rows.sold("uk", MONDAY, "measured", 10, 4, POUNDS, tag="uk", currency="GBP")
    rows.sold("uk", TUESDAY, "measured", 1, 0, RETURNED, tag="uk", currency="GBP")
    # Both currencies on Monday, dollars alone on Tuesday.
    rows.sold("both", MONDAY, "measured", 5, 1, 1000, tag="b")
    rows.sold("both", MONDAY, "allocated", 5, 1, 500, tag="shared", currency="GBP")
    rows.sold("both", TUESDAY, "measured", 5, 1, 2000, tag="b")
    rows.sold(None, MONDAY, "unallocated", 5, 1, 300, tag="shared", currency="GBP")
    rows.imported(datetime(2026, 12, 20), MONDAY - timedelta(days=7), WEEK.last)
    return rows.done()


def _facts(rows: Rows, tmp_path: Path) -> Facts:
    return read(rows.connection, project(tmp_path), WEEK)


def _asked(rows: Rows, name: str) -> list[dict[str, Any]]:
    columns, found = question.ask(rows.connection, question.read(name), {"week": "2026-W45"})
    return [dict(zip(columns, row, strict=True)) for row in found]


def test_headline_and_sentences_name_each_currency(rows: Rows, tmp_path: Path) -> None:
    facts = _facts(_filled(rows), tmp_path)
    sales = network(facts)[2]
    # $401.00 + $30.00; £702.00 − £13.00 + £5.00 + £3.00.
    assert (sales.value, sales.detail) == ("£697.00 + $431.00", "in GBP, USD, not added up")
    assert (sales.change, sales.direction) == (None, None)
    said = " ".join([lead(facts), *support(facts)])
    assert "£697.00" in said
    assert "$431.00" in said


def test_a_row_of_the_table_is_in_one_currency_or_has_no_money(rows: Rows, tmp_path: Path) -> None:
    shown = {
        row.slug: (row.orders, row.sales, row.sales_between) for row in table_rows(_facts(_filled(rows), tmp_path))
    }
    assert shown["us"] == ("4", "$401.00", "")
    assert shown["uk"] == ("4", "£689.00", "")
    assert shown["both"] == ("≈ 3", "–", "")


def test_no_sum_of_two_currencies_stands_in_the_report(rows: Rows, tmp_path: Path) -> None:
    file = html.write(_filled(rows).connection, project(tmp_path), WEEK, out=tmp_path)
    page = LexborHTMLParser(file.read_text(encoding="utf-8"))
    text = " ".join(page.css_first("body").text(separator=" ").split())
    assert "697.00" in text
    for wrong in (43100 + 69700, DOLLARS + POUNDS, DOLLARS + POUNDS + RETURNED, 3500, 3800):
        assert f"{wrong / 100:,.2f}" not in text


def test_a_return_is_negative_where_it_stands_alone(rows: Rows, tmp_path: Path) -> None:
    rows.answer("a")
    rows.sold("a", MONDAY, "measured", 1, 0, RETURNED, tag="a")
    (row,) = table_rows(_facts(rows.done(), tmp_path))
    assert row.sales == "−$13.00"


def test_views_and_questions_keep_currencies_apart(rows: Rows) -> None:
    _filled(rows)
    weeks = rows.connection.execute(
        "SELECT answer, currency, sales_minor, bonus_minor, orders FROM answer_weeks ORDER BY 1"
    )
    # A sum over the days of one currency alone would be of a part: none is given.
    assert weeks.fetchall() == [
        ("both", None, None, None, 3),
        ("uk", "GBP", 68900, 6890, 4),
        ("us", "USD", 40100, 4010, 4),
    ]
    by_basis = {
        (r["tag"], r["currency"], r["basis"]): (r["sales"], r["bonus"], r["commission"])
        for r in _asked(rows, "sales_by_basis")
    }
    assert by_basis == {
        ("us", "USD", "measured"): (401.0, 40.1, None),
        ("uk", "GBP", "measured"): (689.0, 68.9, None),
        ("b", "USD", "measured"): (30.0, 3.0, None),
        ("shared", "GBP", "allocated"): (5.0, 0.5, None),
        ("shared", "GBP", "unallocated"): (3.0, 0.3, None),
    }
    of_week = {row["answer"]: (row["sales"], row["currency"]) for row in _asked(rows, "answers_of_the_week")}
    assert of_week == {"us": (401.0, "USD"), "uk": (689.0, "GBP"), "both": (None, None)}


def test_yen_have_no_minor_unit(rows: Rows) -> None:
    rows.answer("a")
    rows.visits("a", MONDAY, 1)
    rows.sold("a", MONDAY, "measured", 1, 1, 5000, tag="jp", currency="JPY")
    rows.done()
    assert [row["sales"] for row in _asked(rows, "answers_of_the_week")] == [5000.0]
    assert [row["sales"] for row in _asked(rows, "sales_by_basis")] == [5000.0]


@pytest.mark.parametrize(
    ("bonus", "commission", "said"),
    [
        (100, None, "$1.00 bonus"),
        (None, 250, "$2.50 commission"),
        (100, -250, "$1.00 bonus · −$2.50 commission"),
        (None, None, "promoted and brand halo"),
    ],
)
def test_bonus_and_commission_stand_apart(
    bonus: int | None, commission: int | None, said: str, rows: Rows, tmp_path: Path
) -> None:
    rows.answer("a")
    rows.sold("a", MONDAY, "measured", 1, 1, 5000, tag="a")
    rows.connection.execute(
        "UPDATE internal.answer_conversions SET bonus_minor = $bonus, commission_minor = $commission",
        {"bonus": bonus, "commission": commission},
    )
    assert network(_facts(rows.done(), tmp_path))[2].detail == said
