"""The generated configuration in Debian's nginx, Apache and Caddy: what they answer, what they log, what is read of it."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import urlencode

import pytest
from tests.collect import site
from tests.collect.site import Served

CHROME = "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36"


@pytest.fixture(params=["apache", "caddy", "nginx"])
def served(request: pytest.FixtureRequest) -> Iterator[Served]:
    site.needed(request.param)
    with site.served(request.param) as running:
        yield running


def _beacon(kind: str, url: str, event_id: str, **more: str) -> str:
    return "/cta/e?" + urlencode({"t": kind, "p": "/answers/board", "i": event_id, "v": "1", "u": url, "o": "1"} | more)


def test_the_beacon_is_answered_with_nothing_logged_and_read(served: Served) -> None:
    shop = f"{served.shop}/shop.html?n=1"
    served.page("board", f'<a href="{shop}" data-cta-slot="&quot;top&quot; \\ ü">shop</a>')
    headers = {"User-Agent": CHROME, "Referer": f"{served.url}/answers/board.html"}
    assert served.asked("/answers/board.html", headers={"User-Agent": CHROME}).status == 200
    answers = [
        served.asked(_beacon("click", shop, "0.1", s='"top" \\ ü'), "POST", headers),
        served.asked(_beacon("impression", shop, "0.2"), "GET", headers),
        served.asked(_beacon("submit", shop, "0.3"), "POST", headers),
        served.asked("/cta/e", "POST", headers),
    ]
    assert [(one.status, one.getheader("Cache-Control")) for one in answers] == [(204, "no-store")] * 4
    assert [served.asked(path).status for path in ("/cta/e/", "/cta/ex", "/cta")] == [404] * 3
    assert served.ingested("SELECT path, url, slot, ordinal, is_counted FROM clicks") == [
        ("/answers/board", shop, '"top" \\ ü', 1, True)
    ]
    assert served.ingested("SELECT pageviews, clicks, impressions, rejected, other_reasons['submit'] FROM batches") == [
        (1, 1, 1, 0, 1)
    ]
    assert served.ingested("SELECT other_reasons['bad_beacon'] FROM batches") == [(1,)]


def test_global_privacy_control_is_logged_and_honoured(served: Served) -> None:
    shop = f"{served.shop}/shop.html"
    served.page("board", f'<a href="{shop}">shop</a>')
    for event_id, header in (("0.1", {}), ("0.2", {"Sec-GPC": "1"}), ("0.3", {"Sec-GPC": "0"})):
        headers = {"User-Agent": CHROME, "Referer": f"{served.url}/answers/board.html", **header}
        assert served.asked("/answers/board.html", headers=headers).status == 200
        assert served.asked(_beacon("click", shop, event_id), "POST", headers).status == 204
    query = "SELECT visitor IS NULL AS nobody, session_id IS NULL, count(*) FROM {} WHERE is_counted GROUP BY ALL ORDER BY ALL"
    assert served.ingested(query.format("clicks")) == [(False, False, 2), (True, True, 1)]
    assert served.ingested(query.format("pageviews")) == [(False, False, 2), (True, True, 1)]


def test_a_redirect_leads_to_its_one_target(served: Served) -> None:
    def answer(path: str) -> tuple[int, str | None, str | None]:
        one = served.asked(path, headers={"X-Forwarded-Host": "evil.example"})
        return one.status, one.getheader("Location"), one.getheader("Cache-Control")

    shop = f"{served.shop}/shop.html"
    assert answer("/go/shop") == (302, f"{shop}?from=go", "no-store")
    assert answer("/go/shop?") == (302, f"{shop}?from=go", "no-store")
    assert answer("/go/shop?a=1&b=%20") == (302, f"{shop}?from=go&a=1&b=%20", "no-store")
    assert answer("/go/bare") == (302, shop, "no-store")
    assert answer("/go/bare?to=//evil.example") == (302, f"{shop}?to=//evil.example", "no-store")
    assert answer("/go/bare?a={env.HOME}$1%1%{HTTP_HOST}$host") == (
        302, f"{shop}?a={{env.HOME}}$1%1%{{HTTP_HOST}}$host", "no-store",
    )  # fmt: skip
    assert answer("/go/fixed?a=1") == (302, f"{shop}?n=%241%20%7Bx%7D", "no-store")


ELSEWHERE = (
    "/go/shop/x", "/go/", "/go/other", "/go//evil.example", "/go/shop//evil.example", "/go/shop/..//evil.example",
    "/go/shop%0d%0aLocation:%20//evil.example", "/go/shop@evil.example", "/go/shop.evil.example", "/go/shop\\@evil.example",
    "//evil.example/go/shop", "/go/%2e%2e//evil.example", "/\\evil.example", "//evil.example/..;/answers",
)  # fmt: skip


def test_no_request_is_led_elsewhere(served: Served) -> None:
    answers = [served.asked(path) for path in ELSEWHERE]
    assert [(one.status, one.getheader("Location")) for one in answers] == [(404, None)] * len(ELSEWHERE)
    # Other spellings of the path are the path.
    for path in ("//go/shop", "/x/../go/shop", "/%67o/shop"):
        assert served.asked(path).getheader("Location") == f"{served.shop}/shop.html?from=go"
    foreign = served.asked("/go/shop", headers={"Host": "evil.example"})
    assert foreign.getheader("Location") in {f"{served.shop}/shop.html?from=go", None}


def test_a_query_breaks_no_header(served: Served) -> None:
    answer = served.asked("/go/shop?a=%0d%0aSet-Cookie:%20x=1%00")
    assert answer.getheader("Set-Cookie") is None
    assert answer.getheader("Location") == f"{served.shop}/shop.html?from=go&a=%0d%0aSet-Cookie:%20x=1%00"


def test_a_hit_of_a_redirect_is_a_click_of_the_page_it_came_from(served: Served) -> None:
    served.page("board", '<a href="/go/shop">shop</a>')
    headers = {"User-Agent": CHROME, "Referer": f"{served.url}/answers/board.html"}
    assert served.asked("/answers/board.html", headers={"User-Agent": CHROME}).status == 200
    assert served.asked("/go/shop?utm_content=board", headers=headers).status == 302
    assert served.ingested("SELECT path, url, via, is_counted FROM clicks") == [
        ("/answers/board", f"{served.url}/go/shop?utm_content=board", "redirect", True)
    ]
