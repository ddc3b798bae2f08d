"""Forged and hostile requests through Debian's nginx: each line is parsed or rejected, labelled, and never run."""

from __future__ import annotations

import html
import json
import socket
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any
from urllib.parse import quote

import pytest
from tests.collect import site
from tests.collect.site import Served

AMAZON = "https://www.amazon.com/dp/B000000001"
HOSTILE = "\"><img src=x onerror=\"document.title='run'\"><script>document.title='run'</script>"


@pytest.fixture
def served() -> Iterator[Served]:
    site.needed("nginx")
    with site.served("nginx") as running:
        running.page("board", f'<a href="{AMAZON}">Amazon</a>')
        yield running


class People:
    """Each request by another person, who has seen the page before: what is left is what the request itself says."""

    def __init__(self, served: Served) -> None:
        self._host, self._port = served.url.removeprefix("http://").split(":")
        self.asked = 0

    def ask(self, target: str | bytes, method: str = "POST", *, agent: str = "", referrer: str = "-", seen: bool = True) -> int:  # fmt: skip
        """The status of the answer; the target is sent as it is."""
        self.asked += 1
        agent = f"Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/{99 + self.asked}.0 Safari/537.36{agent}"  # fmt: skip
        if seen:
            self._sent(b"GET /answers/board.html", agent, referrer)
        raw = target if isinstance(target, bytes) else target.encode()
        return self._sent(method.encode() + b" " + raw, agent, referrer)

    def _sent(self, asked: bytes, agent: str, referrer: str) -> int:
        head = f" HTTP/1.1\r\nHost: larkmoor.example\r\nUser-Agent: {agent}\r\nReferer: {referrer}\r\nConnection: close\r\n"
        with socket.create_connection((self._host, int(self._port)), timeout=30) as connection:
            connection.sendall(asked + head.encode() + b"Content-Length: 0\r\n\r\n")
            # An answer that comes before all was read ends the connection: what it says is in the first bytes.
            return int(connection.recv(64).split(b" ")[1])


def beacon(page: str = "/answers/board", url: str = AMAZON, more: str = "", kind: str = "click") -> str:
    """A beacon whose page and URL are encoded as the snippet does it, and the rest is not."""
    return f"/cta/e?t={kind}&v=1&p={quote(page, safe='')}&u={quote(url, safe='')}{more}"


CASES: list[tuple[str, str | bytes, tuple[Any, ...]]] = [
    # what is sent, and (page, URL, slot, ordinal, uncounted_reason) of the click
    ("as it should be", beacon(), ("/answers/board", AMAZON, "amazon_product:B000000001:1", 1, None)),
    ("a page that is not there", beacon("/answers/forged"), ("/answers/forged", AMAZON, "amazon_product:B000000001:1", 1, "foreign_target")),
    ("a page of another site", beacon("https://evil.example/answers/board"), (None, AMAZON, "amazon_product:B000000001:1", 1, "foreign_target")),
    ("a page of 6000 characters", beacon("/" + "x" * 6000), (None, AMAZON, "amazon_product:B000000001:1", 1, "foreign_target")),
    ("a foreign target", beacon(url="https://evil.example/x"), ("/answers/board", "https://evil.example/x", "external:evil.example/x:1", 1, "foreign_target")),
    ("a script as target", beacon(url="javascript:alert(1)"), ("/answers/board", "javascript:alert(1)", "computed:alert(1):1", 1, "foreign_target")),
    ("data as target", beacon(url="data:text/html,x"), ("/answers/board", "data:text/html,x", "external:text/html,x:1", 1, "foreign_target")),
    ("markup as slot", beacon(more="&s=" + quote(HOSTILE)), ("/answers/board", AMAZON, HOSTILE, 1, None)),
    ("quotes as they are", beacon(more="&s=\"'`<b>\\"), ("/answers/board", AMAZON, "\"'`<b>\\", 1, None)),
    ("line ends and escapes", beacon(more="&s=%22%0d%0a%1b[31m%00"), ("/answers/board", AMAZON, '"\r\n\x1b[31m\x00', 1, None)),
    ("Latin-1, raw", beacon().encode() + b"&s=caf\xe9", ("/answers/board", AMAZON, "caf\ufffd", 1, None)),
    ("UTF-8, raw", beacon(more="&s=café"), ("/answers/board", AMAZON, "café", 1, None)),
    ("UTF-16, encoded", beacon(more="&s=%FF%FEa%00"), ("/answers/board", AMAZON, "\ufffd\ufffda\x00", 1, None)),
    ("percents that are none", beacon(more="&s=%zz%u0041%"), ("/answers/board", AMAZON, "%zz%u0041%", 1, None)),
    ("a slot of 5000 characters", beacon(more="&s=" + "y" * 5000), ("/answers/board", AMAZON, "y" * 200, 1, None)),
    ("an ordinal beyond all", beacon(more="&o=" + "9" * 40), ("/answers/board", AMAZON, "amazon_product:B000000001:1", 1, None)),
    ("an ordinal below all", beacon(more="&o=-1"), ("/answers/board", AMAZON, "amazon_product:B000000001:1", 1, None)),
    ("each name twice", beacon(more="&t=view&p=/answers/other&u=https%3A%2F%2Fevil.example"), ("/answers/board", AMAZON, "amazon_product:B000000001:1", 1, None)),
    ("an id of 3000 characters", beacon(more="&i=" + "7" * 3000), ("/answers/board", AMAZON, "amazon_product:B000000001:1", 1, None)),
]  # fmt: skip


def test_each_beacon_is_read_and_the_forged_ones_are_labelled(served: Served) -> None:
    people = People(served)
    assert [people.ask(target) for _, target, _ in CASES] == [204] * len(CASES)
    found = served.ingested(
        "SELECT path, url, slot, ordinal, uncounted_reason FROM clicks JOIN urls USING (url, url_id) ORDER BY line_number"
    )
    assert list(zip((name for name, *_ in CASES), found, strict=True)) == [(name, click) for name, _, click in CASES]
    account = "SELECT lines, pageviews, clicks, rejected FROM batches"
    assert served.ingested(account) == [(2 * len(CASES), len(CASES), len(CASES), 0)]


NONE: list[tuple[str, str, int, str]] = [
    # target, method, status, and what it counts as
    (beacon(url="https://evil.example/" + "x" * 100_000), "POST", 414, "client_error"),
    (beacon(), "HEAD", 204, "method"),
    (beacon(), "PUT", 204, "method"),
    (beacon(), "X<script>", 400, "no_request"),
    (beacon().replace("/cta/e", "/cta/e/"), "POST", 404, "client_error"),
    (beacon().replace("/cta/e", "/CTA/E"), "POST", 404, "client_error"),
    (beacon().replace("/cta/e", "/cta/e;x"), "POST", 404, "client_error"),
    (beacon().replace("/cta/e", "/cta/%65"), "POST", 204, "method"),
    (beacon().replace("/cta/e", "//cta/e"), "POST", 204, "method"),
    (beacon().replace("/cta/e", "/x/../cta/e"), "POST", 204, "method"),
    (beacon(kind="__proto__"), "POST", 204, "bad_beacon"),
    (beacon(kind="CLICK"), "POST", 204, "bad_beacon"),
    ("/cta/e", "POST", 204, "bad_beacon"),
    ("/cta/e?t=click", "GET", 204, "bad_beacon"),
    ("/cta/e?t=click&u=&p=", "POST", 204, "bad_beacon"),
    ("/cta/e?u=x&p=/answers/board", "POST", 204, "bad_beacon"),
    (beacon(kind="view"), "POST", 204, "beacon_view"),
]


def test_what_is_no_beacon_is_no_click(served: Served) -> None:
    people = People(served)
    assert [people.ask(target, method, seen=False) for target, method, _, _ in NONE] == [row[2] for row in NONE]
    (row,) = served.ingested("SELECT clicks, impressions, pageviews, rejected, to_json(other_reasons) FROM batches")
    assert row[:4] == (0, 0, 0, 0)
    assert json.loads(row[4]) == Counter(reason for *_, reason in NONE)


def test_a_forged_impression_is_labelled_too(served: Served) -> None:
    people = People(served)
    for page, url in (
        ("/answers/board", AMAZON),
        ("/answers/forged", AMAZON),
        ("/answers/board", "https://evil.example/"),
    ):
        people.ask(beacon(page, url, kind="impression"))
    assert served.ingested("SELECT path, uncounted_reason FROM impressions ORDER BY line_number") == [
        ("/answers/board", None), ("/answers/forged", "foreign_target"), ("/answers/board", "foreign_target"),
    ]  # fmt: skip


def test_a_page_that_was_renamed_is_no_forged_one(served: Served) -> None:
    file = served.root / "cta.toml"
    file.write_text(file.read_text() + '[[moved]]\nfrom = "plank"\nto = "board"\n')
    People(served).ask(beacon("/answers/plank"))
    assert served.ingested("SELECT answer, uncounted_reason FROM clicks") == [("board", None)]


def test_no_script_runs_in_the_report_of_such_a_day(served: Served) -> None:
    site.needed("chromium")
    from playwright.sync_api import sync_playwright

    people = People(served)
    title = html.escape(HOSTILE)
    page = served.root / "site" / "answers" / "hostile.html"
    page.write_text(f'<!doctype html><title>{title}</title><a href="{AMAZON}">{title}</a>')
    for _, target, _ in CASES:
        people.ask(target)
    people.ask(beacon("/answers/hostile"))
    for text in (
        HOSTILE,
        "javascript:document.title='run'",
        "{{ 7*7 }}",
        "</script><script>document.title='run'</script>",
    ):
        people.ask(beacon(more="&s=" + quote(text)), agent=f"bot {text}", referrer=f"https://evil.example/{text}")
        people.ask(beacon("/answers/" + text, text), referrer="https://" + quote(text, safe=""))
    served.ingested("SELECT 1")
    day = datetime.now(UTC).date().isoformat()
    served.cta("report", "--from", day, "--to", day, "--out", "made")
    (report,) = [file for file in (served.root / "made").glob("**/*.html") if file.name != "index.html"]
    text = report.read_text()
    assert HOSTILE[:40] in html.unescape(text), "the title that is one is in the report"
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=site.CHROMIUM, args=site.QUIET)
        opened = started.new_page()
        asked: list[str] = []
        complaints: list[str] = []
        opened.on("request", lambda request: asked.append(request.url))
        opened.on("pageerror", lambda error: complaints.append(str(error)))
        opened.on("dialog", lambda dialog: complaints.append(dialog.message))
        opened.on("console", lambda said: complaints.append(said.text) if said.type == "error" else None)
        opened.goto(report.as_uri())
        opened.wait_for_timeout(1000)
        assert opened.title() != "run"
        assert opened.query_selector_all("img[src=x], [onerror], a[href^=javascript]") == []
        assert complaints == []
        assert [url for url in asked if not url.startswith(("file:", "data:", "blob:"))] == []
        started.close()
    printed = served.cta("query", "--sql", "SELECT slot FROM clicks", "--format", "table") + served.cta("bots")
    assert not {"\x1b", "\x00", "\r"} & set(printed)
