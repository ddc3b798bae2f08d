"""User agents judged anew: what changes in past weeks is told before, and holds backwards after."""

from __future__ import annotations

import pytest
from tests.events.conftest import CONTRACT, FIREFOX, GOOGLEBOT, Site, beacon, line

from cta_analytics import config
from cta_analytics.events import bots
from cta_analytics.events.rejudge import Rejudged, Week, by_class, rejudge

OLD = "crawler-user-agents 1.0, rules 1"


@pytest.fixture
def judged_before(site: Site, monkeypatch: pytest.MonkeyPatch) -> Site:
    """A site whose logs came in when no list knew Googlebot: two weeks with it, one without."""
    site.log(
        "a.log",
        line("/answers/a", "31/Aug/2026:12:00:00 -0500", agent=GOOGLEBOT),
        beacon(at="31/Aug/2026:12:00:10 -0500", agent=GOOGLEBOT),
        line("/answers/a", "07/Sep/2026:12:00:00 -0500", agent=GOOGLEBOT),
        line("/answers/a", "07/Sep/2026:12:00:00 -0500", address="192.0.2.2"),
        line("/answers/a", "14/Sep/2026:12:00:00 -0500", address="192.0.2.2"),
    )
    with monkeypatch.context() as patch:
        patch.setattr(bots, "judge", lambda _: bots.Verdict("human", None))
        patch.setattr(bots, "list_version", lambda: OLD)
        site.ingest("a.log")
    return site


WEEKS = (Week("2026-W36", 1, 0, 1, 0), Week("2026-W37", 2, 1, 0, 0))


def test_what_changes_is_told_and_nothing_is_changed(judged_before: Site) -> None:
    site = judged_before
    before = (site.root / "cta.duckdb").read_bytes()
    found = rejudge(config.read(site.root / "cta.toml"), apply=False)
    assert found == Rejudged(WEEKS, 1, (OLD,), bots.list_version())
    assert (site.root / "cta.duckdb").read_bytes() == before


def test_the_newer_list_holds_backwards(judged_before: Site) -> None:
    site = judged_before
    project = config.read(site.root / "cta.toml")
    assert rejudge(project, apply=True).weeks == WEEKS
    assert site.rows("SELECT iso_week, count(*) FROM pageviews WHERE is_counted GROUP BY 1 ORDER BY 1") == [
        ("2026-W37", 1), ("2026-W38", 1),
    ]  # fmt: skip
    assert site.rows("SELECT DISTINCT bot_reason FROM clicks") == [("crawler-user-agents: Googlebot/",)]
    assert site.rows("SELECT DISTINCT list_version FROM user_agents") == [(bots.list_version(),)]
    assert rejudge(project, apply=False) == Rejudged((), 0, (bots.list_version(),), bots.list_version())


def test_own_user_agents_stay_our_own(judged_before: Site) -> None:
    site = judged_before
    (site.root / "cta.toml").write_text(CONTRACT + '[exclude]\nuser_agents = ["googlebot"]\n')
    rejudge(config.read(site.root / "cta.toml"), apply=True)
    assert site.rows("SELECT user_agent, class, reason FROM user_agents ORDER BY class DESC") == [
        (GOOGLEBOT, "internal", "[exclude] googlebot"),
        (FIREFOX, "human", None),
    ]
    assert site.rows("SELECT DISTINCT uncounted_reason FROM clicks") == [("internal",)]


def test_verdicts_by_behaviour_stay(judged_before: Site) -> None:
    site = judged_before
    site.log("b.log", *(beacon(at=f"21/Sep/2026:08:00:0{second} -0500", o=second + 1) for second in range(8)))
    site.ingest("b.log")
    reasons = "SELECT DISTINCT bot_reason FROM clicks WHERE day = DATE '2026-09-21'"
    assert site.rows(reasons) == [("many clicks in seconds",)]
    rejudge(config.read(site.root / "cta.toml"), apply=True)
    assert site.rows(reasons) == [("many clicks in seconds",)]


def test_user_agents_by_class_with_what_they_did(judged_before: Site) -> None:
    project = config.read(judged_before.root / "cta.toml")
    rejudge(project, apply=True)
    version = bots.list_version()
    human = {
        "class": "human", "reason": None, "user_agents": 1, "pageviews": 2, "clicks": 0, "list_version": version, "example": FIREFOX,
    }  # fmt: skip
    crawler = {
        "class": "crawler", "reason": "crawler-user-agents: Googlebot/", "user_agents": 1, "pageviews": 2, "clicks": 1,
        "list_version": version, "example": GOOGLEBOT,
    }  # fmt: skip
    assert by_class(project) == [human, crawler]
    assert by_class(project, "crawler") == [crawler]
    assert by_class(project, "monitor") == []
