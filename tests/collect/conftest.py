"""Chromium and the site behind nginx, for the tests that click."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import pytest
from tests.collect import site
from tests.collect.site import Served

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, Page

CHROME = "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36"
"""What Chromium calls itself here: by its own word it is headless, which is no person."""


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Debian's Chromium, with the back/forward cache that Playwright turns off."""
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
    """The site behind nginx."""
    with site.served("nginx") as running:
        yield running


def context(browser: Browser, **options: Any) -> BrowserContext:
    """A person's browser."""
    return browser.new_context(user_agent=CHROME, **options)


def opened(people: BrowserContext, url: str) -> Page:
    """The page in a tab of its own."""
    page = people.new_page()
    page.goto(url)
    return page
