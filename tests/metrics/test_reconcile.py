"""Own clicks against the network's: the band, what is judged, and what is on one side only."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from tests.warehouse_rows import MONDAY, STORE, Rows, days

from cta_analytics.metrics import check, measure
from cta_analytics.metrics.figures import Reconciled
from cta_analytics.metrics.period import Period

WEEK = Period(MONDAY, MONDAY + timedelta(days=6))
LATER = datetime(2026, 11, 12)


def found(rows: Rows, name: str) -> list[tuple[str, str]]:
    (one,) = [one for one in check.checks() if one.name == name]
    return [(complaint.subject, complaint.fact) for complaint in check.complaints(rows.connection, one)]


@pytest.fixture
def tagged(rows: Rows) -> Rows:
    """An answer with 10 clicks a day of a week on a tagged link; the account's reports cover the week."""
    rows.answer("oil")
    for day in days(MONDAY, 7):
        rows.visits("oil", day, people=20, amazon=10)
    rows.done().imported(LATER, MONDAY, MONDAY + timedelta(days=6))
    rows.connection.execute("INSERT INTO internal.link_tags VALUES ('amazon_attribution', 1, 'shared')")
    rows.connection.execute("INSERT INTO internal.accounts VALUES ('amazon_attribution', 'main', NULL, 14, true)")
    rows.connection.execute("UPDATE internal.urls SET tag = 'shared' WHERE url_id = 1")
    return rows


# Of 70 own clicks: 49 - 2 * 8.37 = 32.3, and 87.5 + 2 * 8.43 = 104.4.
@pytest.mark.parametrize(
    ("a_day", "extra", "verdict"), [(5, -3, "as expected"), (5, -4, "below"), (15, 0, "as expected"), (15, 1, "above")]
)
def test_the_band_of_a_week(tagged: Rows, a_day: int, extra: int, verdict: str) -> None:
    for number, day in enumerate(days(MONDAY, 7)):
        tagged.sold("oil", day, "allocated", clicks=a_day + (extra if number == 0 else 0))
    (row,) = measure.rows(tagged.connection, "reconciliation", Reconciled, WEEK, source="amazon_attribution")
    network = 7 * a_day + extra
    assert row == Reconciled("main", "shared", "shared", 7, 70, network, 32, 105, verdict)
    complaint = [("shared, 2026-W45", f"the network counts {network} clicks, we 70; 32 to 105 would be expected")]
    assert found(tagged, "unreconciled_tags") == ([] if verdict == "as expected" else complaint)


def test_masked_rows_are_not_judged(tagged: Rows) -> None:
    for day in days(MONDAY, 7):
        tagged.sold("oil", day, "masked")
    (row,) = measure.rows(tagged.connection, "reconciliation", Reconciled, WEEK, source="amazon_attribution")
    assert (row.clicks_through, row.judgement) == (0, "masked")
    assert found(tagged, "unreconciled_tags") == []


def test_days_that_a_report_was_too_early_for_are_left_out(tagged: Rows) -> None:
    tagged.connection.execute("UPDATE internal.imports SET as_of = '2026-11-07'")
    for day in days(MONDAY, 7):
        tagged.sold("oil", day, "allocated", clicks=10)
    (row,) = measure.rows(tagged.connection, "reconciliation", Reconciled, WEEK, source="amazon_attribution")
    # 2 to 5 November: the 6th was not over for two days.
    assert (row.days_covered, row.own_clicks, row.clicks_through) == (4, 40, 40)


def test_a_tag_that_is_reported_and_on_no_page_is_told(tagged: Rows) -> None:
    tagged.sold("oil", MONDAY, "allocated", clicks=10)
    tagged.sold(None, MONDAY, "unallocated", clicks=12, orders=1, tag="newsletter")
    assert found(tagged, "tags_on_no_page") == [
        ("newsletter", "12 click-throughs and 1 orders from 2026-11-02 to 2026-11-02")
    ]


def test_a_tag_that_is_clicked_and_in_no_report_is_told(tagged: Rows) -> None:
    tagged.sold(None, MONDAY, "unallocated", clicks=12, tag="other")
    assert found(tagged, "unreported_tags") == [("shared", "70 own clicks on 7 days, and no report names it")]
    tagged.connection.execute(
        "INSERT INTO internal.conversion_keys VALUES ('amazon_attribution', 'adgroup', '', 'a', '', '', 'shared', 'id', '')"
    )
    assert found(tagged, "unreported_tags") == []


@pytest.mark.parametrize(
    ("orders", "cost"),
    [
        # 20.00 a day on 10 clicks a day are 2.00 a click, and 14 clicks were without a tag.
        (2, "; at the average of tagged links 28.00 USD of sales that nobody can attribute"),
        (1, ""),
    ],
)
def test_clicks_without_a_tag_cost_what_tagged_ones_sell(rows: Rows, orders: int, cost: str) -> None:
    rows.answer("oil")
    for day in days(MONDAY - timedelta(days=7), 14):
        rows.visits("oil", day, people=20, amazon=10, product=1)
        rows.sold("oil", day, "allocated", clicks=10, orders=orders / 2, cents=2000)
    rows.done().imported(LATER, MONDAY - timedelta(days=7), MONDAY + timedelta(days=6))
    run = rows.connection.execute
    run("INSERT INTO internal.link_tags VALUES ('amazon_attribution', 1, 'shared')")
    run("INSERT INTO internal.accounts VALUES ('amazon_attribution', 'main', NULL, 14, true)")
    run("UPDATE internal.urls SET tag = 'shared' WHERE url_id = 1")
    run(
        "UPDATE internal.urls SET kind = 'amazon_store', network = 'amazon', url = $url WHERE url_id = 2",
        {"url": STORE + "?x=1"},
    )
    assert found(rows, "untagged_clicks") == [
        (f"/answers/oil {STORE}?x=1", f"14 clicks in 28 days without a tag{cost}")
    ]
