"""Facts of days are kept as they were known: equal to what follows from the events, after whatever order of changes."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.events.conftest import CONTRACT, GOOGLEBOT, STORE, Site, beacon, line
from tests.events.conftest import new_site as new_site
from tests.events.conftest import site as site

from cta_analytics import config
from cta_analytics.events.rejudge import rejudge
from cta_analytics.links import extract
from cta_analytics.warehouse import inventory, known
from cta_analytics.warehouse.connection import reader, transaction, writer

PHONE = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 Version/18.5 Mobile/15E148 Safari/604.1"
LOGS = {
    "monday.log": [
        line("/answers/a"),
        line("/answers/b", "07/Sep/2026:08:10:00 -0500"),
        beacon(at="07/Sep/2026:08:00:30 -0500"),
        beacon("impression", at="07/Sep/2026:08:00:20 -0500"),
        line("/answers/a", "07/Sep/2026:09:00:00 -0500", address="192.0.2.7", agent=GOOGLEBOT),
        "rubbish\n",
    ],
    "tuesday.log": [
        line("/answers/a", "08/Sep/2026:08:00:00 -0500", agent=PHONE),
        beacon(at="08/Sep/2026:08:00:30 -0500", agent=PHONE),
        beacon(url="https://elsewhere.example/x", at="08/Sep/2026:08:01:30 -0500", agent=PHONE),
    ],
    # Late lines of Monday, of another visitor, with two that monday.log has too.
    "late.log": [
        line("/answers/a"),
        line("/answers/b", "07/Sep/2026:08:10:00 -0500"),
        line("/answers/b", "07/Sep/2026:23:10:00 -0500", address="192.0.2.9"),
        beacon(page="/answers/b", at="07/Sep/2026:23:11:00 -0500", address="192.0.2.9"),
    ],
}
TABLES = [name for name in known.FACTS if name.endswith("day_facts")] + ["batch_facts", "rejected_facts", "page_facts"]


def _project(site: Site) -> config.Project:
    return config.read(site.root / "cta.toml")


def _published_at(site: Site) -> datetime:
    ((at,),) = site.rows("SELECT published_at FROM published")
    return at  # type: ignore[no-any-return]


def _facts(site: Site, as_known_on: datetime | None = None) -> dict[str, list[tuple[Any, ...]]]:
    """What the public views and the tables of facts show, now or as known at an instant."""
    with reader(_project(site)) as connection:
        if as_known_on:
            connection.execute("SET VARIABLE as_known_on = $at", {"at": as_known_on})
        found = {"answer_days": connection.execute("SELECT * FROM answer_days ORDER BY ALL").fetchall()}
        for table in TABLES:
            found[table] = connection.execute(
                f"SELECT * EXCLUDE (known_from, known_to) FROM internal.{table} "
                "WHERE internal.is_known(known_from, known_to) ORDER BY ALL"
            ).fetchall()
    return found


def _as_by_an_older_list(site: Site) -> None:
    """Make of the warehouse one whose crawlers an older list took for people."""
    with writer(_project(site)) as connection, transaction(connection):
        connection.execute("UPDATE internal.user_agents SET class = 'human', reason = NULL, list_version = 'older'")
        known.mark(connection, "internal.all_days", "bot list", "older")
        known.mark_batches(connection, "bot list", "older")


def _scan(site: Site) -> None:
    project = _project(site)
    page = site.root / "pages" / "a.html"
    page.parent.mkdir(exist_ok=True)
    page.write_text(
        f'<link rel="canonical" href="/answers/a"><h1>A</h1><a href="{STORE}">x</a><a href="https://elsewhere.example/x">y</a>'
    )
    found = extract.scan(project, [page.parent])
    with writer(project) as connection:
        inventory.write(connection, found, project.contract)


def _exclude(site: Site) -> None:
    text = (site.root / "cta.toml").read_text()
    own = f'[exclude]\nuser_agents = ["{PHONE}"]\n'
    (site.root / "cta.toml").write_text(CONTRACT if own in text else CONTRACT + own)


def _do(site: Site, step: str) -> None:
    if step in LOGS:
        site.ingest(site.log(step, *LOGS[step]))
    elif step == "undo":
        batches = site.rows("SELECT max(batch_id) FROM batches")[0][0]
        if batches:
            site.undo(batches)
    elif step == "rejudge":
        _as_by_an_older_list(site)
        rejudge(_project(site), apply=True)
    elif step == "contract":
        _exclude(site)
    elif step == "scan":
        _scan(site)
    else:
        site.forget("2026-09-08")


STEPS = st.lists(
    st.sampled_from([*LOGS, *LOGS, "undo", "rejudge", "contract", "scan", "forget"]), min_size=2, max_size=6
)


@settings(max_examples=6, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=STEPS)
def test_stored_facts_are_those_of_the_events_and_the_past_stays_known(
    steps: list[str], tmp_path_factory: pytest.TempPathFactory
) -> None:
    root = tmp_path_factory.mktemp("site")
    (root / "cta.toml").write_text(CONTRACT)
    site = Site(root)
    site.ingest(site.log("first.log", line("/answers/c", "06/Sep/2026:12:00:00 -0500")))
    then: list[tuple[str, datetime, dict[str, list[tuple[Any, ...]]]]] = []
    for step in steps:
        then.append((step, _published_at(site), _facts(site)))
        _do(site, step)
        assert site.broken() == {}, step
    for step, at, facts in then:
        if "forget" in steps:
            # A forgotten line is no example of anything any more.
            facts.pop("rejected_facts")
        assert facts.items() <= _facts(site, at).items(), f"before {step}"


def test_a_changed_fact_closes_its_row_and_opens_another(site: Site) -> None:
    site.ingest(site.log("monday.log", *LOGS["monday.log"]))
    first = _published_at(site)
    site.ingest(site.log("late.log", *LOGS["late.log"]))
    rows = site.rows(
        "SELECT answer, views, visitors, clicks, known_from < known_to, known_to IS NULL "
        "FROM internal.answer_day_facts ORDER BY answer, known_from"
    )
    # Only b has late lines: a view and a click of another visitor.
    assert rows == [("a", 1, 1, 1, None, True), ("b", 1, 1, 0, True, False), ("b", 2, 2, 1, None, True)]
    assert site.rows("SELECT cause, detail FROM internal.changes ORDER BY known_from") == [
        ("late lines", f"batch 1 ({site.root}/monday.log)"),
        ("late lines", f"batch 2 ({site.root}/late.log)"),
    ]
    assert site.rows("SELECT max(known_from) > $1 FROM internal.changes".replace("$1", f"'{first}'")) == [(True,)]


def test_a_fact_that_stays_the_same_keeps_its_row(site: Site) -> None:
    site.ingest(site.log("monday.log", *LOGS["monday.log"]))
    before = site.rows("SELECT * FROM internal.answer_day_facts ORDER BY ALL")
    site.ingest(site.log("tuesday.log", *LOGS["tuesday.log"]))
    # Judged anew by the same list: every day is worked out, none is other.
    rejudge(_project(site), apply=True)
    assert site.rows("SELECT * FROM internal.answer_day_facts WHERE day = '2026-09-07' ORDER BY ALL") == before
    assert site.rows("SELECT count(*) FROM internal.changes") == [(2,)]


def test_facts_of_a_killed_run_are_settled_by_the_next_one(site: Site) -> None:
    site.ingest(site.log("monday.log", *LOGS["monday.log"]))

    class KilledError(Exception):
        pass

    with pytest.raises(KilledError), writer(_project(site)) as connection:
        with transaction(connection):
            connection.execute("DELETE FROM internal.events WHERE kind = 2")
            known.mark(connection, "internal.all_days", "late lines", "killed")
        raise KilledError
    with writer(_project(site)):
        pass
    assert site.rows("SELECT sum(impressions) FROM answer_days") == [(0,)]


def test_a_warehouse_from_before_facts_were_kept_gets_them_with_the_next_command(site: Site) -> None:
    site.ingest(site.log("monday.log", *LOGS["monday.log"]))
    before = _facts(site)
    with writer(_project(site)) as connection, transaction(connection):
        for table in known.FACTS:
            connection.execute(f"DELETE FROM internal.{table}")
        connection.execute("DELETE FROM internal.changes; DELETE FROM internal.meta WHERE key = 'facts_sha256'")
    with writer(_project(site)):
        pass
    assert _facts(site) == before
    assert site.rows("SELECT cause FROM internal.changes") == [("tool version",)]


def test_the_audit_finds_a_fact_that_is_wrong(site: Site) -> None:
    site.ingest(site.log("monday.log", *LOGS["monday.log"]))
    with writer(_project(site)) as connection:
        connection.execute("UPDATE internal.answer_day_facts SET views = 7 WHERE answer = 'a'")
    found = site.broken()["stored_facts"]
    assert [(fact, stored) for fact, _, stored, _ in found] == [("answer_day_facts", False), ("answer_day_facts", True)]
