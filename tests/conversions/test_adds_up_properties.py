"""Whatever is reported, restated, clicked, scanned or renamed: what answers get and do not get is the network's total.

The totals are added up here in plain Python from the files as given, and know nothing of the SQL that splits them.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.conversions.conftest import console
from tests.conversions.test_attribution_properties import emptied

from cta_analytics.config import Account, Contract, ImportReport
from cta_analytics.conversions import store
from cta_analytics.conversions.as_of import AsOf
from cta_analytics.conversions.importer import ConversionRow, Settings, Statement

FIRST = date(2026, 11, 2)
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
CONTRACT = Contract.model_validate(
    {
        "accounts": {"us": {"marketplace": "US"}, "uk": {"marketplace": "UK", "date_means": "click"}},
        "imports": {"mappings": {"awin": {"importer": "generic_csv", "network": "awin"}}},
        "moved": [{"from": "spine", "to": "back"}],
        "tags": {"by_answer": {"neck": {"tracking_id": "neck-20", "channel": "neck"}}},
    }
)
ANSWERS = ("back", "spine", "lats", "neck", None)
# What a URL of each source carries: columns of urls after url.
URLS: dict[str, tuple[str | None, ...]] = {
    "A": (console("A"), None, None, None, "amazon"),
    "B": (console("B"), None, None, None, "amazon"),
    "shop": (None, "shop-20", None, None, "amazon"),
    "shop/sub": (None, "shop-20", "sub", None, "amazon"),
    "neck-20": (None, "neck-20", None, None, "amazon"),
    "spring": (None, None, None, "spring", "amazon"),
    "sub-id": (None, None, "sub-id", None, "awin"),
}
KEYS: dict[str, list[dict[str, str]]] = {
    "amazon_attribution": [{"campaign": "c", "ad_group": name} for name in ("A" * 32, "B" * 32, "D" * 32, "unknown")],
    "amazon_associates": [{"tag": "shop-20"}, {"tag": "shop-20", "sub_tag": "sub"}, {"tag": "neck-20"}, {"tag": "gone-20"}],
    "amazon_store": [{"tag": "spring"}, {"tag": "neck"}, {"tag": "Other tags"}],
    "awin": [{"tag": "sub-id"}, {"tag": "other"}, {}],
}  # fmt: skip
REPORTS = {
    "amazon_attribution": ("performance",),
    "amazon_associates": ("orders", "earnings"),
    "amazon_store": ("tags",),
    "awin": ("transactions",),
}

count = st.one_of(st.none(), st.just(0), st.integers(0, 40), st.integers(10**6, 10**9))
money = st.one_of(st.none(), st.just(0), st.integers(-5000, 5000), st.integers(-(10**12), 10**12))
figures = st.fixed_dictionaries({name: money if name.endswith("minor") else count for name in FIGURES})
nothing = st.just(dict.fromkeys(FIGURES, 0))


@dataclass(frozen=True)
class Export:
    """What a file says: of one source, account and currency, about some days, at one or two levels."""

    source: str
    report: str
    account: str
    currency: str
    start: int
    end: int
    levels: tuple[tuple[str, tuple[dict[str, Any], ...]], ...]


@st.composite
def exports(draw: st.DrawFn) -> Export:
    source = draw(st.sampled_from(sorted(KEYS)))
    start = draw(st.integers(0, 12))
    end = start + draw(st.integers(0, 7))
    # A negative day count is a return; equal rows of one day are two sales and both count.
    row = st.tuples(
        st.sampled_from(KEYS[source]), st.integers(start, end), st.integers(0, 3), st.one_of(nothing, figures)
    )

    def made(found: tuple[dict[str, str], int, int, dict[str, int | None]]) -> dict[str, Any]:
        key, at, length, values = found
        day = FIRST + timedelta(days=at)
        long = {"period_from": day - timedelta(days=length)} if source == "amazon_store" else {}
        return {"day": day, **key, **values, **long}

    rows = tuple(draw(st.lists(row.map(made), min_size=1, max_size=6)))
    level = "adgroup" if source == "amazon_attribution" else "tag"
    levels: list[tuple[str, tuple[dict[str, Any], ...]]] = [(level, rows)]
    if source == "amazon_attribution" and draw(st.booleans()):
        parents = draw(st.lists(st.tuples(st.integers(start, end), figures), min_size=1, max_size=4))
        levels.append(
            ("campaign", tuple({"day": FIRST + timedelta(days=at), "campaign": "c", **f} for at, f in parents))
        )
        if draw(st.booleans()):
            levels.pop(0)
    return Export(
        source, draw(st.sampled_from(REPORTS[source])), draw(st.sampled_from(["us", "uk"])),
        draw(st.sampled_from(["USD", "GBP"])), start, end, tuple(levels),
    )  # fmt: skip


clicks = st.lists(
    st.tuples(st.sampled_from(sorted(URLS)), st.sampled_from(ANSWERS), st.integers(-5, 20), st.integers(1, 30)),
    max_size=20,
)
links = st.lists(st.tuples(st.sampled_from(sorted(URLS)), st.sampled_from(ANSWERS)), max_size=10)
# A CTA with that URL stood on an answer from a day to a day (or still does).
revisions = st.lists(
    st.tuples(
        st.sampled_from(sorted(URLS)), st.sampled_from(ANSWERS[:4]), st.integers(-20, 15),
        st.one_of(st.none(), st.integers(1, 20)), st.booleans(),
    ),
    max_size=8,
)  # fmt: skip


def _write(warehouse: Any, export: Export, as_of: int) -> None:
    account = CONTRACT.accounts.get(export.account, Account())
    owner = Settings(export.source, export.account, account, export.currency, 2, ImportReport())
    covers = (FIRST + timedelta(days=export.start), FIRST + timedelta(days=export.end))
    at = AsOf(datetime(2026, 11, 25, 6, tzinfo=UTC) + timedelta(days=as_of), "option")
    for level, rows in export.levels:
        typed = tuple(ConversionRow(row_number=number, **row) for number, row in enumerate(rows, 1))
        statement = Statement(export.report, level, typed, *covers)  # type: ignore[arg-type]
        store.write(warehouse.connection, statement, store.File(export.source, "f", f"{as_of}"), owner, at)


def _expected(known: list[Export]) -> dict[tuple[Any, ...], int]:
    """Totals by (source, account, currency, day, figure); the later of two exports knows better, level by level."""
    newest: dict[tuple[str, str, str, date], dict[str, tuple[int, str, list[dict[str, Any]]]]] = defaultdict(dict)
    for as_of, export in enumerate(known):
        for level, rows in export.levels:
            for number in range(export.start, export.end + 1):
                day = FIRST + timedelta(days=number)
                of_day = [row for row in rows if row["day"] == day]
                newest[export.source, export.account, export.report, day][level] = (as_of, export.currency, of_day)
    totals: dict[tuple[Any, ...], int] = defaultdict(int)
    for (source, account, _, day), levels in newest.items():
        stated = {level: found for level, found in levels.items() if found[2]}
        wide, fine = stated.get("campaign"), stated.get("adgroup") or stated.get("tag")
        if wide and fine and wide[0] < fine[0] - 1:
            # Campaigns of over a day before: what ad groups say is newer.
            wide = None
        for currency in {found[1] for found in (wide, fine) if found}:
            for figure in FIGURES:
                for found in (wide, fine):
                    values = (
                        [row[figure] for row in found[2] if row[figure] is not None]
                        if found and found[1] == currency
                        else []
                    )
                    if values:
                        totals[source, account, currency, day, figure] += sum(values)
                        break
    return totals


def _found(warehouse: Any) -> dict[tuple[Any, ...], Decimal]:
    rows = warehouse.rows(
        f"SELECT source, account, currency, day, {', '.join(f'sum({name})' for name in FIGURES)} FROM answer_conversions GROUP BY ALL"
    )
    return {(*key, figure): value for *key, values in ((*row[:4], row[4:]) for row in rows) for figure, value in zip(FIGURES, values, strict=True) if value}  # fmt: skip


def _check(warehouse: Any, known: list[Export]) -> None:
    warehouse.refresh()
    assert _found(warehouse) == {key: value for key, value in _expected(known).items() if value}
    assert warehouse.failing() == []
    two = "SELECT 1 FROM answer_conversions WHERE basis = 'measured' GROUP BY source, account, tag, day HAVING count(DISTINCT answer) > 1"
    assert warehouse.rows(two) == []
    assert warehouse.rows("SELECT 1 FROM answer_conversions WHERE answer = 'spine'") == []
    ends = warehouse.rows(
        "SELECT * FROM tag_intervals WHERE orders_low > orders + 1 OR orders_high < orders - 1 OR orders_low < 0 "
        "OR orders_high > greatest(tag_orders, orders + 1) OR sales_low_minor > sales_minor + 1 OR sales_high_minor < sales_minor - 1"
    )
    assert ends == []


@settings(
    max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)
@given(st.lists(exports(), min_size=1, max_size=5), st.integers(1, 5), clicks, links, revisions, revisions)
def test_every_source_adds_up_through_restatement_and_change_of_owner(
    warehouse: Any,
    known: list[Export],
    first: int,
    clicked: list[tuple[str, str | None, int, int]],
    linked: list[tuple[str, str | None]],
    before: list[tuple[str, str, int, int | None, bool]],
    after: list[tuple[str, str, int, int | None, bool]],
) -> None:
    warehouse.contract = CONTRACT
    with emptied(warehouse):
        warehouse.rows("DELETE FROM revisions")
        ids = {}
        for number, (name, carried) in enumerate(URLS.items(), 1):
            ids[name] = number
            *tags, network = carried
            values = (number, f"https://www.amazon.com/dp/B0EXAMPLE1?{name}", *tags, "US", network)
            warehouse.connection.execute("INSERT INTO urls VALUES (?, ?, ?, ?, ?, ?, ?, ?)", values)
        for name, answer in linked:
            values = (ids[name], f"/answers/{answer}" if answer else "/about", answer, None)
            warehouse.connection.execute("INSERT INTO links VALUES (?, ?, ?, ?)", values)
        for name, answer, day, times in clicked:
            warehouse.click(ids[name], "back" if answer == "spine" else answer, FIRST + timedelta(days=day), times)
        for stood in (before, after):
            for name, answer, opened, length, is_assumed in stood:
                day = FIRST + timedelta(days=opened)
                closed = None if length is None else day + timedelta(days=length)
                warehouse.revision(answer, ids[name], day, closed, is_assumed=is_assumed)
            # The first time round, what came in later is not known yet.
            part = known[:first] if stood is before else known
            for as_of, export in enumerate(part):
                _write(warehouse, export, as_of)
            _check(warehouse, part)
