"""Two reports differ by the sum of the causes, whatever happened between them."""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.events.conftest import Site
from tests.events.conftest import new_site as new_site
from tests.events.conftest import site as site
from tests.reports.test_past import CLICKS, LATER, TAGGED_CONTRACT, WEEK, bring, project, refresh
from tests.warehouse.test_known import LOGS, _as_by_an_older_list, _scan

from cta_analytics.errors import CtaError
from cta_analytics.events.rejudge import rejudge
from cta_analytics.metrics.period import Period
from cta_analytics.reports import changes
from cta_analytics.reports.changes import Difference
from cta_analytics.reports.record import Amounts, record
from cta_analytics.warehouse.as_known import published_at
from cta_analytics.warehouse.connection import reader, writer

MORE = {**LOGS, "clicks.log": CLICKS, "later.log": LATER}


def _made(site: Site, period: Period = WEEK) -> int:
    with writer(project(site)) as connection:
        return record(connection, project(site), period, site.root / "report.html", published_at(connection))


def _between(site: Site, first: int, second: int) -> Difference:
    with reader(project(site)) as connection:
        return changes.between(connection, first, second)


def _shown(site: Site) -> dict[str, int]:
    """The figures of the week as the public views have them."""
    names = ("views", "clicks", "amazon_clicks", "product_clicks", "impressions", "bot_views", "bot_clicks")
    sums = ", ".join(f"coalesce(sum({name}), 0)::BIGINT" for name in names)
    days = f"day BETWEEN '{WEEK.first}' AND '{WEEK.last}'"
    (row,) = site.rows(f"SELECT {sums} FROM answer_days WHERE {days}")
    (money,) = site.rows(
        "SELECT coalesce(sum(orders), 0)::BIGINT, coalesce(sum(sales_minor), 0)::BIGINT FROM answer_conversions "
        f"WHERE source = 'amazon_attribution' AND {days}"
    )
    return dict(zip((*names, "orders", "sales_minor"), (*row, *money), strict=True))


def _added(found: Difference) -> Amounts:
    added: Amounts = defaultdict(Decimal)
    for change in found.changes:
        added[change.figure, change.currency or ""] += change.amount
    return {key: amount for key, amount in added.items() if amount}


def _contract(site: Site) -> None:
    shared = '[exclude]\nuser_agents = ["iPhone"]\n'
    text = (site.root / "cta.toml").read_text()
    (site.root / "cta.toml").write_text(TAGGED_CONTRACT if shared in text else TAGGED_CONTRACT + shared)


def _do(site: Site, step: str) -> None:
    if step in MORE:
        site.ingest(site.log(step, *MORE[step]))
    elif step == "undo":
        site.undo(site.rows("SELECT max(batch_id) FROM batches")[0][0])
    elif step == "rejudge":
        _as_by_an_older_list(site)
        rejudge(project(site), apply=True)
    elif step == "contract":
        _contract(site)
        site.ingest(site.log("other.log", *LOGS["tuesday.log"][:1]))
    elif step == "scan":
        _scan(site)
    elif step == "forget":
        site.forget("2026-09-08")
    else:
        bring(site, f"{step}_2026-09-14.json", int(step[-1]))
    refresh(site)


STEPS = st.lists(
    st.sampled_from([*MORE, "undo", "rejudge", "contract", "scan", "forget", "import3", "import5"]),
    min_size=1,
    max_size=5,
)


@settings(max_examples=5, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=STEPS)
def test_the_causes_add_up_to_the_difference(steps: list[str], tmp_path_factory: pytest.TempPathFactory) -> None:
    root = tmp_path_factory.mktemp("site")
    (root / "cta.toml").write_text(TAGGED_CONTRACT)
    site = Site(root)
    site.ingest(site.log("first.log", *CLICKS[:2]))
    site.ingest(site.log("again.log", *CLICKS[:1], *LOGS["monday.log"]))
    bring(site, "first_2026-09-11.json", 2)
    runs, shown = [_made(site)], [_shown(site)]
    for step in steps:
        if step == "undo" and not site.rows("FROM batches"):
            continue
        _do(site, step)
        runs.append(_made(site))
        shown.append(_shown(site))
    for first in range(len(runs)):
        for second in range(len(runs)):
            found = _between(site, runs[first], runs[second])
            assert _added(found) == found.total
            assert "tool version" not in {change.cause for change in found.changes}
            differs = {name: shown[second][name] - shown[first][name] for name in shown[0]}
            total = {name: amount for (name, _), amount in found.total.items() if name in shown[0]}
            assert total == {name: amount for name, amount in differs.items() if amount}


def test_each_cause_has_its_own_amounts(site: Site) -> None:
    (site.root / "cta.toml").write_text(TAGGED_CONTRACT)
    site.ingest(site.log("clicks.log", *CLICKS))
    bring(site, "first_2026-09-11.json", 3)
    first = _made(site)
    site.ingest(site.log("later.log", *LATER))
    refresh(site)
    bring(site, "second_2026-09-14.json", 5)
    site.undo(1)
    refresh(site)
    found = _between(site, first, _made(site))
    by = {
        (change.cause, change.figure): change.amount
        for change in found.changes
        if change.figure in {"views", "orders", "sales_minor"}
    }
    # One late view; two views undone; 3 orders became 5, at 20 dollars each.
    assert by == {
        ("late lines", "views"): 1,
        ("restated", "orders"): 2,
        ("restated", "sales_minor"): 4000,
        ("undone batch", "views"): -2,
    }
    details = {change.cause: change.detail for change in found.changes}
    assert details == {
        "late lines": f"batch 2 ({site.root}/later.log)",
        "restated": "second_2026-09-14.json",
        "undone batch": f"batch 1 ({site.root}/clicks.log)",
    }


def test_another_version_of_the_tool_is_a_cause(site: Site) -> None:
    site.ingest(site.log("clicks.log", *CLICKS))
    first = _made(site)
    with writer(project(site)) as connection:
        connection.execute(
            'UPDATE internal.report_runs SET tool_version = \'0.0.1\', figures = \'[["views", "", "7.0000"]]\''
        )
    found = _between(site, first, _made(site))
    # The older version had counted 7 views and nothing else; these are 2 views and 2 clicks to Amazon, each of a visitor who read.
    assert {change.figure: change.amount for change in found.changes} == {
        "views": -5, "visitor_days": 2, "clicks": 2, "amazon_clicks": 2, "clicking_visitors": 2,
    }  # fmt: skip
    assert {change.cause for change in found.changes} == {"tool version"}


def test_two_periods_differ_by_the_period(site: Site) -> None:
    site.ingest(site.log("clicks.log", *CLICKS))
    week, other = _made(site), _made(site, Period(date(2026, 9, 14), date(2026, 9, 20)))
    found = _between(site, week, other)
    assert {change.cause for change in found.changes} == {"period"}
    assert _added(found) == found.total
    assert found.total["views", ""] == -2


def test_a_report_that_is_not_there_is_said_in_one_line(site: Site) -> None:
    site.ingest(site.log("clicks.log", *CLICKS))
    run = _made(site)
    with pytest.raises(CtaError, match=f"run 9: no such report; the latest are {run}"):
        _between(site, 9, run)
    with writer(project(site)) as connection:
        connection.execute("UPDATE internal.report_runs SET known_at = NULL")
    with pytest.raises(CtaError, match="made before figures were kept"):
        _between(site, run, run)
