"""More clicks or impressions in a day than people make: told of a visitor and of an address, however its user agent changes."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from tests.events.conftest import CONTRACT, FIREFOX, GOOGLEBOT, Site, beacon, line

from cta_analytics import config
from cta_analytics.events.rejudge import rejudge
from cta_analytics.metrics import check

LIMITS = """\
[flood]
clicks_per_visitor = 12
impressions_per_visitor = 20
clicks_per_address = 15
impressions_per_address = 25
"""
REASONS = "SELECT uncounted_reason, count(*) FROM {} GROUP BY 1"


@pytest.fixture
def flooded(new_site: Callable[..., Site]) -> Site:
    """A project whose limits are low."""
    return new_site("flooded", CONTRACT + LIMITS)


def at(minute: int, day: int = 7) -> str:
    """A time of a day of the site: they are a minute apart, so that no rule about seconds speaks."""
    return f"{day:02d}/Sep/2026:{9 + minute // 60:02d}:{minute % 60:02d}:00 -0500"


def sent(
    count: int, address: str, kind: str = "click", *, first: int = 0, agent: str = FIREFOX, day: int = 7
) -> list[str]:
    """So many beacons of one visitor, who opened the page before."""
    opened = line("/answers/a", at(first, day), address=address, agent=agent)
    return [opened, *(beacon(kind, at=at(first + n, day), address=address, agent=agent) for n in range(count))]


def changing(count: int, address: str, kind: str = "click", day: int = 7) -> list[str]:
    """As many visitors at one address, each with a user agent and a beacon of its own."""
    agents = (FIREFOX.replace("140.0", f"{100 + number}.0") for number in range(count))
    return [one for n, agent in enumerate(agents) for one in sent(1, address, kind, first=n, agent=agent, day=day)]


def readers(count: int = 5, kind: str = "click", each: int = 1, day: int = 7) -> list[str]:
    """People at addresses of their own."""
    return [one for number in range(count) for one in sent(each, f"198.51.100.{number}", kind, day=day)]


def reasons(site: Site, *lines: str, view: str = "clicks") -> dict[str | None, int]:
    """Why events of a log of these lines do not count, and how many."""
    site.log("access.log", *lines)
    site.ingest("access.log")
    return dict(site.rows(REASONS.format(view)))


@pytest.mark.parametrize(("kind", "view", "most"), [("click", "clicks", 12), ("impression", "impressions", 20)])
def test_what_a_visitor_sends_beyond_the_limit_is_a_flood(flooded: Site, kind: str, view: str, most: int) -> None:
    assert reasons(flooded, *readers(5, kind), *sent(most, "192.0.2.1", kind), view=view) == {None: 5 + most}
    more = beacon(kind, at=at(90), address="192.0.2.1")
    assert reasons(flooded, *readers(5, kind), *sent(most, "192.0.2.1", kind), more, view=view) == {
        None: 5,
        "flood": most + 1,
    }


@pytest.mark.parametrize(("kind", "view", "most"), [("click", "clicks", 15), ("impression", "impressions", 25)])
def test_changing_user_agents_do_not_hide_an_address(flooded: Site, kind: str, view: str, most: int) -> None:
    assert reasons(flooded, *readers(5, kind), *changing(most, "192.0.2.1", kind), view=view) == {None: 5 + most}
    found = reasons(flooded, *readers(5, kind), *changing(most + 1, "192.0.2.1", kind), view=view)
    assert found == {None: 5, "flood": most + 1}


def test_the_addresses_of_one_home_are_one_sender(flooded: Site) -> None:
    home = [one for n in range(16) for one in sent(1, f"2001:db8:1:2::{n:x}", agent=FIREFOX.replace("140", f"{n}0"))]
    neighbours = [one for n in range(16) for one in sent(1, f"2001:db8:1:{n + 100:x}::1")]
    assert reasons(flooded, *home, *neighbours) == {None: 16, "flood": 16}


def test_clicks_and_impressions_are_judged_apart_and_page_views_not_at_all(flooded: Site) -> None:
    clicks = reasons(flooded, *readers(), *sent(20, "192.0.2.1", "impression"), *sent(13, "192.0.2.1", first=30))
    assert clicks == {None: 5, "flood": 13}
    assert dict(flooded.rows(REASONS.format("impressions"))) == {None: 20}
    assert dict(flooded.rows(REASONS.format("pageviews"))) == {None: 7}


def test_each_day_is_judged_by_itself(flooded: Site) -> None:
    days = [*readers(), *readers(day=8), *sent(12, "192.0.2.1"), *sent(12, "192.0.2.1", day=8)]
    assert reasons(flooded, *days) == {None: 34}


def test_where_most_send_many_nobody_stands_out(flooded: Site) -> None:
    """Behind a proxy whose clients are not told apart, every address is that of many people."""
    proxied = [one for n in (1, 2, 3) for one in changing(40, f"192.0.2.{n}")]
    assert reasons(flooded, *proxied) == {None: 120}


@pytest.mark.parametrize(
    ("pages", "clicks", "found"), [(0, 16, {"flood": 16}), (15, 16, {"flood": 16}), (16, 16, {None: 16})]
)
def test_who_is_alone_is_judged_by_the_pages_that_were_opened(
    flooded: Site, pages: int, clicks: int, found: dict[str | None, int]
) -> None:
    """All of a site's people may come through one proxy; on another site one forger may be all there is on a day."""
    opened = [line(f"/answers/{n}", at(n), address="192.0.2.1") for n in range(pages)]
    clicked = [beacon(at=at(n, 7), address="192.0.2.1") for n in range(clicks)]
    views_elsewhere = line("/answers/a", address="198.51.100.1")
    assert reasons(flooded, *opened, *clicked, views_elsewhere) == found


def test_what_does_not_count_anyway_accuses_nobody_else(new_site: Callable[..., Site]) -> None:
    site = new_site("flooded", f'{CONTRACT}{LIMITS}[exclude]\nuser_agents = ["OwnTester"]\n')
    office = [*sent(30, "192.0.2.1", agent=GOOGLEBOT), *sent(30, "192.0.2.1", agent="Mozilla/5.0 OwnTester")]
    twice = [beacon(at=at(5), address="192.0.2.1", i="one")] * 20
    assert reasons(site, *readers(), *office, *sent(3, "192.0.2.1"), *twice) == {
        None: 5 + 3 + 1,
        "bot": 30,
        "internal": 30,
        "same_click": 19,
    }


def test_who_wants_no_tracking_is_not_told_from_others(flooded: Site) -> None:
    own = '$remote_addr - - [$time_local] "$request" $status $body_bytes_sent "$http_referer" "$http_user_agent" "$http_sec_gpc"'
    flooded.log("a.log", *(text.rstrip("\n") + ' "1"\n' for text in [*readers(), *sent(30, "192.0.2.1")]))
    flooded.ingest("a.log", log_format=own)
    assert dict(flooded.rows(REASONS.format("clicks"))) == {None: 35}
    assert flooded.rows("SELECT count(*) FROM internal.events WHERE sender IS NOT NULL") == [(0,)]


def test_a_flood_goes_with_the_log_that_made_it_one(flooded: Site) -> None:
    one, other = changing(16, "192.0.2.1")[:16], changing(16, "192.0.2.1")[16:]
    flooded.log("a.log", *readers(), *one)
    flooded.log("b.log", *other)
    flooded.ingest("a.log")
    assert dict(flooded.rows(REASONS.format("clicks"))) == {None: 13}
    before = flooded.state()
    flooded.ingest("b.log")
    assert dict(flooded.rows(REASONS.format("clicks"))) == {None: 5, "flood": 16}
    after = flooded.state()
    flooded.undo(2)
    assert flooded.state() == before
    flooded.ingest("b.log")
    assert flooded.state() == after
    assert flooded.broken() == {}


def test_a_flood_is_forgotten_with_its_day(flooded: Site) -> None:
    reasons(flooded, *readers(), *readers(day=8), *sent(13, "192.0.2.1"), *sent(13, "192.0.2.2", day=8))
    flooded.forget("2026-09-08")
    assert dict(flooded.rows(REASONS.format("clicks"))) == {None: 5, "flood": 13}


def test_other_limits_hold_backwards(flooded: Site) -> None:
    assert reasons(flooded, *readers(), *changing(16, "192.0.2.1")) == {None: 5, "flood": 16}
    contract = flooded.root / "cta.toml"
    contract.write_text(contract.read_text().replace("clicks_per_address = 15", "clicks_per_address = 16"))
    flooded.log("later.log", line("/answers/b", at(0, 9)))
    flooded.ingest("later.log")
    assert dict(flooded.rows(REASONS.format("clicks"))) == {None: 21}


def test_judging_anew_leaves_a_flood_one(flooded: Site) -> None:
    found = reasons(flooded, *readers(), *changing(16, "192.0.2.1"))
    rejudge(config.read(flooded.root / "cta.toml"), apply=True)
    assert dict(flooded.rows(REASONS.format("clicks"))) == found == {None: 5, "flood": 16}


@settings(
    max_examples=6,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
    phases=[Phase.explicit, Phase.generate],
)
@given(order=st.permutations(range(4)), cut=st.integers(1, 3))
def test_the_order_and_the_grouping_of_logs_change_no_flood(
    tmp_path_factory: pytest.TempPathFactory, order: list[int], cut: int
) -> None:
    lines = [*readers(), *changing(16, "192.0.2.1"), *sent(13, "192.0.2.2"), *sent(12, "192.0.2.3"), *readers(day=8)]
    parts = [lines[number::4] for number in range(4)]
    states = []
    for number, groups in enumerate([[[0, 1, 2, 3]], [order[:cut], order[cut:]]]):
        root = tmp_path_factory.mktemp(f"site{number}")
        (root / "cta.toml").write_text(CONTRACT + LIMITS)
        one = Site(root)
        for name, group in enumerate(groups):
            one.log(f"{name}.log", *(text for part in group for text in parts[part]))
            one.ingest(f"{name}.log")
        states.append(one.state())
    assert states[0] == states[1]
    assert sum(reason == "flood" for row in states[0]["clicks"] for reason in row) == 16 + 13


def test_floods_are_told_by_day(flooded: Site) -> None:
    from cta_analytics.warehouse.connection import reader

    people = [*readers(), *readers(kind="impression")]
    reasons(flooded, *people, *changing(16, "192.0.2.1"), *sent(13, "192.0.2.2"), *sent(21, "192.0.2.2", "impression"))
    with reader(config.read(flooded.root / "cta.toml")) as connection:
        (wanted,) = [one for one in check.checks() if one.name == "floods"]
        found = check.complaints(connection, wanted)
    assert [(one.subject, one.fact) for one in found] == [
        ("2026-09-07", "29 clicks and 21 impressions, of 17 visitors at 2 addresses, are a flood and do not count")
    ]
