"""A corpus of attacks goes through scan, ingest, import and report into a real browser, and nothing of it comes alive."""

from __future__ import annotations

import http.server
import shutil
import threading
import unicodedata
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from tests.conftest import Cta
from tests.reports.chromium import DRAWN, Seen, chromium
from tests.reports.hostile_site import build
from tests.reports.payloads import PAYLOADS, TURNED

from cta_analytics.reports.clean import clean
from cta_analytics.reports.names import answer_name

if TYPE_CHECKING:
    from playwright.sync_api import Browser

HANDLED = r"""() => Array.from(document.querySelectorAll("*")).flatMap((node) => Array.from(node.attributes)
  .filter((each) => each.name.startsWith("on") || each.name === "srcdoc" ||
    /^(href|src|action|formaction|data|poster|xlink:href)$/.test(each.name) && !/^(#|https?:)/.test(each.value))
  .map((each) => `${node.tagName} ${each.name}=${each.value}`))"""
# Text that is painted outside of the cell that it stands in.
ESCAPED = """(selector) => {
  const found = [];
  for (const cell of document.querySelectorAll(selector)) {
    if (!cell.checkVisibility()) continue;
    const box = cell.getBoundingClientRect(), range = document.createRange();
    range.selectNodeContents(cell);
    for (const rect of range.getClientRects())
      if (rect.left < box.left - 1 || rect.right > box.right + 1 || rect.top < box.top - 4 || rect.bottom > box.bottom + 4)
        found.push(cell.textContent.slice(0, 60));
  }
  return found;
}"""


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory, cta: Cta) -> Path:
    """The site after `cta run`."""
    folder = build(tmp_path_factory.mktemp("hostile"))
    result = cta("run", cwd=folder)
    assert result.returncode == 0, result.stderr
    assert "Traceback" not in result.stderr
    assert not set(result.stderr + result.stdout) & {"\x1b", "\x00", "\u202e"}
    return folder


@pytest.fixture(scope="module")
def report(site: Path) -> Path:
    return site / "reports" / "2026-W45.html"


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as started:
        yield started


def _open(browser: Browser, file: Path, **context: object) -> Seen:
    seen = Seen(browser, file, **context)
    if context.get("java_script_enabled", True):
        seen.page.wait_for_selector(DRAWN, state="attached")
    return seen


# Everything that a reader can do with it, and at the end all answers stand there.
USED = r"""() => {
  const all = (selector) => Array.from(document.querySelectorAll(selector));
  for (const one of all("summary, main button")) one.click();
  for (const one of all("main select"))
    for (const option of Array.from(one.options).reverse()) {
      one.value = option.value;
      one.dispatchEvent(new Event("change", { bubbles: true }));
    }
  for (const one of all(".plot .points path, .plot .point").slice(0, 60))
    for (const name of ["mousemove", "mouseover"]) one.dispatchEvent(new MouseEvent(name, { bubbles: true }));
  for (const one of all("main input"))
    for (const text of ["<img src=x onerror=alert(1)>", "(", "\\", "*".repeat(50), "__proto__", ""]) {
      one.value = text;
      one.dispatchEvent(new Event("input", { bubbles: true }));
    }
  for (const row of all("tr[hidden]")) row.hidden = false;
}"""


def _harmed(seen: Seen) -> list[str]:
    hacked = seen.page.evaluate("window.hacked")
    return [*seen.complaints, *seen.away, *seen.page.evaluate(HANDLED), *([f"hacked {hacked}"] if hacked else [])]


def test_every_payload_reaches_the_report(report: Path, browser: Browser) -> None:
    page = _open(browser, report, java_script_enabled=False).page
    shown = set(page.locator("#answers-table tbody th bdi").all_text_contents())
    # Titles lose their edges when a page is read, and a NUL when it is parsed.
    expected = {answer_name("", " ".join(payload.replace("\0", "").split(" | ")[0].split())) for payload in PAYLOADS}
    reached = {name for name in expected if any(name[:30].strip() in " ".join(each.split()) for each in shown)}
    assert len(reached) >= 0.9 * len(expected), sorted(expected - reached)
    assert {"<script>window.hacked=1;alert(1)</script>", "{{ 7*7 }}"} <= shown


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_nothing_of_the_corpus_runs_whatever_a_reader_does(scheme: str, report: Path, browser: Browser) -> None:
    seen = _open(browser, report, color_scheme=scheme)
    seen.page.evaluate(USED)
    seen.page.wait_for_timeout(300)
    assert _harmed(seen) == []
    assert (
        seen.page.locator("img, iframe, object, embed, video, form, base, link, math, marquee, plaintext").count() == 0
    )
    assert seen.page.locator("main script, main style, main meta").count() == 0


@pytest.mark.parametrize(
    "payload",
    ["<img src=x onerror=alert(1)>", "answer=</script><script>alert(1)</script>", '"];alert(1);//', "%", "__proto__"],
)
def test_nothing_of_a_link_to_the_report_runs(payload: str, report: Path, browser: Browser) -> None:
    seen = _open(browser, report)
    seen.page.evaluate("(text) => { location.hash = text }", payload)
    seen.page.reload()
    seen.page.wait_for_selector(DRAWN, state="attached")
    assert _harmed(seen) == []


@pytest.mark.parametrize("width", [375, 1280])
def test_no_payload_breaks_the_layout(width: int, report: Path, browser: Browser) -> None:
    page = _open(browser, report, viewport={"width": width, "height": 900}).page
    page.evaluate(USED)
    assert page.evaluate("document.documentElement.scrollWidth") == width
    assert page.evaluate(ESCAPED, "#answers-table tbody :is(th, td)") == []


def test_turned_and_piled_up_characters_stay_in_their_cell(report: Path, browser: Browser) -> None:
    page = _open(browser, report, java_script_enabled=False).page
    text = page.evaluate("document.documentElement.textContent")
    assert [
        char
        for char in text
        if unicodedata.bidirectional(char) in {"LRE", "RLE", "LRO", "RLO", "PDF", "LRI", "RLI", "FSI", "PDI"}
    ] == []
    marks = "".join("m" if unicodedata.combining(char) else "." for char in text)
    assert "m" * 5 not in marks
    # What is read from right to left is set apart: the figures beside it stand where those of other rows stand.
    arabic = page.locator("#answers-table tbody tr", has_text=clean(TURNED[3])).first
    other = page.locator("#answers-table tbody tr", has_text="{{ 7*7 }}").first
    for cell in range(1, 4):
        boxes = [row.locator("td").nth(cell).bounding_box() for row in (arabic, other)]
        assert boxes[0]
        assert boxes[1]
        assert (boxes[0]["x"], boxes[0]["width"]) == (boxes[1]["x"], boxes[1]["width"])
    assert arabic.locator("td").first.evaluate("(cell) => getComputedStyle(cell).direction") == "ltr"


@pytest.fixture
def server() -> Iterator[tuple[str, list[str]]]:
    """A server on this machine and the paths it was asked for."""
    asked: list[str] = []

    class Handler(http.server.BaseHTTPRequestHandler):
        def answer(self) -> None:
            asked.append(self.path)
            self.send_response(200)
            self.send_header("Access-Control-Allow-Origin", "*")
            self.end_headers()

        def log_message(self, *_: object) -> None:
            """Says nothing."""

    for method in ("GET", "POST"):
        setattr(Handler, f"do_{method}", Handler.answer)

    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler) as started:
        thread = threading.Thread(target=started.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{started.server_port}", asked
        started.shutdown()
        thread.join()


MARKUP = {
    "an inline script": "<script>window.hacked=1</script>",
    "a script of the server": "<script src=SERVER/x.js></script>",
    "a handler": "<img src=x onerror=window.hacked=1>",
    "a picture": "<img src=SERVER/x.png>",
    "a stylesheet": "<link rel=stylesheet href=SERVER/x.css>",
    "an import": "<style>@import 'SERVER/y.css';body{background:url(SERVER/b.png)}</style>",
    "a font": "<style>@font-face{font-family:f;src:url(SERVER/f.woff2)}p{font-family:f}</style>",
    "a frame": "<iframe src=SERVER/frame></iframe>",
    "a frame with a script": "<iframe srcdoc='<script>parent.hacked=1</script>'></iframe>",
    "an object": "<object data=SERVER/o></object>",
    "a video": "<video src=SERVER/v autoplay></video>",
    "a javascript link": "<a id=press href='javascript:window.hacked=1'>x</a>",
    "a form": "<form action=SERVER/form><button id=press>x</button></form>",
}


@pytest.mark.parametrize("what", MARKUP)
def test_the_policy_of_the_file_holds_what_would_get_into_it(
    what: str, server: tuple[str, list[str]], finished_demo: Path, tmp_path: Path, browser: Browser
) -> None:
    address, asked = server
    file = tmp_path / "report.html"
    shutil.copy(finished_demo / "reports" / "2026-W45.html", file)
    text = file.read_text(encoding="utf-8")
    file.write_text(text.replace("</main>", MARKUP[what].replace("SERVER", address) + "</main>"), encoding="utf-8")
    seen = _open(browser, file)
    seen.page.evaluate("() => document.querySelectorAll('#press').forEach((one) => one.click())")
    seen.page.wait_for_timeout(200)
    assert seen.page.evaluate("window.hacked") is None
    assert asked == []
    assert any("policy: " in complaint or "Content Security Policy" in complaint for complaint in seen.complaints)


def test_the_policy_lets_no_script_ask_the_network(
    server: tuple[str, list[str]], finished_demo: Path, browser: Browser
) -> None:
    address, asked = server
    page = _open(browser, finished_demo / "reports" / "2026-W45.html").page
    said = page.evaluate("(url) => fetch(url).then(() => 'got it', () => 'refused')", f"{address}/fetch")
    page.evaluate("(url) => navigator.sendBeacon(url, 'x')", f"{address}/beacon")
    page.evaluate("(url) => { new Image().src = url }", f"{address}/image")
    page.wait_for_timeout(200)
    assert (said, asked) == ("refused", [])
