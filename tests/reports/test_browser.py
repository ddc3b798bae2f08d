"""The report in a real browser: it draws, it sorts, it asks for nothing, and nothing in it runs that should not."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from tests.reports.chromium import DRAWN, Seen, chromium
from tests.reports.scenes import filled, hostile
from tests.warehouse_rows import Rows, project

from cta_analytics.metrics.period import of_week
from cta_analytics.reports import html

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

WEEK = of_week("2026-W45")


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as started:
        yield started


def _open(browser: Browser, file: Path, **context: object) -> Seen:
    return Seen(browser, file, **context)


def _written(rows: Rows, folder: Path) -> Path:
    return html.write(rows.connection, project(folder), WEEK)


def _names(page: Page) -> list[str]:
    return page.locator("#answers-table tbody tr:not([hidden]) th bdi").all_inner_texts()


def test_it_draws_its_charts_and_asks_for_nothing(browser: Browser, rows: Rows, tmp_path: Path) -> None:
    seen = _open(browser, _written(filled(rows), tmp_path))
    seen.page.wait_for_selector(DRAWN, state="attached")
    assert seen.page.locator(".plot .main-svg").count() >= 4
    assert seen.page.locator(".still:visible").count() == 0
    assert seen.complaints == []
    assert [url for url in seen.requests if not url.startswith("file:")] == []


def test_without_scripts_the_figures_the_table_and_the_pictures_stand(
    browser: Browser, rows: Rows, tmp_path: Path
) -> None:
    page = _open(browser, _written(filled(rows), tmp_path), java_script_enabled=False).page
    assert page.locator(".still svg.wide:visible").count() == 4
    assert page.locator("#answers-table tbody tr:visible").count() == 6
    assert page.locator(".tools:visible").count() == 0
    assert page.locator(".tile.click_rate .value").inner_text() == "25.0%"


def test_the_table_sorts_filters_and_says_so(browser: Browser, rows: Rows, tmp_path: Path) -> None:
    page = _open(browser, _written(filled(rows), tmp_path)).page
    rate = page.get_by_role("button", name="Click rate")
    rate.click()
    assert _names(page)[0] == "Answer 0?"
    assert rate.locator("xpath=ancestor::th").get_attribute("aria-sort") == "descending"
    rate.click()
    assert _names(page)[-1] == "Answer 0?"
    assert page.locator("[aria-sort]").count() == 1
    page.get_by_role("button", name="Orders").click()
    assert _names(page)[0] == "Answer 0?"
    page.get_by_label("Find an answer").fill("ANSWER 3")
    assert _names(page) == ["Answer 3?"]
    assert page.locator("#shown").inner_text() == "1 of 6"
    page.get_by_label("Find an answer").fill("nothing like it")
    assert page.locator("#no-answer").is_visible()
    page.get_by_label("Find an answer").fill("")
    page.get_by_label("Show").select_option("cta")
    assert _names(page) == ["Answer 2?"]


def test_many_answers_are_folded_until_asked_for(browser: Browser, rows: Rows, tmp_path: Path) -> None:
    page = _open(browser, _written(filled(rows, answers=30), tmp_path)).page
    assert len(_names(page)) == 25
    page.get_by_role("button", name="Show all 30").click()
    assert len(_names(page)) == 30


@pytest.mark.parametrize("width", [375, 768, 1280])
@pytest.mark.parametrize("scene", [filled, hostile])
def test_no_width_scrolls_sideways(width: int, scene: object, browser: Browser, rows: Rows, tmp_path: Path) -> None:
    size = {"width": width, "height": 800}
    page = _open(browser, _written(scene(rows), tmp_path), viewport=size).page  # type: ignore[operator]
    page.wait_for_selector(DRAWN, state="attached")
    assert page.evaluate("document.documentElement.scrollWidth") == width


def test_dark_is_dark_in_page_and_charts_and_follows_a_change(browser: Browser, rows: Rows, tmp_path: Path) -> None:
    page = _open(browser, _written(filled(rows), tmp_path), color_scheme="dark").page
    page.wait_for_selector(DRAWN, state="attached")
    from playwright.sync_api import expect

    from cta_analytics.reports.theme import DARK, LIGHT

    def rgb(colour: str) -> str:
        return f"rgb({', '.join(str(int(colour[place : place + 2], 16)) for place in (1, 3, 5))})"

    bar = page.locator("[data-chart=funnel] .point path").first
    expect(bar).to_have_css("fill", rgb(DARK["own"]))
    expect(page.locator("body")).to_have_css("background-color", rgb(DARK["paper"]))
    page.emulate_media(color_scheme="light")
    expect(bar).to_have_css("fill", rgb(LIGHT["own"]))


def test_nothing_hostile_runs_or_leaves_its_cell(browser: Browser, rows: Rows, tmp_path: Path) -> None:
    seen = _open(browser, _written(hostile(rows), tmp_path))
    page = seen.page
    page.wait_for_selector(DRAWN, state="attached")
    for details in page.locator("details > summary").all():
        details.click()
    for point in page.locator(".plot .points path").all()[:40]:
        point.dispatch_event("mousemove")
    assert page.evaluate("window.hacked") is None
    assert seen.complaints == []
    assert [url for url in seen.requests if not url.startswith("file:")] == []
    assert page.locator(".plot a, .plot img, .plot script").count() == 0
    assert page.locator("main a[href^=javascript]").count() == 0
    assert _leaving(page) == []


def _leaving(page: Page) -> list[str]:
    """Answers whose cell reaches out of the table."""
    table = page.locator("#answers-table").bounding_box()
    assert table is not None
    cells = [(cell, cell.bounding_box()) for cell in page.locator("#answers-table tbody tr:not([hidden]) th").all()]
    right = table["x"] + table["width"] + 1
    return [cell.inner_text() for cell, box in cells if box is None or box["x"] + box["width"] > right]


def test_it_prints_the_pictures_and_not_the_tools(browser: Browser, rows: Rows, tmp_path: Path) -> None:
    page = _open(browser, _written(filled(rows), tmp_path)).page
    page.wait_for_selector(DRAWN, state="attached")
    page.emulate_media(media="print", color_scheme="dark")
    assert page.locator(".still svg.wide:visible").count() == 4
    assert page.locator(".plot:visible, nav:visible, .tools:visible").count() == 0
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"
    assert page.pdf().startswith(b"%PDF")
