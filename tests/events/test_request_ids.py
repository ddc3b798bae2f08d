"""A request that has an id counts once, whatever else an export tells of it, and whichever export comes first."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from tests.events.conftest import CONTRACT, FIREFOX, Site
from tests.events.test_once import EXAMPLES

SHORT = "date time c-ip cs-method cs-uri-stem sc-status cs(Referer) cs(User-Agent) cs-uri-query x-edge-request-id"
LONG = f"{SHORT} x-edge-location sc-bytes time-taken"
AGENT = FIREFOX.replace(" ", "%20")
START = datetime(2026, 9, 7, 13, tzinfo=UTC)


def identity(number: int) -> str:
    return f"q{number:04d}-9OVHX2ILNYPzQ_0wLxbKT3w5Vb6NzOeXQ=="


def cloudfront(
    fields: str, *requests: tuple[int, str, str], status: int = 200, address: str = "192.0.2.1"
) -> list[str]:
    """A standard log with these fields; a request is its second, its page and its id."""
    rows = [f"#Version: 1.0\n#Fields: {fields}\n"]
    for second, slug, request_id in requests:
        at = START + timedelta(seconds=second)
        row = [f"{at:%Y-%m-%d}", f"{at:%H:%M:%S}", address, "GET", f"/answers/{slug}", str(status), "-", AGENT, "-"]
        row += [request_id, *(["DFW55-P1", "512", "0.001"] if fields == LONG else [])]
        rows.append("\t".join(row) + "\n")
    return rows


def vercel(message: str, request_id: str = "iad1::f4e1a90c01", source: str = "lambda", second: int = 0) -> str:
    """What a drain sends of one request: a line for each thing that its function prints."""
    asked = START.timestamp() * 1000
    proxy = {
        "timestamp": asked, "method": "GET", "path": "/answers/a", "host": "www.example.com", "statusCode": 200,
        "clientIp": "192.0.2.1", "userAgent": [FIREFOX],
    }  # fmt: skip
    known = {"deploymentId": "dpl_EXAMPLE", "source": source, "timestamp": asked + second * 1000}
    return json.dumps({"id": message, "message": message, "requestId": request_id, **known, "proxy": proxy}) + "\n"


def counts(site: Site, *names: str) -> list[tuple[int, int, int]]:
    """Lines, page views and lines seen before, for each file."""
    return [(batch.lines - 2, batch.pageviews, batch.already_seen) for batch in site.ingest(*names).batches]


REQUESTS = [(second, slug, identity(second)) for second, slug in enumerate("aabcd")]


@pytest.mark.parametrize("order", [("short.log", "long.log"), ("long.log", "short.log")])
def test_two_exports_of_the_same_requests_are_the_same_lines(site: Site, order: tuple[str, str]) -> None:
    site.log("short.log", *cloudfront(SHORT, *REQUESTS))
    site.log("long.log", *cloudfront(LONG, *REQUESTS))
    assert counts(site, *order) == [(5, 5, 0), (5, 0, 5)]
    assert site.rows("SELECT count(*), count(DISTINCT event_id) FROM pageviews") == [(5, 5)]
    assert site.broken() == {}


def test_an_export_without_addresses_is_the_same_too(site: Site) -> None:
    site.log("whole.log", *cloudfront(SHORT, *REQUESTS))
    site.log("masked.log", *cloudfront(LONG, *REQUESTS, address="192.0.2.0"))
    assert counts(site, "whole.log", "masked.log") == [(5, 5, 0), (5, 0, 5)]


def test_equal_lines_with_different_ids_are_two_and_with_one_id_they_are_one(site: Site) -> None:
    same, other = identity(1), identity(2)
    site.log("a.log", *cloudfront(SHORT, (0, "a", same), (0, "a", other), (0, "a", same)))
    assert counts(site, "a.log") == [(3, 2, 1)]
    assert site.broken() == {}


def test_a_short_id_may_be_a_counter_that_began_anew(site: Site) -> None:
    site.log("a.log", *cloudfront(SHORT, (0, "a", "req-1"), (9, "a", "req-1")))
    assert counts(site, "a.log") == [(2, 2, 0)]


def test_an_id_that_goes_through_all_that_a_page_loads_is_no_one_request(site: Site) -> None:
    trace = identity(1)
    site.log("a.log", *cloudfront(SHORT, (0, "a", trace), (0, "b", trace)))
    assert counts(site, "a.log") == [(2, 2, 0)]


def test_the_same_id_in_logs_of_two_servers_is_two_requests(site: Site) -> None:
    site.log("edge.log", *cloudfront(SHORT, (0, "a", identity(1))))
    row = {
        "EdgeStartTimestamp": "2026-09-07T13:00:00Z", "ClientIP": "192.0.2.1", "ClientRequestMethod": "GET",
        "ClientRequestURI": "/answers/a", "EdgeResponseStatus": 200, "ClientRequestUserAgent": FIREFOX,
        "ClientRequestHost": "www.example.com", "RayID": identity(1),
    }  # fmt: skip
    site.log("cloud.log", json.dumps(row) + "\n")
    assert [(b.log_format, b.pageviews) for b in site.ingest("edge.log", "cloud.log").batches] == [
        ("cloudfront", 1), ("cloudflare", 1),
    ]  # fmt: skip


def test_what_a_function_prints_makes_no_more_page_views(site: Site) -> None:
    printed = [
        vercel("loading"),
        vercel("loaded", second=1),
        vercel("", source="static"),
        vercel("x", "iad1::b5c0d1e2f3"),
    ]
    log = site.log("drain.log", *printed)
    (batch,) = site.ingest("drain.log").batches
    assert (batch.log_format, batch.lines, batch.pageviews, batch.already_seen) == ("vercel", 4, 2, 2)
    log.write_text("".join([*printed, vercel("late", second=7)]))
    (batch,) = site.ingest("drain.log").batches
    assert (batch.lines, batch.pageviews, batch.already_seen) == (5, 0, 5)
    assert site.broken() == {}


def test_undo_hands_a_request_over_once(site: Site) -> None:
    site.log("first.log", vercel("loading"), vercel("loaded"))
    site.log("second.log", vercel("loading", second=1), vercel("loaded", second=2), vercel("x", "iad1::b5c0d1e2f3"))
    site.log("third.log", vercel("loading", second=3), vercel("y", "iad1::c6d1e2f304"))
    site.ingest("first.log", "second.log", "third.log")
    before = site.state()
    assert len(before["pageviews"]) == 3
    site.undo(1)
    assert site.state() == before
    assert site.broken() == {}
    site.undo(3)
    assert len(site.state()["pageviews"]) == 2
    site.ingest("third.log", "first.log")
    assert site.state() == before
    assert site.broken() == {}


REQUEST = st.tuples(st.integers(0, 3), st.sampled_from("ab"), st.integers(0, 4))


@settings(
    max_examples=EXAMPLES,
    phases=[Phase.explicit, Phase.reuse, Phase.generate],
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(
    exports=st.lists(st.tuples(st.booleans(), st.lists(REQUEST, min_size=1, max_size=8)), min_size=2, max_size=4),
    data=st.data(),
)
def test_any_order_of_exports_with_any_fields_gives_each_request_once(
    exports: list[tuple[bool, list[tuple[int, str, int]]]],
    data: st.DataObject,
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    # An id belongs to one second of one page here, as it does where a server gives it.
    made = {(page, number): second for _, rows in exports for second, page, number in rows}
    names = [f"{number}.log" for number in range(len(exports))]
    states = []
    for order in (names, data.draw(st.permutations(names))):
        site = Site(tmp_path_factory.mktemp("site"))
        (site.root / "cta.toml").write_text(CONTRACT)
        for name, (is_long, rows) in zip(names, exports, strict=True):
            requests = [(made[page, number], page, identity(number) + page) for _, page, number in rows]
            site.log(name, *cloudfront(LONG if is_long else SHORT, *requests))
        cut = data.draw(st.integers(1, len(names)))
        for group in (order[:cut], order[cut:]):
            if group:
                site.ingest(*group)
        states.append(site.state())
        assert len(states[-1]["pageviews"]) == len(made)
        assert site.broken() == {}
    assert states[0] == states[1]
