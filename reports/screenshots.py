"""Takes the pictures of the README from the committed report: `python -m reports.screenshots`, with Chromium."""

from __future__ import annotations

import shutil
import struct
import sys
import zlib
from pathlib import Path
from typing import TYPE_CHECKING

from cta_analytics.errors import CtaError

if TYPE_CHECKING:
    from playwright.sync_api import Browser

HERE = Path(__file__).parent
IMAGES = HERE.parent / "docs" / "images"
MOST_BYTES = 200_000
VIEWS: dict[str, dict[str, object]] = {
    "report-desktop.png": {"viewport": {"width": 1280, "height": 960}, "color_scheme": "light"},
    "report-phone.png": {"viewport": {"width": 390, "height": 844}, "color_scheme": "dark", "device_scale_factor": 1.5},
}
DRAWN = "html[data-charts=drawn]"
_SIGNATURE = b"\x89PNG\r\n\x1a\n"


def main() -> None:
    """Writes each picture.

    Raises: CtaError where there is no Chromium, or a picture is too large for a README.
    """
    from playwright.sync_api import sync_playwright

    found = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
    if found is None:
        raise CtaError("no Chromium on this machine; install the package chromium")
    IMAGES.mkdir(exist_ok=True)
    report = max(HERE.glob("????-W??.html"))
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=found, args=["--no-sandbox", "--disable-gpu"])
        for name, view in VIEWS.items():
            picture = packed(_taken(browser, report, view))
            if len(picture) > MOST_BYTES:
                raise CtaError(
                    f"docs/images/{name}: {len(picture):,} bytes, {MOST_BYTES:,} at most; show less of the report"
                )
            (IMAGES / name).write_bytes(picture)
        browser.close()


def _taken(browser: Browser, report: Path, view: dict[str, object]) -> bytes:
    page = browser.new_page(**view)  # type: ignore[arg-type]
    page.goto(report.as_uri())
    page.wait_for_selector(DRAWN, state="attached")
    return page.screenshot(animations="disabled")


def packed(picture: bytes) -> bytes:
    """The same PNG with its pixels packed as hard as zlib can; the browser packs them fast."""
    chunks, place = [], len(_SIGNATURE)
    while place < len(picture):
        (length,) = struct.unpack_from(">I", picture, place)
        chunks.append((picture[place + 4 : place + 8], picture[place + 8 : place + 8 + length]))
        place += length + 12
    pixels = zlib.compress(zlib.decompress(b"".join(data for kind, data in chunks if kind == b"IDAT")), 9)
    kept = [chunk for chunk in chunks if chunk[0] == b"IHDR"] + [(b"IDAT", pixels), (b"IEND", b"")]
    return _SIGNATURE + b"".join(
        struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data)) for kind, data in kept
    )


if __name__ == "__main__":
    try:
        main()
    except CtaError as error:
        sys.exit(f"reports.screenshots: {error}")
