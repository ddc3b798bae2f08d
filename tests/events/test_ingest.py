"""What a line means: each kind of request, once, in the right day, with the right reason."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date, datetime

import pytest
from tests.events.conftest import CONTRACT, FIREFOX, GOOGLEBOT, STORE, Site, beacon, line

from cta_analytics.errors import CtaError
from cta_analytics.events.batches import Batch

REQUESTS = [
    # (line, what it counts as)
    (line("/answers/a"), "pageviews"),
    (line("/answers/a/?utm_source=x#top", status=304), "pageviews"),
    (line("/answers/a/index.html"), "pageviews"),
    (line("/answers/a.html"), "pageviews"),
    (line("/"), "pageviews"),
    (line("/products/roller"), "pageviews"),
    (line("/answers/a", method="HEAD"), "method"),
    (line("/answers/a", method="POST"), "method"),
    (line("/answers/a", status=301), "redirected"),
    (line("/answers/a", status=404), "client_error"),
    (line("/answers/a", status=500), "server_error"),
    (line("/answers/a", status=206), "status"),
    (line("/css/site.css"), "asset"),
    (line("/favicon.ico", status=304), "asset"),
    (line("/imprint"), "not_a_page"),
    (line("/answers"), "not_a_page"),
    ('192.0.2.1 - - [07/Sep/2026:08:00:00 -0500] "\\x16\\x03\\x01" 400 0 "-" "-"\n', "no_request"),
    ('192.0.2.1 - - [07/Sep/2026:08:00:00 -0500] "-" 408 0 "-" "-"\n', "no_request"),
    (beacon("click"), "clicks"),
    (beacon("click", i="1").replace("POST", "GET"), "clicks"),
    (line("/go/store", status=302), "clicks"),
    (line("/go/store/?x=1", status=301), "clicks"),
    (line("/go/store", status=302, method="HEAD"), "redirected"),
    (line("/go/other", status=302), "redirected"),
    (beacon("impression"), "impressions"),
    (beacon("submit"), "submit"),
    (beacon("view"), "beacon_view"),
    (beacon("hover"), "bad_beacon"),
    (line("/cta/e?t=click&p=/answers/a", status=204), "bad_beacon"),
    (line("/cta/e", status=204), "bad_beacon"),
    (line("/cta/e?t=click&u=x&p=/", status=404), "client_error"),
    ("rubbish\n", "rejected"),
    ("\n", "blank"),
    ("# comment\n", "comment"),
]


@pytest.mark.parametrize(("text", "counts_as"), REQUESTS)
def test_each_kind_of_request(site: Site, text: str, counts_as: str) -> None:
    site.log("access.log", line("/css/other.css"), text)
    (batch,) = site.ingest("access.log").batches
    counted = {
        name: getattr(batch, name) for name in ("pageviews", "clicks", "impressions", "rejected", "already_seen")
    }
    reasons = dict(batch.other_reasons)
    reasons["asset"] -= 1
    found = [name for name, count in (counted | reasons).items() if count]
    assert found == [counts_as]
    assert batch.lines == 2 == sum(counted.values()) + batch.other


def test_the_account_of_all_of_them(site: Site) -> None:
    site.log("access.log", *(text for text, _ in REQUESTS))
    (batch,) = site.ingest("access.log").batches
    assert batch == Batch(
        batch_id=1, file=batch.file, log_format="combined", lines=34, pageviews=6, clicks=4, impressions=1, other=22, rejected=1,
        other_reasons={
            "submit": 1, "asset": 2, "not_a_page": 2, "method": 2, "redirected": 3, "client_error": 2, "server_error": 1, "status": 1,
            "no_request": 2, "beacon_view": 1, "bad_beacon": 3, "blank": 1, "comment": 1,
        },
    )  # fmt: skip
    stored = site.rows(
        "SELECT lines, pageviews, clicks, impressions, other, rejected, already_seen, other_reasons, first_at, last_at FROM batches"
    )
    assert stored == [
        (34, 6, 4, 1, 22, 1, 0, batch.other_reasons, datetime(2026, 9, 7, 13, 0), datetime(2026, 9, 7, 13, 0, 30))
    ]  # fmt: skip
    assert site.rows("SELECT line_number, reason, line FROM rejected_lines") == [
        (32, "it does not begin with an address and a time in brackets", "rubbish")
    ]


def test_a_page_view_in_full(site: Site) -> None:
    site.log(
        "access.log",
        line(
            "/answers/oil-a-board/?utm_source=news&utm_medium=email&secret=1",
            referrer="https://www.google.com/search?q=oil",
        ),
    )
    site.ingest("access.log")
    columns = (
        "occurred_at, day, iso_week, site, lang, path, answer, page_kind, slot, ordinal, url_id, referrer_host, channel, device, "
        "is_bot, bot_reason, is_counted, uncounted_reason, batch_id, line_number"
    )
    assert site.rows(f"SELECT {columns} FROM pageviews") == [
        (
            datetime(2026, 9, 7, 13, 0), date(2026, 9, 7), "2026-W37", "www.example.com", None, "/answers/oil-a-board", "oil-a-board",
            "answer", None, None, None, "www.google.com", "Email", "desktop", False, None, True, None, 1, 1,
        )
    ]  # fmt: skip
    assert site.rows("SELECT user_agent, class, reason FROM user_agents") == [(FIREFOX, "human", None)]


def test_a_click_of_the_beacon_in_full(site: Site) -> None:
    site.log(
        "access.log",
        beacon("click", i="0a", o=2, s="hero"),
        beacon("click", url="https://www.example.com/products/roller"),
    )
    site.ingest("access.log")
    columns = (
        "path, answer, page_kind, slot, ordinal, url, url_kind, cta, via, click_group, is_counted, uncounted_reason"
    )
    assert site.rows(f"SELECT {columns} FROM clicks ORDER BY line_number") == [
        ("/answers/a", "a", "answer", "hero", 2, STORE, "amazon_store", None, "beacon", "amazon", True, None),
        (
            "/answers/a", "a", "answer", "product:/products/roller:1", 1, "https://www.example.com/products/roller", "product", None,
            "beacon", "product", True, None,
        ),
    ]  # fmt: skip
    assert site.rows("SELECT kind, network, store_page, utm_source, target_path FROM urls ORDER BY kind") == [
        ("amazon_store", "amazon", "0A1B2C3D-0000-4000-8000-0123456789AB", "example", None),
        ("product", None, None, None, "/products/roller"),
    ]


def test_a_redirect_hit_belongs_to_the_page_of_its_referrer(site: Site) -> None:
    site.log(
        "access.log",
        line("/go/store", "07/Sep/2026:08:00:00 -0500", status=302, referrer="https://www.example.com/answers/a?x=1"),
        line("/go/store", "07/Sep/2026:09:00:00 -0500", status=302, referrer="https://other.example/answers/a"),
        line("/go/store", "07/Sep/2026:10:00:00 -0500", status=302),
    )
    site.ingest("access.log")
    assert site.rows("SELECT path, answer, url, url_kind, via, click_group FROM clicks ORDER BY occurred_at") == [
        ("/answers/a", "a", "https://www.example.com/go/store", "amazon_store", "redirect", "amazon"),
        (None, None, "https://www.example.com/go/store", "amazon_store", "redirect", "amazon"),
        (None, None, "https://www.example.com/go/store", "amazon_store", "redirect", "amazon"),
    ]


def test_a_redirect_hit_beside_its_beacon_is_the_same_click(site: Site) -> None:
    go = "https://www.example.com/go/store"
    page = "https://www.example.com/answers/a"
    site.log(
        "access.log",
        beacon("click", url=go, at="07/Sep/2026:08:00:00 -0500"),
        line("/go/store", "07/Sep/2026:08:00:10 -0500", status=302, referrer=page),
        # eleven seconds are too many, another visitor is another click, another target too
        line("/go/store", "07/Sep/2026:08:00:11 -0500", status=302, referrer=page),
        line("/go/store", "07/Sep/2026:08:00:01 -0500", status=302, referrer=page, address="192.0.2.2"),
        beacon("click", url="https://www.example.com/products/roller", at="07/Sep/2026:08:00:11 -0500"),
    )
    site.ingest("access.log")
    assert site.rows("SELECT line_number, uncounted_reason FROM clicks ORDER BY line_number") == [
        (1, None), (2, "same_click"), (3, None), (4, None), (5, None),
    ]  # fmt: skip


def test_a_beacon_that_came_twice_is_one_click(site: Site) -> None:
    site.log(
        "access.log",
        beacon("click", i="abc", at="07/Sep/2026:08:00:00 -0500"),
        beacon("click", i="abc", at="07/Sep/2026:08:00:01 -0500"),
        beacon("click", i="abd", at="07/Sep/2026:08:00:02 -0500"),
    )
    site.ingest("access.log")
    assert site.rows("SELECT uncounted_reason FROM clicks ORDER BY line_number") == [(None,), ("same_click",), (None,)]


@pytest.mark.parametrize("kind", ["impression", "view"])
def test_what_a_beacon_tells_twice_counts_once(new_site: Callable[..., Site], kind: str) -> None:
    site = new_site("twice", CONTRACT + '[logs]\nviews_from = "beacon"\n')
    site.log("a.log", beacon(kind, i="0.123", at="07/Sep/2026:08:00:00 -0500"))
    # A second log that has it too, and a retry; another page, visitor or id is another event.
    site.log(
        "b.log",
        beacon(kind, i="0.123", at="07/Sep/2026:08:00:01 -0500"),
        beacon(kind, i="0.123", at="07/Sep/2026:08:00:02 -0500", page="/answers/b"),
        beacon(kind, i="0.123", at="07/Sep/2026:08:00:02 -0500", address="192.0.2.9"),
        beacon(kind, i="0.124", at="07/Sep/2026:08:00:02 -0500"),
    )
    view = {"impression": "impressions", "view": "pageviews"}[kind]
    for name in ("a.log", "b.log"):
        site.ingest(name)
    assert site.rows(f"SELECT uncounted_reason FROM {view} ORDER BY batch_id, line_number") == [
        (None,), ("same_click",), (None,), (None,), (None,),
    ]  # fmt: skip
    # The facts that reports rest on count what the views count.
    assert site.broken() == {}


def test_both_witnesses_may_stand_in_different_files(site: Site) -> None:
    go = "https://www.example.com/go/store"
    site.log("a.log", line("/go/store", status=302, referrer="https://www.example.com/answers/a"))
    site.log("b.log", beacon("click", url=go, at="07/Sep/2026:08:00:02 -0500"))
    site.ingest("a.log")
    assert site.rows("SELECT via, is_counted FROM clicks") == [("redirect", True)]
    site.ingest("b.log")
    assert site.rows("SELECT via, is_counted, uncounted_reason FROM clicks ORDER BY via") == [
        ("beacon", True, None), ("redirect", False, "same_click"),
    ]  # fmt: skip


def test_bots_own_networks_and_own_agents_are_labelled_not_dropped(new_site: Callable[..., Site]) -> None:
    own = '[exclude]\nnetworks = ["203.0.113.0/24", "2001:db8:1::/48"]\nuser_agents = ["^OurMonitor"]\n'
    site = new_site("own", CONTRACT + own)
    site.log(
        "access.log",
        line("/answers/a"),
        line("/answers/b", agent=GOOGLEBOT),
        line("/answers/c", address="203.0.113.9"),
        line("/answers/d", address="2001:db8:1::9"),
        line("/answers/e", agent="OurMonitor/1.0"),
        line("/answers/f", agent="-"),
    )
    site.ingest("access.log")
    assert site.rows(
        "SELECT answer, is_bot, bot_reason, is_counted, uncounted_reason FROM pageviews ORDER BY answer"
    ) == [
        ("a", False, None, True, None),
        ("b", True, "crawler-user-agents: Googlebot/", False, "bot"),
        ("c", False, None, False, "internal"),
        ("d", False, None, False, "internal"),
        ("e", False, None, False, "internal"),
        ("f", True, "no user agent", False, "bot"),
    ]


def test_many_clicks_in_seconds_are_no_person(site: Site) -> None:
    clicks = [beacon("click", i=str(n), at=f"07/Sep/2026:08:00:{n:02d} -0500") for n in range(9)]
    slow = [beacon("click", i=f"s{n}", at=f"07/Sep/2026:08:{n:02d}:00 -0500", address="192.0.2.2") for n in range(9)]
    site.log("access.log", line(), *clicks, *slow, line(address="192.0.2.2"))
    site.ingest("access.log")
    assert site.rows("SELECT is_bot, bot_reason, uncounted_reason, count(*) FROM clicks GROUP BY ALL ORDER BY ALL") == [
        (False, None, None, 9), (True, "many clicks in seconds", "bot", 9),
    ]  # fmt: skip
    assert site.rows("SELECT is_bot, pages, clicks FROM sessions ORDER BY ALL") == [(False, 1, 9), (True, 1, 9)]


def test_a_renamed_answer_keeps_its_history(new_site: Callable[..., Site]) -> None:
    site = new_site(
        "moved", CONTRACT + '[[moved]]\nfrom = "old"\nto = "newer"\n[[moved]]\nfrom = "newer"\nto = "new"\n'
    )
    site.log("access.log", line("/answers/old"), line("/answers/new"), line("/answers/other"))
    site.ingest("access.log")
    assert site.rows("SELECT path, answer FROM pageviews ORDER BY path") == [
        ("/answers/new", "new"), ("/answers/old", "new"), ("/answers/other", "other"),
    ]  # fmt: skip


def test_views_may_be_counted_by_the_beacon_instead(new_site: Callable[..., Site]) -> None:
    site = new_site("beacon", CONTRACT + '[logs]\nviews_from = "beacon"\n')
    site.log(
        "access.log",
        line("/answers/a"),
        line("/cta/e?t=view&p=/answers/a/&v=1", status=204, referrer="https://www.example.com/answers/a"),
    )
    (batch,) = site.ingest("access.log").batches
    assert (batch.pageviews, batch.other_reasons) == (1, {"logged_view": 1})
    assert site.rows("SELECT path, answer, line_number FROM pageviews") == [("/answers/a", "a", 2)]


def test_without_a_contract_every_path_that_is_no_asset_is_a_page(new_site: Callable[..., Site]) -> None:
    site = new_site("bare", "")
    site.log("access.log", line("/any/where/"), line("/style.css"), line("/index.html", "08/Sep/2026:01:30:00 -0500"))
    site.ingest("access.log")
    assert site.rows("SELECT path, answer, page_kind, site, day FROM pageviews ORDER BY path") == [
        ("/", None, "page", "site", date(2026, 9, 8)),
        ("/any/where", None, "page", "site", date(2026, 9, 7)),
    ]


@pytest.mark.parametrize(
    ("at", "day", "week"),
    [
        # Clocks go back on 2026-11-01: the day has 25 hours, from 05:00 to 06:00 UTC the day after.
        ("01/Nov/2026:04:59:59 +0000", date(2026, 10, 31), "2026-W44"),
        ("01/Nov/2026:05:00:00 +0000", date(2026, 11, 1), "2026-W44"),
        ("02/Nov/2026:05:59:59 +0000", date(2026, 11, 1), "2026-W44"),
        ("02/Nov/2026:06:00:00 +0000", date(2026, 11, 2), "2026-W45"),
        # Clocks go forward on 2026-03-08: the day has 23 hours.
        ("08/Mar/2026:05:59:59 +0000", date(2026, 3, 7), "2026-W10"),
        ("08/Mar/2026:06:00:00 +0000", date(2026, 3, 8), "2026-W10"),
        ("09/Mar/2026:04:59:59 +0000", date(2026, 3, 8), "2026-W10"),
        ("09/Mar/2026:05:00:00 +0000", date(2026, 3, 9), "2026-W11"),
        ("31/Dec/2026:23:30:00 -0600", date(2026, 12, 31), "2026-W53"),
    ],
)
def test_days_and_weeks_are_the_sites(site: Site, at: str, day: date, week: str) -> None:
    site.log("access.log", line(at=at))
    site.ingest("access.log")
    assert site.rows("SELECT day, iso_week FROM pageviews") == [(day, week)]


def test_the_hour_that_comes_twice_is_two_hours(site: Site) -> None:
    site.log("access.log", line(at="01/Nov/2026:01:30:00 -0500"), line(at="01/Nov/2026:01:30:00 -0600"))
    site.ingest("access.log")
    assert site.rows("SELECT occurred_at, day FROM pageviews ORDER BY 1") == [
        (datetime(2026, 11, 1, 6, 30), date(2026, 11, 1)),
        (datetime(2026, 11, 1, 7, 30), date(2026, 11, 1)),
    ]
    assert site.rows("SELECT count(*) FROM sessions") == [(2,)]


def test_a_line_is_of_the_site_below_whose_prefix_its_path_lies(new_site: Callable[..., Site]) -> None:
    sites = """\
[[sites]]
name = "en"
base_url = "https://www.example.com"
timezone = "America/Chicago"
[[sites]]
name = "de"
base_url = "https://www.example.com"
path_prefix = "/de"
timezone = "America/Chicago"
[[pages]]
kind = "guide"
path = "/de/rat/{slug}"
site = "de"
"""
    site = new_site("several", sites + CONTRACT[CONTRACT.index("[[pages]]") :])
    site.log(
        "access.log", line("/answers/a"), line("/de/rat/b"), line("/deep/answers/c"), beacon(page="/de/rat/b"), beacon()
    )
    site.ingest("access.log")
    expected = [("en", "/answers/a", "answer"), ("de", "/de/rat/b", "guide")]
    assert site.rows("SELECT site, path, page_kind FROM pageviews ORDER BY path") == expected
    assert site.rows("SELECT site, path, page_kind FROM clicks ORDER BY path") == expected


@pytest.mark.parametrize("views_from", ["log", "beacon"])
def test_events_of_another_tool_are_events(new_site: Callable[..., Site], views_from: str) -> None:
    site = new_site("exported", f'{CONTRACT}[logs]\nviews_from = "{views_from}"\n')
    rows = [
        {"type": "view", "page": "https://www.example.com/answers/a?utm_source=news&utm_medium=email"},
        {"type": "click", "page": "https://www.example.com/answers/a", "target_url": STORE, "event_id": "e1"},
        {"type": "click", "page": "/answers/a", "target_url": STORE, "event_id": "e1"},
        {"type": "view", "page": "/pictures"},
        {"type": "click", "page": "/answers/a"},
    ]
    moments = [f"2026-09-07T13:00:0{number}Z" for number in range(len(rows))]
    rows = [
        {"occurred_at": at, "visitor": "v1", "user_agent": FIREFOX, **row}
        for at, row in zip(moments, rows, strict=True)
    ]
    site.log("events.jsonl", *(f"{json.dumps(row)}\n" for row in rows))
    (batch,) = site.ingest("events.jsonl").batches
    assert (batch.pageviews, batch.clicks, batch.other_reasons) == (1, 2, {"not_a_page": 1})
    assert (batch.lines, batch.rejected) == (5, 1)
    assert site.rows("SELECT path, channel, is_counted FROM pageviews") == [("/answers/a", "Email", True)]
    assert site.rows("SELECT answer, is_counted, uncounted_reason FROM clicks ORDER BY occurred_at") == [
        ("a", True, None),
        ("a", False, "same_click"),
    ]
    assert site.rows("SELECT count(DISTINCT visitor), count(DISTINCT session_id) FROM pageviews") == [(1, 1)]
    site.log("events.json", json.dumps(rows))
    (again,) = site.ingest("events.json").batches
    # What was not understood is known again by its text alone, and that is another here.
    assert (again.lines, again.already_seen, again.rejected) == (5, 4, 1)


def test_a_contract_that_changed_holds_for_what_came_in_before(site: Site) -> None:
    site.log(
        "a.log",
        line("/answers/a"),
        beacon("click", o=1),
        line("/answers/b", agent="OurMonitor/1.0 (X11; Linux x86_64) Gecko/1"),
    )
    site.ingest("a.log")
    cta = '[[ctas]]\nname = "store"\nmatch = { kind = "amazon_store" }\n[exclude]\nuser_agents = ["OurMonitor"]\n[[moved]]\nfrom = "a"\nto = "z"\n'
    (site.root / "cta.toml").write_text(CONTRACT.replace('kind = "answer"', 'kind = "guide"') + cta)
    site.log("b.log", line("/answers/c", "07/Sep/2026:08:00:01 -0500"))
    site.ingest("b.log")
    assert site.rows("SELECT answer, page_kind, uncounted_reason FROM pageviews ORDER BY answer") == [
        ("b", "guide", "internal"), ("c", "guide", None), ("z", "guide", None),
    ]  # fmt: skip
    assert site.rows("SELECT answer, cta, slot FROM clicks") == [
        ("z", "store", "store:0A1B2C3D-0000-4000-8000-0123456789AB:1")
    ]


def test_another_zone_is_refused_where_days_were_cut(site: Site) -> None:
    site.log("a.log", line())
    site.ingest("a.log")
    (site.root / "cta.toml").write_text(CONTRACT.replace("America/Chicago", "Europe/Berlin"))
    site.log("b.log", line("/answers/b"))
    with pytest.raises(
        CtaError, match="timezone is Europe/Berlin, but the warehouse was cut into days of America/Chicago"
    ):
        site.ingest("b.log")


def test_one_failing_file_does_not_stop_the_others(site: Site) -> None:
    site.log("good.log", line())
    site.log("bad.log", '{"no": "log"}\n')
    site.log("empty.log")
    done = site.ingest("bad.log", "missing.log", "good.log", "empty.log")
    assert [batch.pageviews for batch in done.batches] == [1]
    assert [failure.split(": ")[0].rsplit("/", 1)[-1] for failure in done.failures] == [
        "missing.log",
        "bad.log",
        "empty.log",
    ]
    assert all("\n" not in failure for failure in done.failures)


def test_a_folder_may_hold_other_files_too(site: Site) -> None:
    site.log("logs/access.log", line())
    site.log("logs/error.log", "2026/09/07 08:00:00 [error] 1#1: *1 no such file\n")
    site.log("logs/access.log.1")
    done = site.ingest("logs")
    assert ([batch.pageviews for batch in done.batches], done.failures) == ([1], ())
    assert [note.split(": ")[0].rsplit("/", 1)[-1] for note in done.notes] == ["access.log.1", "error.log"]


def test_a_named_format_that_no_line_has_changes_nothing(site: Site) -> None:
    site.log("access.log", line())
    with pytest.raises(CtaError, match='none of its 1 lines is of the format "common"'):
        site.ingest("access.log", log_format="common")
    assert not (site.root / "cta.duckdb").exists()
    assert site.ingest("access.log").batches[0].pageviews == 1


def test_what_is_excluded_later_holds_backwards_for_user_agents_alone(new_site: Callable[..., Site]) -> None:
    """An address is gone once its line is stored, so a network counts from then on."""
    site = new_site()
    site.log("a.log", line("/answers/a", agent="OurMonitor/1.0"), line("/answers/b", address="203.0.113.9"))
    site.ingest("a.log")
    own = '[exclude]\nnetworks = ["203.0.113.9"]\nuser_agents = ["ourmonitor"]\n'
    (site.root / "cta.toml").write_text(CONTRACT + own)
    site.log("b.log", line("/answers/c", address="203.0.113.9"))
    site.ingest("b.log")
    reasons = "SELECT answer, uncounted_reason FROM pageviews ORDER BY answer"
    assert site.rows(reasons) == [("a", "internal"), ("b", None), ("c", "internal")]
    (site.root / "cta.toml").write_text(CONTRACT)
    site.log("c.log", line("/answers/d"))
    site.ingest("c.log")
    # No longer excluded: the user agent is judged by the lists again, the network's lines stay as they came in.
    assert site.rows(reasons) == [("a", "bot"), ("b", None), ("c", "internal"), ("d", None)]


def test_an_answer_that_is_renamed_later_keeps_its_history_in_views_and_days(new_site: Callable[..., Site]) -> None:
    site = new_site()
    site.log(
        "a.log", line("/answers/old"), beacon(page="/answers/old"), line("/answers/new", "08/Sep/2026:08:00:00 -0500")
    )
    site.ingest("a.log")
    (site.root / "cta.toml").write_text(CONTRACT + '[[moved]]\nfrom = "old"\nto = "new"\n')
    site.log("b.log", line("/answers/old", "09/Sep/2026:08:00:00 -0500"))
    site.ingest("b.log")
    assert site.rows("SELECT answer, day, views, clicks FROM answer_days ORDER BY day") == [
        ("new", date(2026, 9, 7), 1, 1), ("new", date(2026, 9, 8), 1, 0), ("new", date(2026, 9, 9), 1, 0),
    ]  # fmt: skip
    assert site.rows("SELECT answer, visitor_days, views, clicks FROM answer_weeks") == [("new", 3, 3, 1)]
    assert site.rows("SELECT DISTINCT entry_answer FROM sessions") == [("new",)]
