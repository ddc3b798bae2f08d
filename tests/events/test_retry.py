"""Rejected lines tried again once a format understands them: in their batch, with their number, each once."""

from __future__ import annotations

import gzip
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from tests.events.conftest import CONTRACT, Site, beacon, line
from tests.events.test_once import DAY

from cta_analytics import config
from cta_analytics.errors import CtaError
from cta_analytics.events.retry import Retried, retry
from cta_analytics.logs import detect
from cta_analytics.logs.format import LogFormat, Record

BROKEN = [one.replace("] ", "] !") for one in (line("/answers/late", "07/Sep/2026:08:20:00 -0500"), beacon(o=2))]
"""Lines as a server wrote them with a prefix that the format did not know yet."""


def _fixed(before: LogFormat) -> LogFormat:
    """The format, put right: it knows the prefix."""

    def parse(text: str) -> Record | str:
        return before.parse(text.replace("] !", "] "))

    return replace(before, parse=parse)


@pytest.fixture
def fix(monkeypatch: pytest.MonkeyPatch) -> Callable[[], None]:
    """Puts the format right."""

    def put_right() -> None:
        named = detect.named
        monkeypatch.setattr(
            detect,
            "named",
            lambda name, *more: _fixed(found) if (found := named(name, *more)).name == "combined" else found,
        )

    return put_right


def _retry(site: Site, *names: str, **options: object) -> list[tuple[int, str, int, int]]:
    done = retry(config.read(site.root / "cta.toml"), [str(site.root / name) for name in names], **options)  # type: ignore[arg-type]
    assert all(isinstance(one, Retried) for one in done)
    return [(one.batch_id, one.read_from, one.taken_in, one.rejected) for one in done]


def _site(folder: Path) -> Site:
    folder.mkdir()
    (folder / "cta.toml").write_text(CONTRACT)
    return Site(folder)


ACCOUNT = "SELECT batch_id, lines, pageviews, clicks, other, rejected, already_seen FROM batches ORDER BY 1"


def test_lines_are_taken_in_as_if_they_had_been_understood_at_first(
    site: Site, tmp_path: Path, fix: Callable[[], None]
) -> None:
    site.log("a.log", *DAY[:5], *BROKEN, "rubbish\n")
    site.ingest("a.log")
    assert site.rows(ACCOUNT) == [(1, 8, 5, 0, 0, 3, 0)]
    assert _retry(site) == [(1, "log", 0, 3)]
    fix()
    assert _retry(site) == [(1, "log", 2, 1)]
    assert site.rows(ACCOUNT) == [(1, 8, 6, 1, 0, 1, 0)]
    assert site.rows("SELECT batch_id, line_number FROM clicks") == [(1, 7)]
    assert site.broken() == {}
    other = _site(tmp_path / "understood at first")
    other.log("a.log", *DAY[:5], *BROKEN, "rubbish\n")
    other.ingest("a.log", log_format="combined")
    assert site.state() == other.state()
    assert site.ingest("a.log").batches[0].already_seen == 8
    site.undo(1)
    site.ingest("a.log", log_format="combined")
    assert site.state() == other.state()


@pytest.mark.parametrize("how", ["renamed", "packed", "grown"])
def test_a_log_is_known_by_its_content_wherever_it_stands(site: Site, fix: Callable[[], None], how: str) -> None:
    log = site.log("a.log", *DAY[:5], *BROKEN)
    site.ingest("a.log")
    if how == "grown":
        site.log("a.log", *DAY[:5], *BROKEN, *DAY[5:])
    elif how == "packed":
        (site.root / "a.log.gz").write_bytes(gzip.compress(log.read_bytes()))
    else:
        log.rename(site.root / "a.log.gz")
    if how != "grown":
        site.log("a.log", DAY[9])
    fix()
    assert _retry(site, *(["a.log.gz"] if how != "grown" else [])) == [(1, "log", 2, 0)]
    assert site.rows("SELECT count(*) FROM pageviews WHERE answer = 'late' AND visitor IS NOT NULL") == [(1,)]


def test_without_its_log_a_line_is_read_as_it_was_kept_and_has_no_visitor(site: Site, fix: Callable[[], None]) -> None:
    site.log("a.log", *DAY[:5], *BROKEN, line("/" + "x" * 3000).replace("] ", "] !"))
    site.ingest("a.log")
    (site.root / "a.log").unlink()
    fix()
    assert _retry(site) == [(1, "kept line", 2, 1)]
    assert site.rows("SELECT visitor, session_id FROM pageviews WHERE answer = 'late'") == [(None, None)]
    assert site.rows("SELECT visitor, cta, is_counted FROM clicks") == [(None, None, True)]
    assert site.broken() == {}


def test_a_line_that_another_log_brought_meanwhile_is_not_counted_twice(site: Site, fix: Callable[[], None]) -> None:
    site.log("a.log", *DAY[:5], *BROKEN)
    site.log("c.log", *DAY[6:8], *BROKEN)
    site.ingest("a.log", "c.log")
    assert site.rows(ACCOUNT) == [(1, 7, 5, 0, 0, 2, 0), (2, 4, 2, 0, 0, 0, 2)]
    fix()
    site.log("b.log", DAY[8], *BROKEN)
    site.ingest("b.log", log_format="combined")
    assert _retry(site) == [(1, "log", 2, 0)]
    assert site.rows(ACCOUNT) == [(1, 7, 5, 0, 0, 0, 2), (2, 4, 2, 0, 0, 0, 2), (3, 3, 2, 1, 0, 0, 0)]
    assert site.rows("SELECT count(*) FROM clicks") == [(1,)]
    # Each of the three has them: they stay until the last is taken back.
    site.undo(3)
    assert site.rows("SELECT batch_id, line_number FROM clicks") == [(1, 7)]
    site.undo(1)
    assert site.rows("SELECT batch_id, line_number FROM clicks") == [(2, 4)]
    site.undo(2)
    assert site.rows("SELECT count(*) FROM clicks") == [(0,)]
    assert site.broken() == {}


def test_one_batch_and_what_is_not_there(site: Site, fix: Callable[[], None]) -> None:
    site.log("a.log", *DAY[:5], BROKEN[0])
    site.log("b.log", *DAY[5:], BROKEN[1])
    site.ingest("a.log", "b.log")
    fix()
    assert _retry(site, batch_id=2) == [(2, "log", 1, 0)]
    assert site.rows("SELECT batch_id FROM rejected_lines") == [(1,)]
    with pytest.raises(CtaError, match=r"^batch 9: no such batch"):
        _retry(site, batch_id=9)
    with pytest.raises(CtaError, match="is no log format"):
        _retry(site, log_format="combinde")
    assert _retry(site) == [(1, "log", 1, 0)]
    assert _retry(site) == []


def test_lines_older_than_the_floor_are_forgotten(site: Site, fix: Callable[[], None]) -> None:
    early = line("/answers/early", "01/Sep/2026:08:00:00 -0500").replace("] ", "] !")
    site.log("a.log", *DAY[:5], early)
    site.ingest("a.log")
    site.forget("2026-09-07")
    fix()
    assert _retry(site) == [(1, "log", 1, 0)]
    assert site.rows("SELECT lines, pageviews, rejected, other_reasons['forgotten'] FROM batches") == [(6, 5, 0, 1)]
    assert site.rows("SELECT count(*) FROM internal.fingerprints") == [(5,)]
    assert site.broken() == {}
