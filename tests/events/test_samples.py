"""Every log format's sample holds the same requests: all of them yield the same events."""

from __future__ import annotations

from pathlib import Path

from tests.events.conftest import Site

from cta_analytics.logs import FORMATS

SAMPLES = Path(__file__).parents[1] / "logs" / "samples"
FILES = sorted(file for file in SAMPLES.glob("*.log") if not FORMATS[file.stem.partition("-")[0]].is_export)
REASONS = {"asset": 1, "no_request": 1, "client_error": 1}


def test_all_formats_yield_the_same_events(site: Site) -> None:
    done = site.ingest(*FILES)
    assert (done.failures, done.notes) == ((), ())
    assert [batch.log_format for batch in done.batches] == [file.stem.partition("-")[0] for file in FILES]
    for batch in done.batches:
        reasons = {name: count for name, count in batch.other_reasons.items() if name not in {"comment", "blank"}}
        assert (batch.file, batch.pageviews, batch.clicks, batch.rejected, batch.already_seen, reasons) == (
            batch.file, 2, 1, 0, 0, REASONS,
        )  # fmt: skip
    views = "SELECT strftime(occurred_at, '%H:%M:%S'), path, count(*) FROM pageviews GROUP BY ALL ORDER BY 1"
    assert site.rows(views) == [
        ("13:00:01", "/answers/oil-a-board", len(FILES)),
        ("13:01:00", "/", len(FILES)),
    ]
    clicks = "SELECT strftime(occurred_at, '%H:%M:%S'), path, url, count(*) FROM clicks GROUP BY ALL"
    assert site.rows(clicks) == [
        ("13:00:40", "/answers/oil-a-board", "https://www.amazon.com/dp/B0EXAMPLE1", len(FILES))
    ]
    # No two formats write a line alike, and a visitor is the same whatever wrote the line, as far as it has a user agent.
    visitors = "SELECT count(DISTINCT visitor), count(visitor) FROM pageviews JOIN user_agents USING (user_agent_id) WHERE user_agent LIKE '%Firefox%'"
    assert site.rows(visitors) == [(1, len(FILES) - 3)]
