"""The checks of the tracking: each finds what it is for in a small warehouse, and nothing in a healthy one."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta

import pytest
from tests.warehouse_rows import MONDAY, Rows, days

from cta_analytics.metrics import check

FIVE_WEEKS = days(MONDAY - timedelta(days=28), 35)


def found(rows: Rows, name: str) -> list[tuple[str, str]]:
    (one,) = [one for one in check.checks() if one.name == name]
    return [(complaint.subject, complaint.fact) for complaint in check.complaints(rows.connection, one)]


@pytest.fixture
def read(rows: Rows) -> Rows:
    """A site with an answer that 20 people read on each of 35 days, two of whom click to Amazon."""
    rows.answer("oil")
    for day in FIVE_WEEKS:
        rows.visits("oil", day, people=20, amazon=2)
    return rows


def sent(rows: Rows, count: int, via: int, *, paired: int = 0, target: int = 1) -> None:
    """Clicks of the last day, by the beacon (1) or a redirect (2)."""
    for number in range(count):
        rows.connection.execute(
            "INSERT INTO internal.events VALUES (3, $at, $day, 1, 1, $id, $id, 1, 1, $target, $via, NULL, false, $same, $id, 1, 1, NULL, false)",
            {
                "at": datetime(2026, 11, 8, 12),
                "day": date(2026, 11, 8),
                "id": 10_000 * via + number,
                "via": via,
                "same": number < paired,
                "target": 10 + target,
            },
        )


def test_a_healthy_site_has_no_complaint(read: Rows) -> None:
    read.done().batch(lines=1000, rejected=9)
    assert [one for each in check.checks() for one in check.complaints(read.connection, each)] == []


def test_an_empty_warehouse_has_no_complaint(rows: Rows) -> None:
    rows.done()
    assert [one for each in check.checks() for one in check.complaints(rows.connection, each)] == []


def test_an_answer_with_a_cta_that_nobody_clicks_is_silent(read: Rows) -> None:
    read.answer("mute")
    read.answer("bare", cta=False)
    for day in FIVE_WEEKS:
        read.visits("mute", day, people=4)
        read.visits("bare", day, people=9)
    assert found(read.done(), "silent_answers") == [
        ("mute", "112 page views in 28 days, 1 links with a CTA policy, not one click")
    ]


def test_an_answer_whose_clicks_end_has_stopped(read: Rows) -> None:
    read.answer("stopped")
    read.answer("rare")
    for day in FIVE_WEEKS:
        last_week = day >= MONDAY
        read.visits("stopped", day, people=10, amazon=0 if last_week else 1)
        # A click in four days: seven days without one happen.
        read.visits("rare", day, people=10, amazon=0 if last_week or day.day % 4 else 1)
    assert found(read.done(), "stopped_answers") == [
        ("stopped", "28 clicks on 280 page views in the four weeks before, none on 70 in the last seven days")
    ]


def test_days_without_a_line_are_missing(rows: Rows) -> None:
    rows.answer("oil")
    for day in (1, 2, 4, 8):
        rows.visits("oil", date(2026, 11, day), people=1)
    assert found(rows.done(), "missing_days") == [
        ("2026-11-03", "no line of this day"),
        ("2026-11-05", "no line of 3 days, up to 2026-11-07"),
    ]


def test_a_log_with_many_rejected_lines_is_told(read: Rows) -> None:
    read.done().batch(lines=1000, rejected=32)
    assert found(read, "rejected_lines") == [
        ("logs/access.log", "3.2 % of its 1,000 lines were not understood, most often: no request")
    ]


def test_a_report_that_ends_long_before_the_logs_is_stale(read: Rows) -> None:
    read.done().imported(datetime(2026, 11, 9), MONDAY - timedelta(days=28), date(2026, 10, 31))
    fact = "downloaded on 2026-11-09, ends on 2026-10-31; download 2026-10-12 to 2026-11-08 into the folder of cta.toml"
    assert found(read, "stale_imports") == [("main performance (amazon_attribution)", fact)]


def test_a_report_that_is_as_new_as_the_logs_is_not_stale(read: Rows) -> None:
    # 7 days before the last day of the logs, 8 November.
    read.done().imported(datetime(2026, 11, 1), MONDAY - timedelta(days=28), date(2026, 11, 1))
    assert found(read, "stale_imports") == []


def test_what_was_not_downloaded_since_names_days_and_folder(read: Rows) -> None:
    read.done().imported(datetime(2026, 10, 20), MONDAY - timedelta(days=28), date(2026, 10, 30))
    read.connection.execute("UPDATE internal.imports SET file = 'drop/amazon/all.zip: reports/attribution.json'")
    fact = "downloaded on 2026-10-20, ends on 2026-10-30; download 2026-09-22 to 2026-11-08 into drop/amazon/"
    assert found(read, "stale_imports") == [("main performance (amazon_attribution)", fact)]


def test_a_line_of_the_future_tells_of_a_clock(read: Rows) -> None:
    read.done().batch()
    read.connection.execute("UPDATE internal.batches SET last_at = ingested_at + INTERVAL 90 MINUTE")
    assert found(read, "future_lines") == [
        ("logs/access.log", "its last line is of 2026-11-09 01:30 UTC, 1.5 hours after it was read")
    ]


@pytest.mark.parametrize(("hits", "paired", "expected"), [(40, 30, "25"), (40, 39, None), (20, 0, None)])
def test_redirects_without_a_beacon_measure_its_loss(read: Rows, hits: int, paired: int, expected: str | None) -> None:
    sent(read.done(), hits, via=2, paired=paired)
    fact = f"{hits - paired} of {hits} clicks on them in 28 days had no beacon: {expected} % are lost"
    assert found(read, "lost_beacons") == ([("redirects of the site", fact)] if expected else [])


def test_clicks_on_links_that_are_not_ours_are_told(read: Rows) -> None:
    read.connection.execute(
        "INSERT INTO internal.urls (url_key, url_id, url, kind, problems, is_redirect, is_on_site) "
        "VALUES (9, 9, 'https://spam.example/', 'external', '[]', false, false)"
    )
    read.connection.execute("INSERT INTO internal.targets VALUES (19, 1, 9, NULL, 1, 'slot', NULL)")
    sent(read.done(), 12, via=1, target=9)
    assert found(read, "foreign_clicks") == [("https://spam.example/", "12 beacons in 28 days, none of which counts")]


def week_of(rows: Rows, clicks_a_day: int, basis: str) -> None:
    for day in days(MONDAY, 7):
        rows.sold("oil", day, basis, clicks=clicks_a_day)


@pytest.mark.parametrize(
    ("reported", "basis", "expected"),
    [
        (4, "measured", [("oil, 2026-W45", "the network counts 28 visits, the site 14 clicks: 50 % are missing")]),
        (2, "measured", []),
        (4, "allocated", []),
    ],
)
def test_a_week_in_which_the_site_misses_clicks_is_told(
    read: Rows, reported: int, basis: str, expected: list[tuple[str, str]]
) -> None:
    week_of(read.done(), reported, basis)
    assert found(read, "missing_clicks") == expected


def unknown(rows: Rows, clicks: int) -> None:
    rows.imported(datetime(2026, 11, 9), MONDAY, date(2026, 11, 8))
    rows.connection.execute(
        "INSERT INTO internal.conversion_rows BY NAME SELECT $id AS import_id, 1 AS row_number, $day::DATE AS day, "
        "'' AS advertiser, 'autumn' AS campaign, 'blog links' AS ad_group, '' AS creative, '' AS publisher, '' AS stated_tag, "
        "$clicks AS clicks_through, 3 AS orders",
        {"id": datetime(2026, 11, 9).isoformat(), "day": MONDAY, "clicks": clicks},
    )


def test_a_reported_name_without_a_tag_is_unknown(read: Rows) -> None:
    unknown(read.done(), 17)
    assert found(read, "unknown_tags") == [
        ("autumn / blog links", "17 click-throughs and 3 orders since 2026-11-02 are tied to no tag")
    ]


def test_every_check_says_what_to_do() -> None:
    says: Callable[[check.Check], bool] = lambda one: one.asks.endswith("?") and len(one.remedy) > 20  # noqa: E731
    assert [one.name for one in check.checks() if not says(one)] == []
