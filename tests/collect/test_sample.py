"""The sample site carries what `cta snippet` prints, and its logs hold what that sends from these pages in Chromium."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import parse_qs, urlsplit

from tests.collect import site
from tests.collect.conftest import context
from tests.conftest import Cta

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Request, Route

site.needed("chromium")

SAMPLE = Path(__file__).parents[2] / "sample_data"
SITE = "https://www.keenrow.example"
LOGGED = re.compile(r'"(POST /cta/e\?t=click&\S+) HTTP/[0-9.]+" 204 \d+ "([^"]+)"')
NTH = """([url, ordinal]) => {
  const links = [...document.querySelectorAll("a[href],area")].filter((el) => el.href.split("#")[0] == url.split("#")[0]);
  return links[ordinal - 1];
}"""


def page_file(path: str) -> Path | None:
    """The file that a server gives for a path of the sample."""
    files = [SAMPLE / "site" / (path[1:] + end) for end in ("", ".html")]
    return next((file for file in files if file.is_file()), None)


def test_the_script_of_the_sample_is_the_one_that_is_printed(cta: Cta) -> None:
    printed = cta("snippet", "--external", "/assets/cta.js", "--events", "click,submit", cwd=SAMPLE)
    assert (SAMPLE / "site" / "assets" / "cta.js").read_text(encoding="utf-8") == printed.stdout
    tag = printed.stderr.strip()
    pages = [page for page in (SAMPLE / "site").rglob("*.html") if page.name != "404.html"]
    assert pages
    assert [page.name for page in pages if page.read_text(encoding="utf-8").count(tag) != 1] == []


def test_the_clicks_in_the_logs_are_what_the_script_sends(browser: Browser) -> None:
    logged: dict[tuple[str, ...], tuple[str, str]] = {}
    for line in (SAMPLE / "logs" / "access.log.1").read_text(encoding="utf-8", errors="replace").splitlines():
        if (found := LOGGED.search(line)) and page_file(urlsplit(found[2]).path):
            sent = parse_qs(found[1].partition("?")[2], keep_blank_values=True)
            # One click of each kind of page and of target, and of each slot and ordinal.
            kind = (sent["p"][0].split("/")[1], urlsplit(sent["u"][0]).netloc, sent["s"][0], sent["o"][0])
            logged.setdefault(kind, (found[1], found[2]))
    assert len(logged) >= 5
    people = context(browser)
    beacons: list[str] = []

    def answer(route: Route, request: Request) -> None:
        path = urlsplit(request.url).path
        file = page_file(path)
        if path == "/cta/e":
            beacons.append(f"{request.method} {request.url.removeprefix(SITE)}")
            route.fulfill(status=204)
        elif request.url.startswith(SITE) and file:
            route.fulfill(path=file)
        else:
            route.abort()

    people.route("**/*", answer)
    page = people.new_page()
    without_id = re.compile(r"&i=[^&]*")
    for target, referrer in logged.values():
        sent = parse_qs(target.partition("?")[2], keep_blank_values=True)
        page.goto(referrer)
        link = page.evaluate_handle(NTH, [sent["u"][0], int(sent["o"][0])]).as_element()
        assert link, f"no such link on {referrer}: {target}"
        before = len(beacons)
        link.evaluate("(el) => el.click()")
        for _ in range(100):
            if len(beacons) > before:
                break
            page.wait_for_timeout(50)
        assert [without_id.sub("", one) for one in beacons[before:]] == [without_id.sub("", target)]
