"""Two pages to print or to mail: the sentence, the figures and their course; what to do, and the answers that led."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import tempfile
from pathlib import Path

from cta_analytics.errors import CtaError
from cta_analytics.reports import CHARTS, answer_rows, headline, inline, look, sentence, theme
from cta_analytics.reports.facts import Facts
from cta_analytics.reports.html import environment
from cta_analytics.reports.intake import maturity_note
from cta_analytics.reports.share import shared

COURSE = "clicks_over_time"
"""The chart of the first page."""
WIDTH = 880
MOST_LOOKS, MOST_ANSWERS = 5, 12
LETTER = {"en-US", "en-CA"}
"""Locales that print on Letter; the others on A4."""
PAPER = {"Letter": ("215.9mm", "279.4mm"), "A4": ("210mm", "297mm")}
PATIENCE = 120
"""Seconds until a browser that does not come back is given up."""
_BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
_FLAGS = (
    "--headless", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync", "--no-pdf-header-footer",
)  # fmt: skip
_DATE = re.compile(rb"(/(?:Creation|Mod)Date \(D:)\d{14}([^)]*\))")


def write(facts: Facts) -> bytes:
    """The two pages as PDF, printed by Chromium; the same facts and the same Chromium give the same bytes.

    Raises: CtaError where there is no Chromium, or it does not print.
    """
    browser = next(filter(None, map(shutil.which, _BROWSERS)), None)
    if browser is None:
        raise CtaError(
            "--pdf: no Chromium on this machine; install the package chromium, or print the HTML file from a browser"
        )
    with tempfile.TemporaryDirectory() as folder:
        page, printed = Path(folder, "page.html"), Path(folder, "page.pdf")
        page.write_text(render(facts), encoding="utf-8")
        # Root has no sandbox to offer. The page has no script, and its policy lets none in.
        flags = [*_FLAGS, *(["--no-sandbox"] if os.geteuid() == 0 else []), f"--user-data-dir={folder}/profile"]
        try:
            subprocess.run(  # noqa: S603
                [browser, *flags, f"--print-to-pdf={printed}", page.as_uri()],
                capture_output=True, check=False, timeout=PATIENCE,
            )  # fmt: skip
            content = printed.read_bytes()
        except (OSError, subprocess.TimeoutExpired) as error:
            reason = "took too long" if isinstance(error, subprocess.TimeoutExpired) else "wrote nothing"
            raise CtaError(f"--pdf: {browser} {reason}; print the HTML file from a browser") from None
    # A report knows no clock: it is dated to the last day of its period.
    return _DATE.sub(rb"\g<1>" + f"{facts.period.last:%Y%m%d}000000".encode() + rb"\g<2>", content)


def render(facts: Facts) -> str:
    """The two pages as HTML without scripts, sized to the paper."""
    facts = shared(facts)
    chart, rows = CHARTS[COURSE], answer_rows.rows(facts)
    width, height = PAPER["Letter" if facts.locale.name in LETTER else "A4"]
    found = look.looks(facts)
    return (
        environment()
        .get_template("two_pages.html.jinja")
        .render(
            facts=facts,
            locale=facts.locale,
            policy="default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'",
            style=inline.read("two_pages.css"),
            colours=theme.LIGHT,
            font=theme.FONT,
            paper=(width, height),
            lead=sentence.lead(facts),
            support=sentence.support(facts),
            tiles=(headline.own(facts), headline.network(facts)),
            maturity_note=maturity_note(facts),
            chart=None if chart.is_empty(facts) else chart,
            drawing=None if chart.is_empty(facts) else chart.drawing(facts, WIDTH),
            looks=found[:MOST_LOOKS],
            more_looks=len(found) - MOST_LOOKS,
            rows=rows[:MOST_ANSWERS],
            more_rows=len(rows) - MOST_ANSWERS,
        )
    )
