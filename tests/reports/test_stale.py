"""Reports of the network that are too old: the page names what to download, and a period that is old itself does not."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path

import pytest
from selectolax.lexbor import LexborHTMLParser
from tests.reports.scenes import filled
from tests.warehouse_rows import Rows, project

from cta_analytics.metrics.period import of_week
from cta_analytics.reports import html


def _banner(rows: Rows, folder: Path, week: str) -> str:
    file = html.write(rows.connection, project(folder), of_week(week))
    page = LexborHTMLParser(file.read_text(encoding="utf-8"))
    return " ".join(" ".join(node.text().split()) for node in page.css("section.banner li"))


@pytest.mark.parametrize(
    ("week", "expected"),
    [
        (
            "2026-W45",
            (
                "main performance (amazon_attribution): downloaded on Oct 30, 2026, ends on Oct 30, 2026. "
                "Download Oct 2, 2026 to Nov 8, 2026 into drop/"
            ),
        ),
        # It ends on 1 November: 2 days after the download.
        ("2026-W44", ""),
    ],
)
def test_what_to_download_depends_on_the_end_of_the_period(
    rows: Rows, tmp_path: Path, week: str, expected: str
) -> None:
    filled(rows)
    rows.connection.execute("DELETE FROM internal.imports")
    rows.imported(datetime(2026, 10, 30), date(2026, 10, 1), date(2026, 10, 30))
    rows.connection.execute("UPDATE internal.imports SET file = 'drop/attribution.json'")
    assert _banner(rows, tmp_path, week) == expected
