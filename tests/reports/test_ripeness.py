"""Periods as known at the same age: flat sales show no fall on their Monday, and what cannot be compared says so."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from tests.warehouse_rows import MONDAY, Rows, days, project

from cta_analytics.metrics.period import Period
from cta_analytics.reports.facts import Facts, read
from cta_analytics.reports.headline import Headline, network, orders_verdict
from cta_analytics.reports.intake import intake, maturity_note
from cta_analytics.stats.verdict import Verdict

WEEK = Period(MONDAY, MONDAY + timedelta(days=6))
NEXT_MONDAY = MONDAY + timedelta(days=7)


def _in(age: int) -> int:
    """Of ten orders a day, those that Amazon tells of at an age: one after one day, all after a fortnight."""
    return min(10, (age - 1) // 2 + 3) if age >= 2 else 1


def _imported(
    rows: Rows, at: date, first: date, sold: Callable[[date, int], int], *, means: str = "click", currency: str = "USD"
) -> None:
    """An export made on a day, of the days from `first` to the day before it."""
    values = {"id": f"{at}{currency}", "at": datetime.combine(at, datetime.min.time()), "first": first, "means": means}
    run = rows.connection.execute
    run(
        "INSERT INTO internal.imports VALUES ($id, 'amazon_attribution', $currency, 'US', $currency, 'performance', 'adgroup', "
        "'f.json', 'x', 'x', $at, 'file', $first, $last, $means, 1, $at, '0')",
        values | {"last": at - timedelta(days=1), "currency": currency},
    )
    for day in days(first, (at - first).days):
        orders = sold(day, (at - day).days)
        run(
            "INSERT INTO internal.conversion_rows (import_id, row_number, day, advertiser, campaign, ad_group, creative, publisher, "
            "stated_tag, clicks_through, orders, sales_minor) VALUES ($id, 1, $day, '', 'c', 'g', '', '', '', 100, $orders, $cents)",
            {"id": values["id"], "day": day, "orders": orders, "cents": orders * 1000},
        )


def _allocated(rows: Rows, sold: Callable[[date, int], int], last: date, *, currency: str = "USD") -> None:
    for day in days(MONDAY - timedelta(days=14), 21):
        orders = sold(day, (last - day).days)
        rows.sold("a", day, "measured", 100, orders, orders * 1000, currency=currency, own_clicks=100)


def _facts(rows: Rows, tmp_path: Path, period: Period = WEEK) -> Facts:
    return read(rows.connection, project(tmp_path), period)


def _headlines(facts: Facts) -> dict[str, Headline]:
    return {each.name: each for each in network(facts)}


def _flat(rows: Rows, *, weeks: int = 10, sold: Callable[[date, int], int] = lambda _, age: _in(age)) -> Rows:
    """An export each Monday, of 30 days as Amazon advises, up to the Monday after the week."""
    rows.answer("a")
    for number in range(weeks):
        at = NEXT_MONDAY - timedelta(weeks=number)
        _imported(rows, at, at - timedelta(days=30), sold)
    _allocated(rows, sold, NEXT_MONDAY)
    return rows.done()


def test_flat_sales_on_their_monday_show_no_fall(rows: Rows, tmp_path: Path) -> None:
    facts = _facts(_flat(rows), tmp_path)
    found = _headlines(facts)
    # What is known now of this week is less than what is known now of the week before: 4 to 6 of ten a day, after 7 to 9.
    assert sum(_in(age) for age in range(3, 8)) < sum(_in(age) for age in range(10, 15))
    for name in ("orders", "sales", "clicks_through"):
        assert (found[name].direction, found[name].context) == ("flat", ("against week 44, 5 of 7 days",))
    assert orders_verdict(facts) is Verdict.cannot_tell


def test_a_true_rise_shows_as_one(rows: Rows, tmp_path: Path) -> None:
    facts = _facts(_flat(rows, sold=lambda day, age: _in(age) * (4 if day >= MONDAY else 1)), tmp_path)
    assert _headlines(facts)["orders"].direction == "up"
    assert orders_verdict(facts) is Verdict.rose


def test_without_an_earlier_import_it_is_too_early_to_compare(rows: Rows, tmp_path: Path) -> None:
    facts = _facts(_flat(rows, weeks=1), tmp_path)
    found = _headlines(facts)
    for name in ("orders", "sales", "clicks_through"):
        assert (found[name].change, found[name].context) == (None, ("too early to compare",))


def test_an_import_on_another_weekday_is_of_another_age(rows: Rows, tmp_path: Path) -> None:
    rows.answer("a")
    for at in (NEXT_MONDAY, MONDAY + timedelta(days=1)):
        _imported(rows, at, at - timedelta(days=30), lambda _, age: _in(age))
    _allocated(rows, lambda _, age: _in(age), NEXT_MONDAY)
    facts = _facts(rows.done(), tmp_path)
    assert _headlines(facts)["orders"].context == ("too early to compare",)


def test_settled_days_are_compared_as_last_known(rows: Rows, tmp_path: Path) -> None:
    rows.answer("a")
    at = MONDAY + timedelta(days=6 + 29)
    _imported(rows, at, MONDAY - timedelta(days=14), lambda *_: 10)
    _allocated(rows, lambda *_: 10, at)
    facts = _facts(rows.done(), tmp_path)
    assert (_headlines(facts)["orders"].direction, facts.ripeness.like.now) == ("flat", tuple(WEEK.days))


def test_where_orders_are_known_to_be_in_early_any_import_will_do(rows: Rows, tmp_path: Path) -> None:
    rows.answer("a")
    # All orders are in after three days; exports on changing weekdays teach that.
    for number in range(60):
        at = NEXT_MONDAY - timedelta(days=number * 3)
        _imported(rows, at, at - timedelta(days=60), lambda _, age: 10 if age >= 3 else 2)
    _allocated(rows, lambda _, age: 10 if age >= 3 else 2, NEXT_MONDAY)
    facts = _facts(rows.done(), tmp_path)
    assert facts.ripeness.curve.is_learned
    assert (_headlines(facts)["orders"].direction, len(facts.ripeness.like.now)) == ("flat", 5)


def test_the_share_that_is_in_is_learned_from_earlier_imports(rows: Rows, tmp_path: Path) -> None:
    facts = _facts(_flat(rows), tmp_path)
    # Of ages 1 to 7: 1 + 3 + 4 + 4 + 5 + 5 + 6 of 70 orders. The exports of 7 September to 9 November, of 30 days each, show
    # the days from 15 August (23 days old at first) to 16 October (24 at last) both young and grown: 63 of them.
    assert facts.ripeness.share == pytest.approx(28 / 70)
    assert "About 40% of its orders are in, as 63 earlier days grew." in maturity_note(facts)


def test_without_history_the_documented_delays_are_told_as_such(rows: Rows, tmp_path: Path) -> None:
    facts = _facts(_flat(rows, weeks=1), tmp_path)
    # Five of the seven days are older than 48 hours.
    assert facts.ripeness.share == pytest.approx(5 / 7)
    assert "by Amazon's documented delays" in maturity_note(facts)


def test_the_rate_of_orders_is_of_clicks_that_have_had_their_chance(rows: Rows, tmp_path: Path) -> None:
    facts = _facts(_flat(rows), tmp_path)
    rated = facts.ripeness.rated
    # As of 9 November the youngest such day is 24 October, 16 days before: ten orders of 100 clicks a day, up to it.
    assert (max(day.day for day in rated), min(day.day for day in rated)) == (date(2026, 10, 24), date(2026, 9, 27))
    assert facts.ripeness.rate == pytest.approx(0.1)
    assert "10.0% of the click-throughs of" in _headlines(facts)["orders"].detail


def test_a_young_site_has_no_rate_yet(rows: Rows, tmp_path: Path) -> None:
    rows.answer("a")
    _imported(rows, NEXT_MONDAY, MONDAY, lambda _, age: _in(age))
    _allocated(rows, lambda _, age: _in(age), NEXT_MONDAY)
    facts = _facts(rows.done(), tmp_path)
    assert facts.ripeness.rate is None
    assert "click-throughs" not in _headlines(facts)["orders"].detail


@pytest.mark.parametrize(
    ("means", "said"), [("click", "the click"), ("shipment", "the shipment"), ("unknown", "not known")]
)
def test_an_import_says_what_its_dates_mean(means: str, said: str, rows: Rows, tmp_path: Path) -> None:
    rows.answer("a")
    _imported(rows, NEXT_MONDAY, MONDAY, lambda *_: 1, means=means)
    table = intake(_facts(rows.done(), tmp_path)).imports
    assert [row[table.columns.index("Days of")] for row in table.rows] == [said]


def test_an_account_that_was_not_imported_yet_makes_no_rise(rows: Rows, tmp_path: Path) -> None:
    rows.answer("a")
    for at in (NEXT_MONDAY, MONDAY):
        _imported(rows, at, at - timedelta(days=30), lambda _, age: _in(age))
    _imported(rows, NEXT_MONDAY, NEXT_MONDAY - timedelta(days=30), lambda _, age: _in(age), currency="GBP")
    facts = _facts(rows.done(), tmp_path)
    # A week ago only one of the two accounts had told of week 44.
    assert facts.ripeness.like.now == ()
