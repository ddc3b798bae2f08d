"""The snippet in Chromium, behind nginx with the generated configuration: the events are the clicks that were made."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import pytest
from tests.collect import site
from tests.collect.site import Served

from cta_analytics import config
from cta_analytics.collect import SERVERS, redirects

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, Page

site.needed("chromium", "nginx")

CHROME = "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36"
CLICKS = "SELECT path, url, ordinal, uncounted_reason FROM clicks ORDER BY occurred_at, url, ordinal"
SEEN = "SELECT path, slot, count(*) FROM impressions GROUP BY ALL ORDER BY ALL"


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    from playwright.sync_api import sync_playwright

    assert site.CHROMIUM, "CI needs Chromium: install the package chromium"
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(
            executable_path=site.CHROMIUM, args=site.QUIET, ignore_default_args=["--disable-back-forward-cache"]
        )
        yield started
        started.close()


@pytest.fixture
def served() -> Iterator[Served]:
    with site.served("nginx") as running:
        yield running


def _context(browser: Browser, **options: Any) -> BrowserContext:
    return browser.new_context(user_agent=CHROME, **options)


def _opened(context: BrowserContext, url: str) -> Page:
    page = context.new_page()
    page.goto(url)
    return page


# Each way in which a person follows a link, on a link of its own.
LINKS = """
<a id=left href="{shop}/shop.html?n=left">left</a>
<a id=twice href="{shop}/shop.html?n=left#again">the same</a>
<a id=middle href="{shop}/shop.html?n=middle">middle</a>
<a id=control href="{shop}/shop.html?n=control">with the control key</a>
<a id=shift href="{shop}/shop.html?n=shift">with the shift key</a>
<a id=keyboard href="{shop}/shop.html?n=keyboard">with the keyboard</a>
<a id=blank target=_blank href="{shop}/shop.html?n=blank">in a new tab</a>
<a id=nested href="{shop}/shop.html?n=nested"><span><b>a</b> <i id=deep>nested one</i></span></a>
<svg width=80 height=20><a id=svg xlink:href="{shop}/shop.html?n=svg"><text y=15>drawn</text></a></svg>
<a id=right href="{shop}/shop.html?n=right">right</a>
<a id=double href="#double">a jump</a>
<a id=script href="javascript:void(0)">a script</a>
<p id=late></p>
<script>
document.addEventListener("click", (event) => event.target.id == "nested" && event.stopImmediatePropagation(), true);
setTimeout(() => {{ late.innerHTML = '<a id=added href="{shop}/shop.html?n=left">added</a>'; }}, 50);
</script>
"""


def test_every_way_to_follow_a_link_is_one_click(browser: Browser, served: Served) -> None:
    url = served.page("ways", LINKS.format(shop=served.shop))
    context = _context(browser)
    page = _opened(context, url)
    page.wait_for_selector("#added")
    for selector, options in (
        ("#middle", {"button": "middle"}),
        ("#control", {"modifiers": ["Control"]}),
        ("#shift", {"modifiers": ["Shift"]}),
        ("#blank", {}),
    ):
        with context.expect_page() as opened:
            page.click(selector, **options)  # type: ignore[arg-type]
        opened.value.close()
    page.click("#right", button="right")
    page.keyboard.press("Escape")
    page.click("#double")
    page.click("#script")
    for selector in ("#left", "#twice", "#deep", "#svg text", "#added"):
        page.click(selector)
        page.wait_for_url(f"{served.shop}/**")
        page.goto(url)
        page.wait_for_selector("#added")
    page.focus("#keyboard")
    page.keyboard.press("Enter")
    page.wait_for_url(f"{served.shop}/**")
    assert page.text_content("body") == "The shop."
    served.settled(10)
    made = sorted([(name, 1) for name in ("middle", "control", "shift", "blank", "left", "nested", "svg", "keyboard")])
    made = sorted([*made, ("left", 2), ("left", 3)])
    found = served.ingested(CLICKS)
    shop = f"{served.shop}/shop.html?n="
    assert sorted((target.removeprefix(shop).partition("#")[0], n) for _, target, n, _ in found) == made
    # No person clicks that fast, which is the one thing that is wrong with these.
    assert {(path, why) for path, _, _, why in found} == {("/answers/ways", "bot")}


def test_a_finger_is_a_click(browser: Browser, served: Served) -> None:
    url = served.page("touch", f'<a href="{served.shop}/shop.html?n=touch" data-cta-slot="a b+&quot;ü">touch</a>')
    page = _opened(_context(browser, has_touch=True, is_mobile=True), url)
    page.tap("a")
    page.wait_for_url(f"{served.shop}/**")
    served.settled(1)
    assert served.ingested("SELECT slot, ordinal, via FROM clicks") == [('a b+"ü', 1, "beacon")]


def test_a_form_tells_where_it_goes_and_not_what_was_typed(browser: Browser, served: Served) -> None:
    url = served.page(
        "form",
        f'<form action="{served.shop}/shop.html"><input name=email value="a@example.com"><button>Send</button></form>',
    )
    page = _opened(_context(browser), url)
    page.click("button")
    page.wait_for_url(f"{served.shop}/**")
    served.settled(1)
    lines = [line for line in served.log.read_text().splitlines() if "/cta/e?" in line]
    assert len(lines) == 1
    assert "t=submit" in lines[0]
    assert "example.com" not in lines[0]
    assert served.ingested("SELECT other_reasons['submit'] FROM batches") == [(1,)]


def test_a_cta_half_visible_for_a_second_is_seen_once(browser: Browser, served: Served) -> None:
    body = f"""
    <a data-cta-slot=top href="/answers/other.html">top</a>
    <a data-cta-slot=plain href="{served.shop}/shop.html?n=1">shop</a>
    <a href="/answers/other.html">not a CTA</a>
    <div style="height:3000px"></div>
    <a data-cta-slot=bottom href="{served.shop}/shop.html?n=2">bottom</a><p id=late></p>"""
    url = served.page("seen", body)
    page = _opened(_context(browser), url)
    served.settled(2)
    page.mouse.wheel(0, 5000)
    page.wait_for_timeout(200)
    page.mouse.wheel(0, -5000)
    page.wait_for_timeout(1500)
    assert served.log.read_text().count("t=impression") == 2, "the last one was passed by, not seen"
    page.evaluate("late.innerHTML = '<a data-cta-slot=added href=/go/shop>added</a>'; scrollTo(0, 9999)")
    served.settled(4)
    assert served.ingested(SEEN) == [
        ("/answers/seen", "added", 1),
        ("/answers/seen", "bottom", 1),
        ("/answers/seen", "plain", 1),
        ("/answers/seen", "top", 1),
    ]


def test_back_and_forward_is_a_new_view_and_a_prerendered_page_none(browser: Browser, served: Served) -> None:
    link = f'<a id=out data-cta-slot=out href="{served.shop}/shop.html">out</a>'
    served.page("other", link)
    rules = '<script type=speculationrules>{"prerender":[{"urls":["/answers/other.html"],"eagerness":"immediate"}]}</script>'
    url = served.page("cached", link, rules)
    page = _opened(_context(browser), url)
    served.settled(1)
    page.wait_for_timeout(1500)
    assert "GET /answers/other.html " in served.log.read_text(), "Chromium prerendered it"
    assert "p=%2Fanswers%2Fother" not in served.log.read_text()
    page.evaluate("window.kept = true")
    page.click("#out")
    page.wait_for_url(f"{served.shop}/**")
    page.go_back(wait_until="commit")
    assert page.evaluate("window.kept"), "it came from the cache"
    served.settled(3)
    assert served.ingested(SEEN) == [("/answers/cached", "out", 2)]


def test_without_scripts_views_and_redirects_count(browser: Browser, served: Served) -> None:
    url = served.page("quiet", '<a href="/go/shop?utm_content=quiet">shop</a>')
    page = _opened(_context(browser, java_script_enabled=False), url)
    page.click("a")
    page.wait_for_url(f"{served.shop}/**")
    assert page.url == f"{served.shop}/shop.html?from=go&utm_content=quiet"
    assert served.ingested("SELECT path, (SELECT count(*) FROM pageviews) FROM clicks WHERE is_counted") == [
        ("/answers/quiet", 1)
    ]


def test_a_redirect_and_its_beacon_are_one_click_and_a_blocked_beacon_is_a_loss(
    browser: Browser, served: Served
) -> None:
    url = served.page("lost", '<a href="/go/shop">shop</a>')
    page = _opened(_context(browser), url)
    page.click("a")
    page.wait_for_url(f"{served.shop}/**")
    served.settled(1)
    blocked = _context(browser)
    blocked.route("**/cta/e?*", lambda route: route.abort())
    page = _opened(blocked, url)
    # Another day of the same person is not waited for: another browser is another visitor.
    page.click("a")
    page.wait_for_url(f"{served.shop}/**")
    served.settled(1)
    lines = served.log.read_text().splitlines()
    assert [sum(text in line for line in lines) for text in ("/go/shop ", "t=click")] == [2, 1]


def test_under_global_privacy_control_events_have_no_visitor(browser: Browser, served: Served) -> None:
    url = served.page("private", f'<a href="{served.shop}/shop.html">shop</a>')
    for headers in ({}, {"Sec-GPC": "1"}):
        page = _opened(_context(browser, extra_http_headers=headers), url)
        page.click("a")
        page.wait_for_url(f"{served.shop}/**")
    served.settled(2)
    query = "SELECT visitor IS NULL AS nobody, count(*) FROM {} WHERE is_counted GROUP BY ALL ORDER BY ALL"
    assert served.ingested(query.format("pageviews")) == [(False, 1), (True, 1)]
    assert served.ingested(query.format("clicks")) == [(False, 1), (True, 1)]


def test_a_strict_policy_a_foreign_base_and_two_copies_report_once(browser: Browser, served: Served) -> None:
    head = (
        "<meta http-equiv=Content-Security-Policy content=\"default-src 'none'; script-src 'self'; connect-src 'self'\">"
        f'<base href="{served.shop}/"><script src="{served.url}/cta.js" defer></script>'
        f'<script src="{served.url}/cta.js" defer></script>'
    )
    url = served.page("strict", "<a href=shop.html>shop</a>", head)
    page = _opened(_context(browser), url)
    page.click("a")
    page.wait_for_url(f"{served.shop}/**")
    served.settled(1)
    assert served.ingested("SELECT path, url FROM clicks") == [("/answers/strict", f"{served.shop}/shop.html")]


def test_a_hostile_page_breaks_no_log_and_no_page(browser: Browser, served: Served) -> None:
    body = f"""
    <a id=long href="{served.shop}/shop.html?n={"x" * 100_000}" target=_blank>long</a>
    <a id=quotes href="{served.shop}/shop.html?n=&quot;'\\&lt;script&gt;&#10;ü" target=_blank>quotes</a>
    <a id=bad href="http://[">bad</a> <a id=script href="javascript:document.title='run'">script</a>
    <a href="{served.shop}/shop.html" data-cta-slot="&quot; 500 0 &quot;-&quot;&#10;\\x22" target=_blank>slot</a>"""
    url = served.page("hostile", body)
    context = _context(browser)
    page = _opened(context, url)
    complaints: list[str] = []
    page.on("pageerror", lambda error: complaints.append(str(error)))
    for selector in ("#long", "#quotes", "[data-cta-slot]"):
        with context.expect_page() as opened:
            page.click(selector)
        opened.value.close()
    page.click("#script")
    served.settled(3)
    assert complaints == []
    found = served.ingested("SELECT length(url), slot FROM clicks ORDER BY length(url)")
    assert len(found) == 3
    assert found[-1][0] == 2000
    assert found[0][1] == '" 500 0 "-"\n\\x22'
    assert served.ingested("SELECT sum(rejected), sum(clicks) FROM batches") == [(0, 3)]


WORKED = """async ([code, path, query]) => {
  if (code.includes("export default")) {
    const worker = (await import("data:text/javascript," + encodeURIComponent(code))).default;
    const answer = await worker.fetch(new Request("https://www.larkmoor.example" + path + query));
    return [answer.status, answer.headers.get("location")];
  }
  const pairs = [...new URLSearchParams(query)].map(([key, value]) => [key, { value }]);
  const request = { uri: path, querystring: Object.fromEntries(pairs) };
  const answer = new Function(code + "; return handler")()({ request });
  return [answer.statusCode || 200, answer.headers && answer.headers.location && answer.headers.location.value || null];
}"""


@pytest.mark.parametrize("name", ["cloudflare", "cloudfront"])
def test_the_functions_of_a_cdn_answer_and_redirect(browser: Browser, served: Served, name: str) -> None:
    page = _opened(_context(browser), f"{served.shop}/shop.html")
    hops = redirects.hops(config.read(served.root / "cta.toml").contract)
    beacon, table = SERVERS[name].beacon("/cta/e"), SERVERS[name].redirects(hops)
    shop = f"{served.shop}/shop.html"
    assert page.evaluate(WORKED, [beacon, "/cta/e", "?t=view&p=%2F"]) == [204, None]
    assert page.evaluate(WORKED, [table, "/go/shop", ""]) == [302, f"{shop}?from=go"]
    assert page.evaluate(WORKED, [table, "/go/shop", "?a=1"]) == [302, f"{shop}?from=go&a=1"]
    assert page.evaluate(WORKED, [table, "/go/fixed", "?a=1"]) == [302, f"{shop}?n=%241%20%7Bx%7D"]
