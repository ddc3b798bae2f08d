"""Every log format's sample holds the same requests: all of them yield the same events."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.events.conftest import Site

from cta_analytics.logs import FORMATS

SAMPLES = Path(__file__).parents[1] / "logs" / "samples"
FILES = sorted(file for file in SAMPLES.glob("*.log") if not FORMATS[file.stem.partition("-")[0]].is_export)
REASONS = {"asset": 1, "no_request": 1, "client_error": 1}


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_all_formats_yield_the_same_events(site: Site, file: Path) -> None:
    # Each has a warehouse of its own: formats of one family that carry request ids tell the same requests.
    done = site.ingest(file)
    assert (done.failures, done.notes) == ((), ())
    (batch,) = done.batches
    assert batch.log_format == file.stem.partition("-")[0]
    reasons = {name: count for name, count in batch.other_reasons.items() if name not in {"comment", "blank"}}
    assert (batch.pageviews, batch.clicks, batch.rejected, batch.already_seen, reasons) == (2, 1, 0, 0, REASONS)
    views = "SELECT strftime(occurred_at, '%H:%M:%S'), path FROM pageviews ORDER BY 1"
    assert site.rows(views) == [("13:00:01", "/answers/oil-a-board"), ("13:01:00", "/")]
    clicks = "SELECT strftime(occurred_at, '%H:%M:%S'), path, url FROM clicks"
    assert site.rows(clicks) == [("13:00:40", "/answers/oil-a-board", "https://www.amazon.com/dp/B0EXAMPLE1")]
    # Who viewed is who clicked, whatever wrote the line.
    people = "SELECT count(*) FROM clicks JOIN pageviews USING (visitor) WHERE pageviews.path = '/answers/oil-a-board'"
    assert site.rows(people) == [(1,)]


def test_exports_of_one_cdn_tell_the_same_requests_once(site: Site) -> None:
    done = site.ingest(*(file for file in FILES if file.stem.startswith("cloudfront")))
    assert [batch.pageviews for batch in done.batches] == [2, *(0 for _ in done.batches[1:])]
