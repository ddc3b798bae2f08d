"""The ranges below estimates in the answers' table."""

from __future__ import annotations

from pathlib import Path

from tests.reports.scenes import filled
from tests.warehouse_rows import MONDAY, Rows, days, project

from cta_analytics.metrics.period import Period
from cta_analytics.reports import estimates
from cta_analytics.reports.answer_rows import rows as table_rows
from cta_analytics.reports.facts import Facts, read
from cta_analytics.stats import allocation

WEEK = Period(MONDAY, days(MONDAY, 7)[-1])


def _facts(rows: Rows, tmp_path: Path) -> Facts:
    return read(rows.connection, project(tmp_path), WEEK)


def test_an_estimate_stands_with_its_range_and_a_measured_figure_without(rows: Rows, tmp_path: Path) -> None:
    rows.answer("own")
    rows.answer("half")
    rows.answer("other")
    for name in ("own", "half", "other"):
        rows.visits(name, MONDAY, 10, amazon=4)
    rows.sold("own", MONDAY, "measured", 4, 2, 5000, tag="own", own_clicks=4)
    rows.sold("half", MONDAY, "allocated", 4, 5, 10000, own_clicks=4)
    rows.sold("other", MONDAY, "allocated", 4, 5, 10000, own_clicks=4)
    rows.done()
    facts = _facts(rows, tmp_path)
    differ = allocation.difference([(4, 2.0)])
    orders = allocation.counts(10, [0.5, 0.5], differ)[0]
    sales = allocation.amounts(10, [0.5, 0.5], differ)[0]
    shown = {row.slug: (row.orders_between, row.sales_between) for row in table_rows(facts)}
    about = [facts.locale.about(round(20000 * end), "USD") for end in (sales.low, sales.high)]
    assert shown["own"] == ("", "")
    assert shown["half"] == shown["other"] == (f"{orders.low:.0f}–{orders.high:.0f}", f"{about[0]}–{about[1]}")
    assert "assumed" in estimates.note(facts)


def test_what_is_measured_of_a_mixed_answer_is_certain(rows: Rows, tmp_path: Path) -> None:
    rows.answer("mixed")
    rows.visits("mixed", MONDAY, 10, amazon=4)
    # Alone on its shared tag: nothing is left to split, so 2 + 3 orders are between 5 and 5.
    rows.sold("mixed", MONDAY, "measured", 4, 2, 5000, tag="own", own_clicks=4)
    rows.sold("mixed", MONDAY, "allocated", 4, 3, 6000, own_clicks=4)
    rows.done()
    (row,) = table_rows(_facts(rows, tmp_path))
    assert row.orders_between == "5–5"


def test_without_estimates_nothing_is_said_of_them(rows: Rows, tmp_path: Path) -> None:
    assert estimates.note(_facts(rows, tmp_path)) == ""


def test_many_measured_answers_are_named_as_the_source(rows: Rows, tmp_path: Path) -> None:
    filled(rows)
    for number in range(8):
        rows.sold(f"taught-{number}", MONDAY, "measured", 100, 5, 1000, tag=f"t{number}", own_clicks=100)
    assert "learned from 9 answers with a tag of their own" in estimates.note(_facts(rows, tmp_path))
