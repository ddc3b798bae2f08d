"""What lies before a day is deleted, stays away, and is still in the account of its batch."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta

import pytest
from tests.events.conftest import CONTRACT, GOOGLEBOT, Site, beacon, line

from cta_analytics import config
from cta_analytics.errors import CtaError
from cta_analytics.events import forget as module
from cta_analytics.events.forget import Old

# The site is in Chicago: the sixth ends there at 05:00 UTC of the seventh.
SIXTH = [
    line("/answers/old", "06/Sep/2026:23:59:59 -0500", agent=GOOGLEBOT),
    "rubbish of the sixth\n",
    beacon(page="/answers/old", at="06/Sep/2026:23:00:00 -0500"),
]
SEVENTH = [line("/answers/new", "07/Sep/2026:00:00:00 -0500"), "rubbish of the seventh\n", line("/css/site.css")]
BATCH = "SELECT lines, pageviews, clicks, other, rejected, already_seen, CAST(other_reasons AS JSON) FROM batches ORDER BY 1"


def _batches(site: Site) -> list[tuple[object, ...]]:
    return [(*row[:-1], json.loads(row[-1])) for row in site.rows(BATCH)]


def test_events_sessions_and_rejected_lines_before_a_day_are_deleted(site: Site) -> None:
    site.log("a.log", *SIXTH, *SEVENTH)
    site.ingest("a.log")
    assert site.forget("2026-09-07") == Old(
        date(2026, 9, 7), date(2026, 9, 6), date(2026, 9, 6), pageviews=1, clicks=1, impressions=0, sessions=2, rejected=1, lines=3
    )  # fmt: skip
    assert site.rows("SELECT answer, day FROM pageviews") == [("new", date(2026, 9, 7))]
    assert site.rows("SELECT count(*) FROM clicks") == [(0,)]
    assert site.rows("SELECT day FROM sessions") == [(date(2026, 9, 7),)]
    assert site.rows("SELECT line FROM rejected_lines") == [("rubbish of the seventh",)]
    assert site.rows("SELECT path FROM internal.paths") == [("/answers/new",)]
    assert site.rows("SELECT count(*) FROM user_agents") == [(1,)]
    assert site.rows("SELECT count(*) FROM internal.fingerprints") == [(3,)]
    # The account still explains each of the six lines.
    assert _batches(site) == [(6, 1, 0, 4, 1, 0, {"asset": 1, "forgotten": 3})]
    assert site.broken() == {}


def test_the_order_of_forgetting_and_ingesting_changes_nothing(new_site: Callable[..., Site]) -> None:
    before, after = new_site("before"), new_site("after")
    for site in (before, after):
        site.log("first.log", line("/answers/first", "08/Sep/2026:12:00:00 -0500"))
        site.log("a.log", *SIXTH, *SEVENTH)
        site.ingest("first.log")
    after.ingest("a.log")
    after.forget("2026-09-07")
    before.forget("2026-09-07")
    before.ingest("a.log")
    assert before.state() == after.state()
    assert _batches(before) == _batches(after)
    assert before.rows("SELECT path FROM internal.paths ORDER BY 1") == after.rows(
        "SELECT path FROM internal.paths ORDER BY 1"
    )
    assert before.broken() == {}


def test_forgotten_lines_never_come_back(site: Site) -> None:
    site.log("a.log", *SIXTH, *SEVENTH)
    site.ingest("a.log")
    site.forget("2026-09-07")
    state = site.state()
    # The file is known; another one with some of its lines brings nothing; taken back and ingested again it is the same.
    assert [batch.batch_id for batch in site.ingest("a.log").batches] == [None]
    site.log("b.log", *SIXTH, SEVENTH[0])
    (batch,) = site.ingest("b.log").batches
    assert (batch.batch_id, batch.lines, batch.other_reasons, batch.already_seen) == (None, 4, {"forgotten": 3}, 1)
    assert site.state() == state
    site.undo(1)
    site.ingest("a.log", "b.log")
    assert site.state() == state
    assert site.broken() == {}


def test_the_floor_only_rises(site: Site) -> None:
    site.log("a.log", *SIXTH, *SEVENTH)
    site.ingest("a.log")
    site.forget("2026-09-07")
    assert site.forget("2026-09-01").lines == 0
    site.log("b.log", line("/answers/b", "05/Sep/2026:12:00:00 -0500"))
    assert site.ingest("b.log").batches[0].other_reasons == {"forgotten": 1}


def test_rejected_lines_alone_are_as_old_as_their_batch(site: Site) -> None:
    site.log("a.log", SEVENTH[0], "one\n", "two\n")
    site.ingest("a.log", log_format="combined")
    site.log("b.log", "three\n", SEVENTH[0])
    site.ingest("b.log", log_format="combined")
    tomorrow = datetime.now(UTC).date() + timedelta(days=2)
    with pytest.raises(CtaError, match="lies in the future"):
        site.forget(tomorrow.isoformat())
    site.forget("2026-09-08")
    # The one of b.log stands before a line that a.log has stored: it is as old as that one.
    assert site.rows("SELECT line FROM rejected_lines") == []


def test_the_keys_of_forgotten_days_and_copies_of_upgrades_go(site: Site) -> None:
    site.log("a.log", *SIXTH, *SEVENTH)
    site.ingest("a.log")
    (site.root / ".cta" / "before-schema-2.duckdb").write_bytes(b"old events")
    keys = site.root / ".cta" / "keys"
    assert sorted(json.loads(keys.read_text())) == ["2026-09-06", "2026-09-07"]
    site.forget("2026-09-07")
    assert sorted(json.loads(keys.read_text())) == ["2026-09-07"]
    assert not (site.root / ".cta" / "before-schema-2.duckdb").exists()


def test_retention_forgets_at_each_ingestion(new_site: Callable[..., Site]) -> None:
    now = datetime.now(UTC).replace(tzinfo=UTC)
    days = [(now - timedelta(days=age)).strftime("%d/%b/%Y:%H:%M:%S +0000") for age in (0, 9, 12)]
    site = new_site()
    site.log("a.log", *(line(f"/answers/{number}", at) for number, at in enumerate(days)))
    site.ingest("a.log")
    assert site.rows("SELECT count(*) FROM pageviews") == [(3,)]
    (site.root / "cta.toml").write_text(CONTRACT + "[privacy]\nretention_days = 10\n")
    site.log("b.log", line("/answers/b", days[2]), line("/answers/b", days[1]))
    done = site.ingest("b.log")
    assert [note.split(" from ")[0] for note in done.notes] == ["forgot 1 lines"]
    assert done.batches[0].other_reasons == {"forgotten": 1}
    assert site.rows("SELECT answer FROM pageviews ORDER BY 1") == [("0",), ("1",), ("b",)]
    assert site.ingest("b.log").notes == ()
    assert site.broken() == {}


def test_looking_deletes_nothing(site: Site) -> None:
    site.log("a.log", *SIXTH, *SEVENTH)
    site.ingest("a.log")
    project = config.read(site.root / "cta.toml")
    before = (site.root / "cta.duckdb").read_bytes()
    assert module.look(project, date(2026, 9, 7)).lines == 3
    assert module.look(project, date(2026, 9, 6)).lines == 0
    assert (site.root / "cta.duckdb").read_bytes() == before
