"""axe-core in a real browser finds nothing wrong with the report, in either colour scheme, at any width, in odd weeks."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from tests.reports.chromium import DRAWN, Seen, chromium
from tests.reports.scenes import filled, hostile
from tests.warehouse_rows import Rows, project

from cta_analytics.metrics.period import of_week
from cta_analytics.reports import html

if TYPE_CHECKING:
    from playwright.sync_api import Browser

PHONE = {"width": 375, "height": 800}
DESKTOP = {"width": 1280, "height": 800}


def _masked(rows: Rows) -> Rows:
    filled(rows).connection.execute(
        "UPDATE internal.answer_conversions SET basis = 'masked', clicks_through = 0, orders = 0, units = 0, "
        "sales_minor = 0, detail_views = 0, carts = 0"
    )
    return rows


STATES: dict[str, tuple[Callable[[Rows], Rows], str]] = {
    "a full week": (filled, "2026-W45"),
    "an empty week": (filled, "2026-W50"),
    "an empty warehouse": (lambda rows: rows, "2026-W45"),
    "one answer": (lambda rows: filled(rows, answers=1), "2026-W45"),
    "no conversions": (lambda rows: filled(rows, sold=False), "2026-W45"),
    "a missing day": (lambda rows: filled(rows, gap=True), "2026-W45"),
    "all masked": (_masked, "2026-W45"),
    "hostile texts": (hostile, "2026-W45"),
}
PROBLEMS = [html.Problem("logs/a.gz", "logs/a.gz: damaged; fetch it again")]


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as started:
        yield started


def _violations(browser: Browser, file: Path, **context: object) -> list[str]:
    """What axe-core finds, with the parts of the page, all of it unfolded."""
    from axe_playwright_python.sync_playwright import Axe

    page = Seen(browser, file, **context).page
    page.wait_for_selector(f"{DRAWN}, html:not(:has(.plot))", state="attached")
    page.evaluate("() => document.querySelectorAll('details').forEach((one) => { one.open = true })")
    found = Axe().run(page).response["violations"]
    return [f"{each['id']}: {node['html'][:200]} {node['failureSummary']}" for each in found for node in each["nodes"]]


@pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=["desktop", "phone"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_report_of_the_sample_has_no_violation(
    scheme: str, size: dict[str, int], finished_demo: Path, browser: Browser
) -> None:
    file = finished_demo / "reports" / "2026-W45.html"
    assert _violations(browser, file, color_scheme=scheme, viewport=size) == []


@pytest.mark.parametrize("state", STATES)
def test_no_state_of_a_report_has_a_violation(state: str, rows: Rows, tmp_path: Path, browser: Browser) -> None:
    scene, week = STATES[state]
    file = html.write(scene(rows).connection, project(tmp_path), of_week(week), problems=PROBLEMS)
    assert _violations(browser, file, viewport=DESKTOP) == []
    assert _violations(browser, file, viewport=PHONE, color_scheme="dark") == []


def test_a_violation_would_be_found(finished_demo: Path, tmp_path: Path, browser: Browser) -> None:
    text = (finished_demo / "reports" / "2026-W45.html").read_text(encoding="utf-8")
    broken = tmp_path / "broken.html"
    broken.write_text(text.replace("</main>", '<button></button><img src="data:,"></main>'), encoding="utf-8")
    assert {found.partition(":")[0] for found in _violations(browser, broken)} == {"button-name", "image-alt"}
