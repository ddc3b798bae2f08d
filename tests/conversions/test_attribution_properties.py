"""Laws of attribution on random reports, links and clicks: it adds up, it is fair, the order of imports is nothing."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

FIRST = date(2026, 11, 2)
ANSWERS = ("back", "lats", "neck", None)
TAGS = {letter: f"maas_adg_{letter * 32}_afap_abs" for letter in "ABC"}
FIGURES = (
    "clicks_through",
    "detail_views",
    "carts",
    "orders",
    "units",
    "sales_minor",
    "bonus_minor",
    "commission_minor",
)

days = st.integers(0, 20).map(lambda n: FIRST + timedelta(days=n))
counts = st.one_of(st.none(), st.just(0), st.integers(0, 40), st.integers(10**6, 10**9))
money = st.one_of(st.none(), st.just(0), st.integers(-5000, 10**6), st.integers(10**10, 10**13))
figures = st.fixed_dictionaries({name: money if name.endswith("minor") else counts for name in FIGURES})
clicks = st.lists(st.tuples(st.sampled_from("ABC"), st.sampled_from(ANSWERS), days, st.integers(1, 30)), max_size=25)
# Ad group "D" has no link, "x" no tag at all.
keys = st.tuples(days, st.sampled_from(["A" * 32, "B" * 32, "C" * 32, "D" * 32, "x"]))


@st.composite
def reports(draw: st.DrawFn) -> list[dict[str, Any]]:
    chosen = draw(st.lists(keys, min_size=1, max_size=12, unique=True))
    return [{"day": day, "campaign": "c", "ad_group": group, **draw(figures)} for day, group in chosen]


@st.composite
def levels(draw: st.DrawFn) -> list[tuple[str, int, list[dict[str, Any]]]]:
    """Statements at several levels, with as-ofs near and far from each other; parents need not fit their children."""
    found = [("adgroup", draw(st.integers(1, 9)), draw(reports()))]
    if draw(st.booleans()):
        chosen = draw(st.lists(days, min_size=1, max_size=8, unique=True))
        rows = [{"day": day, "campaign": "c", **draw(figures)} for day in chosen]
        found.append(("campaign", draw(st.sampled_from([1, 5, 9])), rows))
    if draw(st.booleans()):
        chosen_keys = draw(
            st.lists(st.tuples(keys, st.sampled_from(["one", "two"])), min_size=1, max_size=8, unique=True)
        )
        rows = [
            {"day": day, "campaign": "c", "ad_group": g, "creative": c, **draw(figures)} for (day, g), c in chosen_keys
        ]
        found.append(("creative", draw(st.sampled_from([1, 5, 9])), rows))
    return found


@contextmanager
def emptied(warehouse: Any) -> Iterator[Any]:
    """The same tables for every example: making them takes longer than an example."""
    try:
        yield warehouse
    finally:
        for table in ("urls", "links", "clicks", "internal.imports", "internal.conversion_rows"):
            warehouse.rows(f"DELETE FROM {table}")


def linked(warehouse: Any, clicked: list[tuple[str, str | None, date, int]]) -> None:
    urls = {"A": warehouse.link(TAGS["A"], "back", "lats", None), "B": warehouse.link(TAGS["B"], "neck")}
    # An API tag whose creatives are an answer's own; ad group "C" is shared.
    urls["C"] = warehouse.link(TAGS["C"], "back", "neck")
    for creative in ("one", "two"):
        ids = f"&aa_campaignid=c&aa_adgroupid={'C' * 32}&aa_creativeid={creative}"
        warehouse.link("maas_adg_api_1_static_2_3", "back" if creative == "one" else "neck", query=ids)
    for letter, answer, day, times in clicked:
        warehouse.click(urls[letter], answer, day, times)


fast = settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


@fast
@given(levels(), clicks)
def test_every_figure_of_every_day_adds_up_to_the_cent(
    warehouse: Any,
    statements: list[tuple[str, int, list[dict[str, Any]]]],
    clicked: list[tuple[str, str | None, date, int]],
) -> None:
    with emptied(warehouse):
        linked(warehouse, clicked)
        for level, as_of, rows in statements:
            warehouse.state(rows, level=level, as_of=20 + as_of)
        warehouse.refresh()
        assert warehouse.failing() == []
        negative = "detail_views < 0 OR carts < 0 OR orders < 0 OR clicks_through < 0"
        assert warehouse.rows(f"SELECT * FROM answer_conversions WHERE ({negative}) AND basis <> 'unallocated'") == []


@fast
@given(reports(), clicks)
def test_each_share_is_within_one_step_of_the_exact_one(
    warehouse: Any, rows: list[dict[str, Any]], clicked: list[tuple[str, str | None, date, int]]
) -> None:
    """Against an implementation in fractions that knows neither SQL nor remainders."""
    with emptied(warehouse):
        linked(warehouse, clicked)
        warehouse.state(rows, as_of=30)
        warehouse.refresh()
        first, last = min(row["day"] for row in rows), max(row["day"] for row in rows)
        found = warehouse.rows(
            "SELECT day, answer, sales_minor, orders FROM answer_conversions WHERE basis = 'allocated' AND tag = $tag",
            tag=TAGS["A"],
        )
        for day, answer, sales, orders in found:
            window = [
                (who, when, n)
                for tag, who, when, n in clicked
                if tag == "A" and day - timedelta(days=14) <= when <= day
            ]
            own = sum(n for _, when, n in window if first <= when <= last)
            network = sum(
                row["clicks_through"] or 0
                for row in rows
                if row["ad_group"] == "A" * 32 and day - timedelta(days=14) <= row["day"] <= day
            )
            part = Fraction(1) if network == 0 else min(Fraction(1), Fraction(own, network))
            weight = Fraction(sum(n for who, _, n in window if who == answer), sum(n for _, _, n in window)) * part
            (total,) = [row for row in rows if row["ad_group"] == "A" * 32 and row["day"] == day]
            assert abs((sales or 0) - weight * (total["sales_minor"] or 0)) < 1
            assert abs(Fraction(orders or 0) - weight * (total["orders"] or 0)) < Fraction(1, 10_000)


@st.composite
def exports(draw: st.DrawFn) -> list[tuple[int, int, int, list[dict[str, Any]]]]:
    """Up to four exports of overlapping days: (as_of, first day, last day, rows); some of one as-of."""
    found = []
    for number in range(draw(st.integers(2, 4))):
        start = draw(st.integers(0, 6))
        end = start + draw(st.integers(0, 6))
        chosen = draw(st.lists(st.tuples(st.integers(start, end), st.sampled_from("AB")), max_size=5, unique=True))
        rows = [
            {
                "day": FIRST + timedelta(days=day),
                "ad_group": group * 32,
                "clicks_through": draw(st.integers(0, 9)),
                "orders": number,
            }
            for day, group in chosen
        ]
        found.append((draw(st.integers(20, 23)), start, end, rows))
    return found


@settings(max_examples=10, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(exports(), clicks)
def test_exports_in_any_order_give_the_newest_knowledge_of_each_day(
    warehouse: Any,
    found: list[tuple[int, int, int, list[dict[str, Any]]]],
    clicked: list[tuple[str, str | None, date, int]],
) -> None:
    states = []
    for order in itertools.islice(itertools.permutations(found), 6):
        with emptied(warehouse):
            linked(warehouse, clicked)
            for as_of, start, end, rows in [*order, order[0]]:
                covers = (FIRST + timedelta(days=start), FIRST + timedelta(days=end))
                if rows:
                    warehouse.state(rows, as_of=as_of, covers=covers, name=str(found.index((as_of, start, end, rows))))
            warehouse.refresh()
            kept = "SELECT * EXCLUDE (imported_at) FROM imports ORDER BY ALL"
            views = ("conversions", "conversion_versions", "answer_conversions")
            states.append(
                [warehouse.rows(kept), *(warehouse.rows(f"SELECT * FROM {view} ORDER BY ALL") for view in views)]
            )
            newest = {}
            for as_of, start, end, rows in sorted(found, key=lambda export: export[0]):
                newest |= {FIRST + timedelta(days=n): as_of for n in range(start, end + 1) if rows}
            held = warehouse.rows("SELECT DISTINCT day, day(known_from) FROM conversions")
            assert {(day, known) for day, known in held} <= set(newest.items())
    assert all(state == states[0] for state in states)


@pytest.mark.parametrize("times", [1, 3])
def test_a_version_ends_where_the_next_begins(warehouse: Any, times: int) -> None:
    for _ in range(times):
        warehouse.state([{"day": FIRST, "ad_group": "A" * 32, "orders": 1}], as_of=5)
        warehouse.state([{"day": FIRST, "ad_group": "A" * 32, "orders": 2}], as_of=12)
    rows = warehouse.rows("SELECT orders, day(known_from), day(known_to) FROM conversion_versions ORDER BY known_from")
    assert rows == [(1, 5, 12), (2, 12, None)]
    assert warehouse.rows("SELECT orders FROM conversions") == [(2,)]
