"""The metrics: figures worked out by hand, and agreement with the event views."""

from __future__ import annotations

import re
from dataclasses import fields
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
from tests.warehouse_rows import MONDAY, Rows, days

from cta_analytics.errors import CtaError
from cta_analytics.metrics import figures, measure
from cta_analytics.metrics.figures import Answer, BasisTotal, Day, total
from cta_analytics.metrics.period import Period
from cta_analytics.warehouse import queries

WEEK = Period(MONDAY, MONDAY + timedelta(days=6))
SOURCE = "amazon_attribution"
RECORDS = {
    "amazon_clicks_by_page_kind": figures.AmazonClicks,
    "answer_paths": figures.AnswerPath,
    "answers_by_day": figures.AnswerDays,
    "answers_without_cta": figures.Unled,
    "answers_by_span": figures.AnswerSpan,
    "assisted_by_answer": figures.Assisted,
    "answers_since": figures.AnswerSince,
    "batches_used": figures.Batch,
    "bots": figures.BotClass,
    "by_answer": Answer,
    "by_channel": figures.Channel,
    "by_day": Day,
    "by_slot": figures.Slot,
    "click_witnesses": figures.Witnesses,
    "conversions_by_age": figures.AgedDay,
    "conversions_by_basis": BasisTotal,
    "conversions_by_day": figures.ConversionDay,
    "data_ends": figures.DataEnd,
    "data_span": figures.DataSpan,
    "departing_ctas": figures.Departing,
    "imports_used": figures.Import,
    "kinds_of_answers": figures.AnswerKind,
    "measured_days": figures.MeasuredDay,
    "provenance": figures.Provenance,
    "reconciliation": figures.Reconciled,
    "rejected_by_reason": figures.Rejected,
    "shared_tags": figures.SharedTag,
    "stale_reports": figures.StaleReport,
    "uncounted_clicks": figures.Uncounted,
}


def _answers(rows: Rows, like: Period = WEEK, before: Period = WEEK.before) -> dict[str, Answer]:
    found = measure.rows(
        rows.connection, "by_answer", Answer, WEEK, like_days=like.days, before_days=before.days, source=SOURCE
    )
    return {answer.answer: answer for answer in found}


def test_each_metric_has_a_record_and_each_record_a_metric() -> None:
    assert measure.names() == sorted(RECORDS)


@pytest.mark.parametrize("name", sorted(RECORDS))
def test_a_metric_gives_its_record_also_of_an_empty_warehouse(name: str, rows: Rows) -> None:
    found: list[Any] = measure.rows(
        rows.connection, name, RECORDS[name], WEEK, source=SOURCE, like_days=WEEK.days, before_days=WEEK.before.days,
        year_like_days=[], year_days=[], since=WEEK.first, until=WEEK.last, before=WEEK.before.first,
    )  # fmt: skip
    assert len(found) == {"by_day": 7, "click_witnesses": 1, "data_span": 1, "provenance": 1}.get(name, 0)


@pytest.mark.parametrize("name", sorted(RECORDS))
def test_a_metric_explains_each_of_its_columns(name: str) -> None:
    from cta_analytics.warehouse import queries

    words = set(re.findall(r"\w+", queries.read(measure.FOLDER, name).doc))
    missing = [field.name.rstrip("_") for field in fields(RECORDS[name]) if field.name.rstrip("_") not in words]
    assert missing == []


def test_an_unknown_metric_names_the_known_ones(rows: Rows) -> None:
    with pytest.raises(CtaError, match="by_answer, by_channel"):
        measure.rows(rows.connection, "by_moon", Day)


def test_a_visitor_of_two_answers_is_one_of_the_site_and_one_of_each(rows: Rows) -> None:
    rows.answer("a")
    rows.answer("b")
    # The same five people read both on Monday; the first two click to Amazon on a, the first one to a product on b.
    rows.visits("a", MONDAY, 5, amazon=2, other=1)
    rows.visits("b", MONDAY, 5, product=1)
    rows.visits("b", MONDAY + timedelta(days=1), 4)
    days_of_site = measure.rows(rows.done().connection, "by_day", Day, WEEK)
    assert days_of_site[0] == Day(MONDAY, 14, 10, 5, 4, 2, 1, 2, 0, 0, 0)
    assert total(days_of_site).share.rate == 2 / 9
    answers = _answers(rows)
    assert (answers["a"].views, answers["a"].visitor_days, answers["a"].clicks, answers["a"].clicking_visitors) == (
        5,
        5,
        3,
        2,
    )
    assert (answers["b"].views, answers["b"].visitor_days, answers["b"].clicks, answers["b"].clicking_visitors) == (
        9,
        9,
        1,
        1,
    )


def test_who_saw_a_click_is_told_of_the_site_and_of_answers_that_more_than_the_beacon_saw(rows: Rows) -> None:
    rows.answer("a")
    rows.answer("b")
    rows.visits("a", MONDAY, 9, amazon=6, bots=1, bot_clicks=4)
    rows.visits("b", MONDAY, 9, amazon=3, product=2)
    rows.done()
    # Of the six clicks on a, a redirect saw the last two alone; a third one both saw.
    rows.connection.execute(
        "UPDATE internal.events SET via = 2 WHERE event_id IN "
        "(SELECT event_id FROM clicks WHERE answer = 'a' AND is_counted ORDER BY occurred_at DESC LIMIT 3)"
    )
    rows.connection.execute(
        "UPDATE internal.events SET is_same_click = true WHERE event_id = "
        "(SELECT min_by(event_id, occurred_at) FROM clicks WHERE via = 'redirect')"
    )
    for day in WEEK.days:
        rows.sold("a", day, "measured", clicks=1)
        rows.sold(None, day, "unallocated", clicks=2)
    found = measure.rows(rows.connection, "click_witnesses", figures.Witnesses, WEEK, source=SOURCE)
    assert found == [figures.Witnesses(None, 6, 2, 1, 21), figures.Witnesses("a", 3, 2, 1, 7)]
    assert [one.own for one in found] == [8, 5]


@pytest.mark.parametrize(
    ("seen", "missing", "without_beacon"),
    [
        (figures.Witnesses("a", 24, 6, 24, 40), 0.25, 0.2),
        (figures.Witnesses("a", 30, 10, 0, 40), None, None),
        (figures.Witnesses("a", 3, 2, 27, 29), None, None),
        (figures.Witnesses("a", 3, 2, 28, None), None, 2 / 30),
    ],
)
def test_a_share_of_few_clicks_is_not_given(
    seen: figures.Witnesses, missing: float | None, without_beacon: float | None
) -> None:
    assert (seen.missing, seen.without_beacon) == (missing, without_beacon)


def test_a_click_without_a_view_is_a_click_but_no_clicking_visitor(rows: Rows) -> None:
    rows.answer("a")
    rows.visits("a", MONDAY, 1, amazon=3)
    answer = _answers(rows.done())["a"]
    assert (answer.clicks, answer.clicking_visitors, answer.visitor_days) == (3, 1, 1)


def test_an_event_without_visitor_counts_without_one(rows: Rows) -> None:
    rows.answer("a")
    rows.visits("a", MONDAY, 3, amazon=1)
    rows.done().connection.execute("UPDATE internal.events SET visitor = NULL, session_id = NULL")
    answer = _answers(rows)["a"]
    assert (answer.views, answer.clicks, answer.visitor_days, answer.sessions, answer.clicking_visitors) == (
        3,
        1,
        0,
        0,
        0,
    )


def test_bots_and_own_traffic_are_seen_but_not_counted(rows: Rows) -> None:
    rows.answer("a")
    rows.visits("a", MONDAY, 2, amazon=1, bots=7, bot_clicks=5)
    answer = _answers(rows.done())["a"]
    assert (answer.views, answer.clicks, answer.bot_views, answer.bot_clicks) == (2, 1, 7, 5)
    rows.connection.execute("UPDATE internal.events SET is_internal = true WHERE user_agent_key = 1")
    answer = _answers(rows)["a"]
    assert (answer.views, answer.clicks, answer.bot_views, answer.bot_clicks) == (0, 0, 7, 5)
    classes = measure.rows(rows.connection, "bots", figures.BotClass, WEEK)
    assert {row.class_: (row.views, row.clicks) for row in classes} == {"internal": (2, 1), "crawler": (7, 5)}


def test_an_answer_that_nobody_read_is_there_with_zeros(rows: Rows) -> None:
    rows.answer("a", "Title")
    answer = _answers(rows)["a"]
    assert (answer.title, answer.views, answer.basis, answer.orders) == ("Title", 0, None, None)


def test_an_answer_that_was_never_scanned_is_there_by_its_slug(rows: Rows) -> None:
    rows.answer("a", scanned=False)
    rows.visits("a", MONDAY, 2)
    assert (_answers(rows.done())["a"].title, _answers(rows)["a"].views) == (None, 2)


def test_the_language_of_the_scanned_page_joins_events_that_have_none(rows: Rows) -> None:
    rows.answer("a")
    rows.connection.execute("UPDATE internal.pages SET lang = 'en'")
    rows.visits("a", MONDAY, 2)
    assert [(a.lang, a.views) for a in _answers(rows.done()).values()] == [("en", 2)]


def test_like_days_leave_out_what_has_no_counterpart(rows: Rows) -> None:
    rows.answer("a")
    for day in days(WEEK.before.first, 14):
        rows.visits("a", day, 10, amazon=1)
    tuesday = Period(MONDAY + timedelta(days=1), WEEK.last)
    answer = _answers(rows.done(), tuesday, Period(WEEK.before.first + timedelta(days=1), WEEK.before.last))["a"]
    assert (answer.visitor_days, answer.like_visitor_days, answer.before_visitor_days) == (70, 60, 60)
    assert (answer.clicking_visitors, answer.like_clicking_visitors, answer.before_clicking_visitors) == (7, 6, 6)


def test_without_like_days_there_is_nothing_to_compare(rows: Rows) -> None:
    rows.answer("a")
    rows.visits("a", MONDAY, 10)
    found = measure.rows(rows.done().connection, "by_answer", Answer, WEEK, like_days=[], before_days=[], source=SOURCE)
    assert (found[0].visitor_days, found[0].like_visitor_days, found[0].before_visitor_days) == (10, 0, 0)


@pytest.mark.parametrize(
    ("bases", "basis", "orders"),
    [
        (["measured", "measured"], "measured", Decimal(4)),
        (["measured", "allocated"], "mixed", Decimal(4)),
        (["allocated", "masked"], "allocated", Decimal(2)),
        (["masked", "masked_or_zero"], "masked", None),
        (["masked_or_zero"], "masked_or_zero", None),
    ],
)
def test_the_basis_of_a_week_never_says_more_than_its_days(
    bases: list[str], basis: str, orders: Decimal | None, rows: Rows
) -> None:
    rows.answer("a")
    for number, each in enumerate(bases):
        rows.sold("a", MONDAY + timedelta(days=number), each, clicks=10, orders=2, cents=1999)
    answer = _answers(rows)["a"]
    assert (answer.basis, answer.orders) == (basis, orders)
    weeks = rows.connection.execute("SELECT basis, orders FROM answer_weeks").fetchall()
    assert weeks == [(basis, orders)]


def test_a_masked_figure_is_unknown_and_not_zero(rows: Rows) -> None:
    rows.answer("a")
    rows.sold("a", MONDAY, "masked", own_clicks=4)
    found = rows.connection.execute("SELECT basis, clicks_through, orders, sales_minor FROM answer_days").fetchall()
    assert found == [("masked", None, None, None)]


def test_two_currencies_are_never_added_up(rows: Rows) -> None:
    rows.answer("a")
    rows.sold("a", MONDAY, "measured", clicks=10, orders=1, cents=1000)
    rows.sold("a", MONDAY, "measured", clicks=10, orders=1, cents=1000, currency="EUR", tag="other")
    found = rows.connection.execute("SELECT currency, orders, sales_minor FROM answer_days").fetchall()
    assert found == [(None, Decimal(2), None)]
    totals = measure.rows(rows.connection, "conversions_by_basis", BasisTotal, WEEK, source=SOURCE)
    assert [(row.currency, row.sales_minor) for row in totals] == [("EUR", 1000), ("USD", 1000)]


def test_conversions_of_another_source_are_left_out(rows: Rows) -> None:
    rows.answer("a")
    rows.sold("a", MONDAY, "measured", orders=1)
    rows.connection.execute("UPDATE internal.answer_conversions SET source = 'amazon_associates'")
    assert _answers(rows)["a"].basis is None
    assert rows.connection.execute("SELECT count(*) FROM answer_days").fetchone() == (0,)
    rows.connection.execute("UPDATE internal.meta SET value = 'amazon_associates' WHERE key = 'sales_from'")
    assert rows.connection.execute("SELECT orders FROM answer_days").fetchone() == (Decimal(1),)


def test_the_event_columns_of_answer_days_follow_from_the_event_views(rows: Rows) -> None:
    """The query that docs/metrics.md shows."""
    from cta_analytics.metrics.document import ANSWER_DAYS_BY_HAND

    for number, slug in enumerate(("a", "b", "c")):
        rows.answer(slug)
        for day in days(MONDAY, 3):
            rows.visits(slug, day, 9 - number, amazon=number, product=2, other=day.day % 3, bots=number, bot_clicks=1)
    rows.done()
    by_hand = rows.connection.execute(ANSWER_DAYS_BY_HAND)
    columns = [column[0] for column in by_hand.description or []]
    expected = by_hand.fetchall()
    found = rows.connection.execute(f"SELECT {', '.join(columns)} FROM answer_days ORDER BY answer, day").fetchall()
    assert len(expected) == 9
    assert found == expected


def test_rejected_lines_and_batches_are_those_of_the_period(rows: Rows) -> None:
    rows.answer("a")
    rows.visits("a", MONDAY, 2)
    rows.done().batch(lines=90, rejected=3)
    batches = measure.rows(rows.connection, "batches_used", figures.Batch, WEEK)
    rejected = measure.rows(rows.connection, "rejected_by_reason", figures.Rejected, WEEK)
    assert [(b.batch_id, b.events, b.lines, b.rejected) for b in batches] == [(1, 2, 90, 3)]
    assert rejected == [figures.Rejected("no request", 3, "<script>alert(1)</script>")]
    assert measure.rows(rows.connection, "batches_used", figures.Batch, WEEK.before) == []


def test_the_newest_import_is_named_also_where_it_covers_nothing(rows: Rows) -> None:
    rows.imported(datetime.fromisoformat("2026-09-01"), date(2026, 8, 1), date(2026, 8, 31))
    rows.imported(datetime.fromisoformat("2026-08-01"), date(2026, 7, 1), date(2026, 7, 31))
    found = measure.rows(rows.connection, "imports_used", figures.Import, WEEK, source=SOURCE)
    assert [(i.covers_to, i.covers_period) for i in found] == [(date(2026, 8, 31), False)]


def test_only_answers_whose_like_have_a_cta_are_said_to_lack_one(rows: Rows) -> None:
    rows.answer("a")
    rows.answer("b", "Bare", cta=False)
    found = measure.rows(rows.connection, "answers_without_cta", figures.Unled)
    assert [(row.answer, row.file) for row in found] == [("b", "site/b.md")]
    rows.connection.execute("UPDATE internal.links SET cta = NULL")
    assert measure.rows(rows.connection, "answers_without_cta", figures.Unled) == []


def test_a_departing_cta_carries_its_clicks(rows: Rows) -> None:
    departures = '[{"code":"UTM008","key":"utm_content","expected":"a","actual":"b"}]'
    rows.answer("a", "Title", departures=departures)
    rows.visits("a", MONDAY, 9, amazon=4)
    found = measure.rows(rows.done().connection, "departing_ctas", figures.Departing, WEEK)
    assert [(row.answer, row.file, row.line, row.clicks) for row in found] == [("a", "site/a.md", 78, 4)]


def test_channels_and_slots(rows: Rows) -> None:
    rows.answer("a")
    rows.visits("a", MONDAY, 6, amazon=2, product=1)
    channels = measure.rows(rows.done().connection, "by_channel", figures.Channel, WEEK)
    slots = measure.rows(rows.connection, "by_slot", figures.Slot, WEEK)
    assert channels == [figures.Channel("Organic Search", 6, 6, 2)]
    assert slots == [figures.Slot("cta", "amazon", 2, 1), figures.Slot("unknown", "product", 1, 1)]


def test_an_answer_day_by_day_has_only_its_days_with_events(rows: Rows) -> None:
    rows.answer("a")
    rows.answer("b")
    rows.visits("a", MONDAY, 6, amazon=2, product=1, other=3)
    rows.visits("a", MONDAY + timedelta(days=4), 2)
    found = measure.rows(rows.done().connection, "answers_by_day", figures.AnswerDays, WEEK)
    # The two who click to Amazon are persons 0 and 1, the one who clicks to a product is person 0 again.
    assert found == [
        figures.AnswerDays("a", "site.example", None, [0, 4], [6, 2], [6, 2], [6, 0], [2, 0], [1, 0], [2, 0])
    ]


def test_a_click_on_a_product_page_belongs_to_the_answer_seen_last(rows: Rows) -> None:
    for slug in ("a", "b", "board"):
        rows.answer(slug, slug.title())
    rows.visits("a", MONDAY, 3, amazon=1, product=2)
    rows.visits("b", MONDAY, 1)
    rows.visits("board", MONDAY, 3, amazon=3)
    rows.done().connection.execute("UPDATE internal.paths SET answer = NULL, kind = 'product' WHERE answer = 'board'")
    # Person 0 reads `b` an hour after `a`, then clicks on the board; persons 1 and 2 come from `a`.
    move = "UPDATE internal.events SET occurred_at = occurred_at + INTERVAL {} HOUR WHERE path_key = {}"
    rows.connection.execute(move.format(1, 2))
    rows.connection.execute(move.format(2, 3))
    found = measure.rows(rows.connection, "answer_paths", figures.AnswerPath, WEEK)
    assert found == [figures.AnswerPath("a", "A", 1, 2, 2), figures.AnswerPath("b", "B", 0, 0, 1)]


@pytest.mark.parametrize("name", queries.names("metrics"))
def test_a_metric_reads_only_what_is_kept_as_it_was_known(name: str) -> None:
    # Else `cta report --as-known-on` would show what is known today: 35_known.sql.
    kept = {
        "answer_days",
        "answer_weeks",
        "answer_conversions",
        "imports",
        "internal.meta",
        "conversion_versions",
        "tag_clicks",
    }
    kept |= {"internal.stale_reports", "internal.conversion_rows"}
    if name == "by_channel":
        kept |= {"pageviews", "clicks"}  # Of the page of one answer only, which shows what is known now.
    sql = queries.read("metrics", name).sql
    own = set(re.findall(r"(?:WITH|,)\s*(?:RECURSIVE\s+)?(\w+) AS (?:MATERIALIZED )?\(", sql))
    read = set(re.findall(r"^(?!\s*--).*?\b(?:FROM|JOIN) ([a-z_][\w.]*)", sql, re.MULTILINE))
    assert {relation for relation in read - own - kept if not relation.startswith("internal.known_")} == set()
