"""The list of all reports: complete, newest first, the same for the same reports, and harmless."""

from __future__ import annotations

from pathlib import Path

from selectolax.lexbor import LexborHTMLParser
from tests.conftest import Cta
from tests.reports.chromium import Seen, chromium
from tests.reports.payloads import PAYLOADS
from tests.warehouse_rows import project

from cta_analytics.reports import index

LEAD = "<!doctype html><title>x</title><header><h1>{h1}</h1><p class=lead>{lead}</p></header>"


def _listed(folder: Path) -> list[tuple[str, list[str]]]:
    page = LexborHTMLParser(index.write(folder, project(folder)).read_text(encoding="utf-8"))
    return [
        (" ".join(item.css_first("h2").text().split()), [link.attributes["href"] or "" for link in item.css("a")])
        for item in page.css("ol > li")
    ]


def _report(folder: Path, name: str, lead: str = "So it was.", h1: str = "Week") -> None:
    (folder / name).write_text(LEAD.format(lead=lead, h1=h1), encoding="utf-8")


def test_reports_are_listed_by_their_period_the_newest_first(tmp_path: Path) -> None:
    for name in (
        "2026-W09.html",
        "2026-W45.html",
        "2025-W52.html",
        "2026-10-01_2026-10-31.html",
        "2026-W45-shared.html",
    ):
        _report(tmp_path, name)
    for name in ("2026-W45.xlsx", "2026-W45.pdf", "2026-W44.json"):
        (tmp_path / name).write_bytes(b"")
    assert _listed(tmp_path) == [
        ("Week 45 Nov 2–8, 2026", ["2026-W45.html", "2026-W45-shared.html", "2026-W45.pdf", "2026-W45.xlsx"]),
        ("Week 44 Oct 26 – Nov 1, 2026", ["2026-W44.json"]),
        ("Oct 1–31, 2026", ["2026-10-01_2026-10-31.html"]),
        ("Week 9 Feb 23 – Mar 1, 2026", ["2026-W09.html"]),
        ("Week 52 Dec 22–28, 2025", ["2025-W52.html"]),
    ]


def test_what_is_no_report_is_passed_over(tmp_path: Path) -> None:
    for name in (
        "index.html",
        "notes.html",
        "2026-W45.html.bak",
        "2026-W99.html",
        "2026-13-01_2026-13-02.html",
        "2026-11-08_2026-11-02.html",
        ".2026-W45.html.1.new",
    ):
        _report(tmp_path, name)
    (tmp_path / "2026-W45-csv").mkdir()
    (tmp_path / "2026-W46.html").mkdir()
    assert _listed(tmp_path) == []
    assert "No report yet." in (tmp_path / "index.html").read_text(encoding="utf-8")


def test_the_same_reports_give_the_same_bytes_whatever_came_first(tmp_path: Path) -> None:
    names = ["2026-W43.html", "2026-W44.html", "2026-W45.html"]
    made = []
    for number, order in enumerate((names, names[::-1])):
        folder = tmp_path / str(number)
        folder.mkdir()
        for name in order:
            _report(folder, name)
            index.write(folder, project(folder))
        made.append((folder / "index.html").read_bytes())
    assert made[0] == made[1]


def test_a_run_and_a_report_keep_the_list(demo: Path, cta: Cta) -> None:
    before = LexborHTMLParser((demo / "reports" / "index.html").read_text(encoding="utf-8"))
    assert [link.attributes["href"] for link in before.css("a")] == ["2026-W45.html"]
    report = LexborHTMLParser((demo / "reports" / "2026-W45.html").read_text(encoding="utf-8"))
    assert before.css_first(".lead").text() == report.css_first("header .lead").text()
    cta("report", "--week", "2026-W44", cwd=demo)
    after = LexborHTMLParser((demo / "reports" / "index.html").read_text(encoding="utf-8"))
    assert [link.attributes["href"] for link in after.css("a")] == ["2026-W45.html", "2026-W44.html"]


def test_nothing_of_the_corpus_runs_in_the_list(tmp_path: Path) -> None:
    import html

    for number, payload in enumerate(PAYLOADS):
        said = html.escape(payload)
        _report(tmp_path, f"2025-W{number % 52 + 1:02}-answer-p{number}.html", h1=said)
        _report(tmp_path, f"2025-W{number % 52 + 1:02}.html", lead=said)
    file = index.write(tmp_path, project(tmp_path))
    with chromium() as browser:
        for width in (375, 1280):
            seen = Seen(browser, file, viewport={"width": width, "height": 800})
            assert (seen.complaints, seen.away, seen.page.evaluate("window.hacked")) == ([], [], None)
            assert seen.page.locator("script, img, svg, iframe, form").count() == 0
            assert seen.page.evaluate("document.documentElement.scrollWidth") == width


def test_the_list_has_no_violation(finished_demo: Path) -> None:
    from axe_playwright_python.sync_playwright import Axe

    with chromium() as browser:
        for scheme in ("light", "dark"):
            page = Seen(browser, finished_demo / "reports" / "index.html", color_scheme=scheme).page
            assert Axe().run(page).response["violations"] == []
