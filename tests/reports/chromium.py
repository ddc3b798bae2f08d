"""A real browser to look at reports with, and what a page did in it besides showing itself."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
QUIET = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
]  # fmt: skip
DRAWN = "html[data-charts=drawn]"
# Runs before anything of the page, outside of its policy.
_LISTENER = (
    "document.addEventListener('securitypolicyviolation', (event) =>"
    " console.error('policy: ' + event.effectiveDirective + ' ' + event.blockedURI))"
)


@contextmanager
def chromium() -> Iterator[Browser]:
    """A browser; without one the test is skipped, in CI it fails."""
    if CHROMIUM is None and os.environ.get("CI") != "true":
        pytest.skip("no Chromium on this machine; install the package chromium")
    from playwright.sync_api import sync_playwright

    assert CHROMIUM, "CI needs Chromium: install the package chromium"
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=CHROMIUM, args=QUIET)
        yield started
        started.close()


class Seen:
    """A file opened in a page, with its dialogs, errors, breaches of policy and requests."""

    def __init__(self, browser: Browser, file: Path, **context: object) -> None:
        self.page: Page = browser.new_context(**context).new_page()  # type: ignore[arg-type]
        self.complaints: list[str] = []
        self.requests: list[str] = []
        self.page.on("console", lambda message: self.complaints.append(message.text))
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))
        self.page.on("dialog", self._dialog)
        self.page.on("request", lambda request: self.requests.append(request.url))
        self.page.add_init_script(_LISTENER)
        self.page.goto(file.as_uri())

    def _dialog(self, dialog: object) -> None:
        self.complaints.append(f"dialog: {dialog.message}")  # type: ignore[attr-defined]
        dialog.dismiss()  # type: ignore[attr-defined]

    @property
    def away(self) -> list[str]:
        """Requests that left the file."""
        return [url for url in self.requests if not url.startswith("file:")]
