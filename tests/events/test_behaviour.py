"""Visitors that behave as no person does: four rules, each silent where the log does not show what it rests on."""

from __future__ import annotations

import os
from collections.abc import Iterable

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from tests.events.conftest import CONTRACT, GOOGLEBOT, Site, beacon, line

from cta_analytics import config
from cta_analytics.events.rejudge import rejudge

OWN = "https://www.example.com/answers/a"
VISITORS = (
    "SELECT DISTINCT visitor, day, bot_reason FROM "
    "(SELECT visitor, day, bot_reason FROM pageviews UNION ALL SELECT visitor, day, bot_reason FROM clicks)"
)
REASONS = f"SELECT bot_reason, count(*) FROM ({VISITORS}) WHERE bot_reason IS NOT NULL GROUP BY 1 ORDER BY 1"
UNSEEN, BARE, ROBOTS, BURST = (
    "clicks without a page view",
    "pages without an asset",
    "read robots.txt",
    "many clicks in seconds",
)


def reader(address: str, day: int = 7, *, clicks: bool = True, assets: bool = True) -> list[str]:
    """A person: a page, its style sheet, a click."""
    lines = [line("/answers/a", f"{day:02d}/Sep/2026:12:00:00 -0500", address=address)]
    if assets:
        lines.append(line("/css/site.css?v=7", f"{day:02d}/Sep/2026:12:00:01 -0500", address=address, referrer=OWN))
    if clicks:
        lines.append(redirect(address, f"{day:02d}/Sep/2026:12:01:00 -0500"))
    return lines


def redirect(address: str, at: str = "07/Sep/2026:12:30:00 -0500", referrer: str = OWN) -> str:
    """A hit of the redirect, from a page."""
    return line("/go/store", at, status=302, address=address, referrer=referrer)


def pages(address: str, count: int = 3, referrer: str = "-") -> list[str]:
    """Page views and nothing else."""
    at = "07/Sep/2026:13:0{}:00 -0500"
    return [line(f"/answers/{n}", at.format(n), address=address, referrer=referrer) for n in range(count)]


def reasons(site: Site, *lines: str) -> list[tuple[str, int]]:
    """How many visitors of a log of these lines are told by behaviour, by reason."""
    site.log("access.log", *lines)
    site.ingest("access.log")
    return [(str(reason), int(count)) for reason, count in site.rows(REASONS)]


def test_who_clicks_on_a_page_that_was_not_asked_for_is_no_person(site: Site) -> None:
    assert reasons(site, *reader("192.0.2.1"), redirect("192.0.2.2"), beacon(address="192.0.2.3")) == [(UNSEEN, 2)]
    assert site.rows("SELECT uncounted_reason, count(*) FROM clicks GROUP BY 1 ORDER BY 1 NULLS FIRST") == [
        (None, 1),
        ("bot", 2),
    ]


@pytest.mark.parametrize(
    "innocent",
    [
        redirect("192.0.2.2", referrer="-"),
        redirect("192.0.2.2", referrer="https://mail.example.net/"),
        redirect("192.0.2.2", "07/Sep/2026:00:29:59 -0500"),
        beacon("view", address="192.0.2.2") + redirect("192.0.2.2"),
        beacon(address="192.0.2.2", url="https://elsewhere.invalid/"),
        line("/go/store", address="192.0.2.2", status=404, referrer=OWN),
    ],
    ids=[
        "from an e-mail",
        "from another site",
        "opened before midnight",
        "the beacon saw the page",
        "to no network",
        "no click",
    ],
)
def test_who_can_have_clicked_without_a_view_is_not_accused(site: Site, innocent: str) -> None:
    assert reasons(site, *reader("192.0.2.1"), innocent) == []


@pytest.mark.parametrize(("others", "found"), [(4, [(UNSEEN, 4)]), (5, [])])
def test_clicks_accuse_only_where_one_in_five_who_click_was_seen(
    site: Site, others: int, found: list[tuple[str, int]]
) -> None:
    """Behind a CDN redirects reach the log and pages do not."""
    clicks = [redirect(f"192.0.2.{n + 2}") for n in range(others)]
    viewers = [line("/answers/a", address=f"198.51.100.{n}") for n in range(20)]
    assert reasons(site, *reader("192.0.2.1"), *clicks, *viewers) == found


def test_who_reads_on_without_ever_loading_an_asset_is_no_person(site: Site) -> None:
    assert reasons(site, *reader("192.0.2.1"), *pages("192.0.2.2")) == [(BARE, 1)]


@pytest.mark.parametrize(
    "innocent",
    [
        pages("192.0.2.2", 2),
        [*pages("192.0.2.2", 2), *pages("192.0.2.2", 3, referrer=OWN)[2:]],
        [*pages("192.0.2.2"), line("/img/a.webp", "07/Sep/2026:22:00:00 -0500", address="192.0.2.2", status=304)],
        [*pages("192.0.2.2"), beacon("impression", address="192.0.2.2")],
    ],
    ids=["too few pages", "follows a link", "an asset later that day", "a script ran"],
)
def test_who_may_have_the_assets_still_is_not_accused(site: Site, innocent: list[str]) -> None:
    assert reasons(site, *reader("192.0.2.1"), *innocent) == []


@pytest.mark.parametrize(("others", "found"), [(4, [(BARE, 4)]), (5, [])])
def test_missing_assets_accuse_only_where_one_in_five_loads_some(
    site: Site, others: int, found: list[tuple[str, int]]
) -> None:
    bare = [page for n in range(others) for page in pages(f"192.0.2.{n + 2}")]
    assert reasons(site, *reader("192.0.2.1", clicks=False), *bare) == found


def test_machines_and_our_own_are_no_evidence(site: Site) -> None:
    bare = [page for n in range(5) for page in pages(f"192.0.2.{n + 2}")]
    loading = [
        line(path, address=f"198.51.100.{n}", agent=GOOGLEBOT) for n in range(9) for path in ("/answers/a", "/a.css")
    ]
    assert reasons(site, *loading, *bare) == [("crawler-user-agents: Googlebot/", 9)]


def test_an_asset_is_what_a_page_loads(site: Site) -> None:
    documents = [line(path, address="192.0.2.2") for path in ("/sitemap.xml", "/feed.rss", "/guide.pdf")]
    assert reasons(site, *reader("192.0.2.1"), *pages("192.0.2.2"), *documents) == [(BARE, 1)]


def test_who_reads_robots_txt_is_a_crawler_all_day(site: Site) -> None:
    crawler = [*reader("192.0.2.2"), line("/robots.txt", "07/Sep/2026:23:00:00 -0500", address="192.0.2.2", status=404)]
    assert reasons(site, *reader("192.0.2.1"), *crawler, *reader("192.0.2.2", 8)) == [(ROBOTS, 1)]


def test_the_first_reason_counts(site: Site) -> None:
    burst = [beacon(at=f"07/Sep/2026:08:00:0{n} -0500", o=n + 1, address="192.0.2.2") for n in range(8)]
    robots = [line("/robots.txt", address="192.0.2.2")]
    assert reasons(site, *reader("192.0.2.1"), *burst, *robots) == [(BURST, 1)]


def test_a_log_is_judged_by_its_own_people(site: Site) -> None:
    """Of a site behind a CDN another server writes a log in full."""
    site.log("full.log", *(text for n in range(9) for text in reader(f"198.51.100.{n}")), redirect("198.51.100.99"))
    site.log("cdn.log", *(redirect(f"192.0.2.{n}") for n in range(9)), line("/answers/b", address="203.0.113.1"))
    site.ingest("full.log", "cdn.log")
    assert site.rows(REASONS) == [(UNSEEN, 1)]


def test_what_another_log_shows_of_a_visitor_acquits(site: Site) -> None:
    site.log("clicks.log", *reader("192.0.2.1"), redirect("192.0.2.2"), *pages("192.0.2.3"))
    site.ingest("clicks.log")
    assert site.rows(REASONS) == [(UNSEEN, 1), (BARE, 1)]
    site.log(
        "static.log",
        line("/answers/z", "07/Sep/2026:12:29:00 -0500", address="192.0.2.2"),
        line("/css/site.css", address="192.0.2.3"),
    )
    site.ingest("static.log")
    assert site.rows(REASONS) == []
    site.undo(2)
    assert site.rows(REASONS) == [(UNSEEN, 1), (BARE, 1)]
    assert site.broken() == {}


def test_a_log_that_repeats_lines_holds_what_they_show(site: Site) -> None:
    """Its lines are stored once, from the other log; taken back there, they and what they show are this log's."""
    shared = [*reader("192.0.2.1"), redirect("192.0.2.2"), line("/robots.txt", address="192.0.2.1")]
    site.log("a.log", *shared, line("/answers/z", address="192.0.2.9"))
    site.log("b.log", *shared)
    site.ingest("a.log", "b.log")
    assert site.rows("SELECT count(*) FROM batches") == [(1,)]
    assert site.rows(REASONS) == [(ROBOTS, 1)]
    site.undo(1)
    assert site.rows("SELECT count(*) FROM batches") == [(1,)]
    assert site.rows(REASONS) == [(ROBOTS, 1)]
    site.undo(2)
    assert site.rows("SELECT count(*) FROM internal.traces") == [(0,)]


def test_what_was_seen_of_a_part_goes_with_it(site: Site) -> None:
    """A log that is read again from its start does not show once more what its other batch shows."""
    first, second = reader("192.0.2.1"), [*pages("192.0.2.2"), line("/robots.txt", address="192.0.2.2")]
    site.log("a.log", *first)
    site.ingest("a.log")
    site.log("a.log", *first, *second)
    site.ingest("a.log")
    site.undo(1)
    site.ingest("a.log")
    assert site.rows(REASONS) == [(ROBOTS, 1)]
    site.undo(2)
    assert site.rows(REASONS) == []
    assert site.rows("SELECT DISTINCT signs & 8 FROM internal.traces") == [(0,)]


def test_what_is_forgotten_shows_nothing_any_more(site: Site) -> None:
    reasons(site, *reader("192.0.2.1"), *reader("192.0.2.1", 8), redirect("192.0.2.2", "08/Sep/2026:12:00:00 -0500"))
    site.forget("2026-09-08")
    assert site.rows("SELECT DISTINCT day::VARCHAR FROM internal.traces") == [("2026-09-08",)]
    assert site.rows(REASONS) == [(UNSEEN, 1)]


def test_who_is_excluded_later_is_no_evidence_from_then_on(site: Site) -> None:
    lines = [*reader("192.0.2.1"), *(redirect(f"192.0.2.{n}").replace("Firefox", "Fenix") for n in range(2, 5))]
    assert reasons(site, *lines) == [(UNSEEN, 3)]
    (site.root / "cta.toml").write_text(CONTRACT + '[exclude]\nuser_agents = ["Firefox"]\n')
    site.log("other.log", line("/css/b.css", "20/Sep/2026:12:00:00 -0500"))
    site.ingest("other.log")
    assert site.rows(REASONS) == []


def test_judging_anew_judges_behaviour_by_the_same_rules(site: Site) -> None:
    found = reasons(site, *reader("192.0.2.1"), redirect("192.0.2.2"), *pages("192.0.2.3"))
    assert rejudge(config.read(site.root / "cta.toml"), apply=True).weeks == ()
    assert site.rows(REASONS) == found == [(UNSEEN, 1), (BARE, 1)]


def test_no_tracking_leaves_no_trace(site: Site) -> None:
    log_format = '$remote_addr - - [$time_local] "$request" $status $body_bytes_sent "$http_referer" "$http_user_agent" $http_sec_gpc'
    lines = [text.rstrip() + " 1\n" for text in reader("192.0.2.1")]
    site.log("a.log", *lines)
    site.ingest("a.log", log_format=log_format)
    assert site.rows("SELECT count(*) FROM internal.traces") == [(0,)]


PREFETCHES = '$remote_addr - - [$time_local] "$request" $status $body_bytes_sent "$http_referer" "$http_user_agent" "$http_sec_purpose"'


@pytest.mark.parametrize("mark", ["prefetch", "prefetch;prerender", "prefetch;anonymous-client-ip", "Preview"])
def test_what_a_browser_loads_ahead_is_neither_view_nor_click(site: Site, mark: str) -> None:
    ahead = [line("/answers/a"), line("/go/store", status=302, referrer=OWN), line("/css/site.css")]
    site.log("a.log", *(f'{text.rstrip()} "{mark}"\n' for text in ahead), line("/answers/b").rstrip() + ' "-"\n')
    (batch,) = site.ingest("a.log", log_format=PREFETCHES).batches
    assert (batch.pageviews, batch.clicks, batch.other_reasons) == (1, 0, {"asset": 1, "prefetched": 2})


def test_who_clicks_on_a_page_that_was_loaded_ahead_has_seen_it(site: Site) -> None:
    plain = [*reader("192.0.2.1"), redirect("192.0.2.2"), redirect("192.0.2.3")]
    ahead = line("/answers/a", "07/Sep/2026:12:29:00 -0500", address="192.0.2.2")
    site.log("a.log", *(f'{text.rstrip()} "-"\n' for text in plain), f'{ahead.rstrip()} "prefetch"\n')
    site.ingest("a.log", log_format=PREFETCHES)
    assert site.rows(REASONS) == [(UNSEEN, 1)]


DOINGS = {
    "view": lambda at, who: line("/answers/a", at, address=who),
    "view after view": lambda at, who: line("/answers/b", at, address=who) + line("/answers/c", at, address=who),
    "asset": lambda at, who: line("/img/a.png", at, address=who),
    "robots": lambda at, who: line("/robots.txt", at, address=who),
    "click": lambda at, who: redirect(who, at),
    "beacon": lambda at, who: beacon(at=at, address=who, o=1),
    "beacon view": lambda at, who: beacon("view", at=at, address=who),
}
PEOPLE = [f"192.0.2.{n}" for n in range(1, 6)]


def told(lines: Iterable[str]) -> dict[tuple[str, str], str | None]:
    """What the rules say of each visitor of one log, by hand: (day, address) -> reason."""
    seen: dict[tuple[str, str], list[str]] = {}
    for text in lines:
        seen.setdefault((text.split("[")[1][:2], text.split()[0]), []).append(text)

    def some(texts: list[str], *words: str) -> int:
        return sum(any(word in text for word in words) for text in texts)

    views = {who: some(texts, "GET /answers/") for who, texts in seen.items()}
    clicks = {who: some(texts, "GET /go/", "t=click") for who, texts in seen.items()}
    assets = {who: some(texts, "/img/") for who, texts in seen.items()}
    people = [who for who, texts in seen.items() if views[who] + clicks[who] and not some(texts, "robots.txt")]
    found: dict[tuple[str, str], str | None] = {}
    for who, texts in seen.items():
        clicking = [one for one in people if one[0] == who[0] and clicks[one]]
        viewing = [one for one in people if one[0] == who[0] and views[one]]
        if some(texts, "robots.txt"):
            found[who] = ROBOTS
        elif clicks[who] and not views[who] and not some(texts, "t=view"):
            found[who] = UNSEEN if 5 * sum(views[one] > 0 for one in clicking) >= len(clicking) else None
        elif views[who] >= 3 and not assets[who] and not some(texts, "POST"):
            found[who] = BARE if 5 * sum(assets[one] > 0 for one in viewing) >= len(viewing) else None
        else:
            found[who] = None
    return {who: found[who] for who in seen if views[who] + clicks[who]}


@st.composite
def some_days(draw: st.DrawFn) -> list[str]:
    lines = []
    for number in range(draw(st.integers(3, 24))):
        at = f"{draw(st.sampled_from(['07', '08']))}/Sep/2026:{7 + number // 2:02d}:{number % 2 * 30:02d}:00 -0500"
        doing = draw(st.sampled_from(sorted(DOINGS)))
        lines += DOINGS[doing](at, draw(st.sampled_from(PEOPLE))).splitlines(keepends=True)
    return lines


SETTINGS = settings(
    max_examples=int(os.environ.get("CTA_TEST_ORDERS", "6")),
    phases=[Phase.explicit, Phase.reuse, Phase.generate],
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)


@SETTINGS
@given(lines=some_days())
def test_the_rules_say_what_they_say_by_hand(lines: list[str], tmp_path_factory: pytest.TempPathFactory) -> None:
    site = Site(tmp_path_factory.mktemp("site"))
    (site.root / "cta.toml").write_text(CONTRACT)
    site.log("a.log", *lines)
    site.ingest("a.log", log_format="combined")
    expected = sorted((f"2026-09-{day}", reason or "") for (day, _), reason in told(lines).items())
    assert site.rows(f"SELECT day::VARCHAR, coalesce(bot_reason, '') FROM ({VISITORS}) ORDER BY ALL") == expected


@SETTINGS
@given(lines=some_days(), data=st.data())
def test_any_order_and_any_taking_back_give_the_same_verdicts(
    lines: list[str], data: st.DataObject, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """Files that overlap, among them one that begins like another and goes on."""
    size = len(lines)
    cuts = [sorted(data.draw(st.tuples(st.integers(0, size), st.integers(0, size)))) for _ in range(3)]
    files = [part for part in (lines[: size // 2], lines, *(lines[a:b] for a, b in cuts)) if part]
    if data.draw(st.booleans()):
        files.remove(lines)
    states = []
    for order in (list(range(len(files))), data.draw(st.permutations(range(len(files))))):
        site = Site(tmp_path_factory.mktemp("site"))
        (site.root / "cta.toml").write_text(CONTRACT)
        for number in order:
            site.log(f"{number}.log", *files[number])
        cut = data.draw(st.integers(1, len(files)))
        for group in (order[:cut], order[cut:]):
            if group:
                site.ingest(*(f"{number}.log" for number in group), log_format="combined")
        states.append(site.state())
        batches = [row[0] for row in site.rows("SELECT batch_id FROM batches ORDER BY batch_id")]
        site.undo(data.draw(st.sampled_from(batches)))
        site.ingest(*(f"{number}.log" for number in order), log_format="combined")
        assert site.state() == states[-1]
    assert states[0] == states[1]


@pytest.mark.parametrize(
    ("name", "text"),
    [
        (
            "caddy",
            (
                '{"level":"info","ts":1788786000,"logger":"http.log.access","msg":"handled request","request":{"client_ip":"192.0.2.1",'
                '"method":"GET","host":"www.example.com","uri":"/answers/a","headers":{"Sec-Purpose":["prefetch"]}},"status":200}'
            ),
        ),
        (
            "traefik",
            (
                '{"ClientHost":"192.0.2.1","RequestMethod":"GET","RequestPath":"/answers/a","DownstreamStatus":200,'
                '"StartUTC":"2026-09-07T13:00:00Z","request_X-Moz":"prefetch","entryPointName":"web"}'
            ),
        ),
        (
            "nginx_json",
            (
                '{"time_iso8601":"2026-09-07T13:00:00+00:00","remote_addr":"192.0.2.1","request":"GET /answers/a HTTP/1.1",'
                '"status":200,"http_purpose":"prefetch"}'
            ),
        ),
    ],
)
def test_json_logs_say_what_was_loaded_ahead(site: Site, name: str, text: str) -> None:
    site.log("a.log", f"{text}\n", text.replace("/answers/a", "/answers/b").replace('prefetch"', '-"') + "\n")
    (batch,) = site.ingest("a.log", log_format=name).batches
    assert (batch.pageviews, batch.other_reasons) == (1, {"prefetched": 1})
