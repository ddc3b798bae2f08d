"""How the beacon gets out in Chromium: where something is in its way, and that it is in nobody's way itself."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from tests.collect import site
from tests.collect.conftest import CHROME, context, opened
from tests.collect.site import Served

from cta_analytics.collect import snippet

if TYPE_CHECKING:
    from playwright.sync_api import Browser

site.needed("chromium", "nginx")

CLICKS = "SELECT path, url, ordinal, is_counted FROM clicks"
WITHOUT = {
    "none": "Navigator.prototype.sendBeacon = undefined",
    "refused": "Navigator.prototype.sendBeacon = () => false",
}


@pytest.mark.parametrize("beacon", WITHOUT)
def test_without_send_beacon_fetch_reports_the_click(browser: Browser, served: Served, beacon: str) -> None:
    url = served.page("fallback", f'<a href="{served.shop}/shop.html">shop</a>', f"<script>{WITHOUT[beacon]}</script>")
    page = opened(context(browser), url)
    page.click("a")
    page.wait_for_url(f"{served.shop}/**")
    served.settled(1)
    lines = [line for line in served.log.read_text().splitlines() if "/cta/e?" in line]
    assert [line.split()[5] for line in lines] == ['"GET'], "sendBeacon would have sent a POST"
    assert served.ingested(CLICKS) == [("/answers/fallback", f"{served.shop}/shop.html", 1, True)]


def test_a_beacon_that_is_sent_again_counts_once(browser: Browser, served: Served) -> None:
    url = served.page("again", f'<a data-cta-slot=top target=_blank href="{served.shop}/shop.html">shop</a>')
    people = context(browser)
    sent: list[str] = []
    people.on("request", lambda request: sent.append(request.url) if "/cta/e?" in request.url else None)
    page = opened(people, url)
    served.settled(1)
    with people.expect_page():
        page.click("a")
    served.settled(2)
    assert sorted(re.findall(r"\bt=(\w+)", " ".join(sent))) == ["click", "impression"]
    for address in sent:
        assert served.asked(address.removeprefix(served.url), "POST", {"User-Agent": CHROME}).status == 204
    served.settled(4)
    counted = "SELECT count(*), count(*) FILTER (is_counted), min(uncounted_reason) FROM "
    assert served.ingested(f"{counted} clicks") == [(2, 1, "same_click")]
    assert served.ingested(f"{counted} impressions") == [(2, 1, "same_click")]


def test_a_beacon_that_nobody_answers_delays_nothing(browser: Browser, served: Served) -> None:
    url = served.page("slow", f'<a href="{served.shop}/shop.html">shop</a>')
    people = context(browser)
    # Held for good: never answered, never aborted.
    people.route("**/cta/e?*", lambda _: None)
    page = opened(people, url)
    page.click("a")
    page.wait_for_url(f"{served.shop}/**")
    assert page.text_content("body") == "The shop."


def test_only_the_hash_that_is_printed_lets_the_inline_script_run(browser: Browser, served: Served) -> None:
    from cta_analytics import config

    printed = snippet.inline(snippet.script(config.read(served.root / "cta.toml").contract))
    policy = re.search(r"Content-Security-Policy: (.*) -->", printed)
    assert policy
    head = '<meta http-equiv=Content-Security-Policy content="{}">'
    body = f'<a href="{served.shop}/shop.html">shop</a>'
    allowed = served.page("hash", body, head.format(f"default-src 'none'; {policy[1]}"), printed)
    refused = served.page("no-hash", body, head.format("default-src 'none'; connect-src 'self'"), printed)
    for url in (allowed, refused):
        page = opened(context(browser), url)
        page.click("a")
        page.wait_for_url(f"{served.shop}/**")
    served.settled(1)
    assert served.ingested(CLICKS) == [("/answers/hash", f"{served.shop}/shop.html", 1, True)]


def test_a_prerendered_page_is_a_view_when_it_is_shown(served: Served, tmp_path: Path) -> None:
    from cta_analytics import config

    contract = served.root / "cta.toml"
    contract.write_text(contract.read_text().replace("[logs]\n", '[logs]\nviews_from = "beacon"\n'))
    (served.root / "site" / "cta.js").write_text(snippet.script(config.read(contract).contract))
    shown = "<script>document.addEventListener('prerenderingchange', () => fetch('/shown'))</script>"
    served.page("second", "<p>The second page.</p>", shown)
    served.page("never", "<p>Nobody looks at it.</p>", shown)
    rules = '{"prerender":[{"urls":["/answers/second.html","/answers/never.html"],"eagerness":"immediate"}]}'
    url = served.page(
        "first",
        '<a href="/answers/second.html">second</a><script>setTimeout(() => document.querySelector("a").click(), 3000)</script>',
        f"<script type=speculationrules>{rules}</script>",
    )
    # Where Playwright holds the page nothing that was prerendered is shown: Chromium by itself, and a page that clicks.
    assert site.CHROMIUM
    command = [site.CHROMIUM, "--headless", *site.QUIET, f"--user-agent={CHROME}", f"--user-data-dir={tmp_path}"]
    running = subprocess.Popen([*command, "--remote-debugging-port=0", url], stderr=subprocess.DEVNULL)
    try:
        served.settled(3, seconds=60)
    finally:
        running.terminate()
        running.wait(20)
    log = served.log.read_text()
    assert "GET /answers/never.html " in log, "Chromium prerendered it"
    assert log.count("GET /shown ") == 1, "the second page was prerendered, then shown"
    assert served.ingested("SELECT path, count(*) FROM pageviews GROUP BY ALL ORDER BY ALL") == [
        ("/answers/first", 1), ("/answers/second", 1),
    ]  # fmt: skip
    assert served.ingested("SELECT path FROM clicks") == [("/answers/first",)]


def test_a_page_from_the_cache_is_a_view_again(browser: Browser, served: Served) -> None:
    from cta_analytics import config

    contract = served.root / "cta.toml"
    contract.write_text(contract.read_text().replace("[logs]\n", '[logs]\nviews_from = "beacon"\n'))
    (served.root / "site" / "cta.js").write_text(snippet.script(config.read(contract).contract))
    page = opened(context(browser), served.page("cached", f'<a href="{served.shop}/shop.html">shop</a>'))
    page.click("a")
    page.wait_for_url(f"{served.shop}/**")
    page.go_back(wait_until="commit")
    served.settled(3)
    assert served.log.read_text().count("GET /answers/cached.html ") == 1, "it came from the cache"
    assert served.ingested("SELECT path, count(*) FROM pageviews GROUP BY ALL") == [("/answers/cached", 2)]


def test_less_than_half_or_less_than_a_second_is_not_seen(browser: Browser, served: Served) -> None:
    body = f"""<style>body {{ margin: 0 }} a {{ display: block; height: 400px }}</style>
    <div style="height:300px"></div><a data-cta-slot=part href="{served.shop}/shop.html?n=1">two in five are visible</a>
    <div style="height:2000px"></div><a data-cta-slot=short href="{served.shop}/shop.html?n=2">half a second</a>
    <div style="height:2000px"></div><a data-cta-slot=behind href="{served.shop}/shop.html?n=3">in a tab behind</a>"""
    people = context(browser, viewport={"width": 800, "height": 460})
    page = opened(people, served.page("parts", body))
    page.wait_for_timeout(1500)
    for _ in range(3):
        page.evaluate("scrollTo(0, document.querySelector('[data-cta-slot=short]').offsetTop)")
        page.wait_for_timeout(500)
        page.evaluate("scrollTo(0, 0)")
        page.wait_for_timeout(200)
    served.settled(0)
    assert "t=impression" not in served.log.read_text()
