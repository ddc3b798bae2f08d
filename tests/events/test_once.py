"""Each line once: a log is known by its content, whatever it is called, however it is packed or has grown."""

from __future__ import annotations

import bz2
import gzip
import io
import os
import shutil
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from tests.events.conftest import CONTRACT, FIREFOX, GOOGLEBOT, Site, beacon, line

from cta_analytics.events import ingest as module
from cta_analytics.logs import blocks

DAY = [line(f"/answers/{slug}", f"07/Sep/2026:08:{minute:02d}:00 -0500") for minute, slug in enumerate("abcabcdefg")]
MORE = [line(f"/answers/{slug}", f"07/Sep/2026:09:{minute:02d}:00 -0500") for minute, slug in enumerate("hij")]


def counts(site: Site, *names: str) -> list[tuple[int, int, int]]:
    """Lines, page views and lines seen before, for each file."""
    return [(batch.lines, batch.pageviews, batch.already_seen) for batch in site.ingest(*names).batches]


def test_the_same_file_again_changes_nothing(site: Site) -> None:
    site.log("access.log", *DAY)
    assert counts(site, "access.log") == [(10, 10, 0)]
    before = (site.root / "cta.duckdb").read_bytes()
    (batch,) = site.ingest("access.log").batches
    assert (batch.batch_id, batch.lines, batch.already_seen, batch.log_format) == (None, 10, 10, "combined")
    assert (site.root / "cta.duckdb").read_bytes() == before


@pytest.mark.parametrize(
    "change",
    [
        lambda file: file.rename(file.with_name("access.log.1")),
        lambda file: shutil.copy(file, file.with_name("access.log.1")),
        lambda file: file.with_name("access.log.1").write_bytes(gzip.compress(file.read_bytes())),
        lambda file: file.with_name("access.log.1").write_bytes(bz2.compress(file.read_bytes())),
    ],
    ids=["renamed", "copied", "gzip", "bzip2"],
)
def test_a_file_under_another_name_or_packed_is_the_same(site: Site, change: Callable[[Path], object]) -> None:
    change_of = site.log("access.log", *DAY)
    counts(site, "access.log")
    change(change_of)
    assert counts(site, "access.log.1") == [(10, 0, 10)]
    assert counts(site, "access.log.1") == [(10, 0, 10)]
    assert site.rows("SELECT count(*) FROM batches") == [(1,)]


def test_of_a_file_that_grew_only_the_growth_is_read(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    site.log("access.log", *DAY)
    counts(site, "access.log")
    site.log("access.log", *DAY, *MORE)
    read: list[int] = []
    original = module.lines.read

    def spy(block: blocks.Block, *rest: object) -> object:
        read.append(len(block.text))
        return original(block, *rest)  # type: ignore[arg-type]

    monkeypatch.setattr(module.lines, "read", spy)
    assert counts(site, "access.log") == [(13, 3, 10)]
    assert read == [len("".join(MORE))]
    assert site.rows("SELECT batch_id, line_number, answer FROM pageviews WHERE batch_id = 2 ORDER BY line_number") == [
        (2, 11, "h"), (2, 12, "i"), (2, 13, "j"),
    ]  # fmt: skip


def test_a_packed_file_that_grew_is_the_same_log(site: Site) -> None:
    site.log("access.log", *DAY)
    counts(site, "access.log")
    (site.root / "access.log.1.gz").write_bytes(gzip.compress("".join(DAY + MORE).encode()))
    assert counts(site, "access.log.1.gz") == [(13, 3, 10)]


def test_rotation_by_rename_and_by_copytruncate(site: Site) -> None:
    log = site.log("access.log", *DAY)
    counts(site, "access.log")
    log.rename(site.root / "access.log.1")
    with (site.root / "access.log.1").open("a") as late:
        late.write(MORE[0])
    site.log("access.log", *MORE[1:])
    assert counts(site, "access.log", "access.log.1") == [(2, 2, 0), (11, 1, 10)]
    # copytruncate: the copy keeps the content, the file that the server holds begins anew, with zeros up to where it wrote
    shutil.copy(site.root / "access.log", site.root / "access.log.0")
    new = line("/answers/z", "07/Sep/2026:10:00:00 -0500")
    (site.root / "access.log").write_bytes(b"\0" * 300 + new.encode())
    assert counts(site, "access.log", "access.log.0") == [(1, 1, 0), (2, 0, 2)]
    assert site.rows("SELECT count(*) FROM pageviews") == [(14,)]


def test_a_line_without_an_end_is_not_read_twice(site: Site) -> None:
    log = site.log("access.log", *DAY)
    log.write_text("".join(DAY).rstrip("\n"))
    assert counts(site, "access.log") == [(10, 10, 0)]
    log.write_text("".join(DAY))
    assert counts(site, "access.log") == [(10, 0, 10)]
    log.write_text("".join(DAY + MORE))
    assert counts(site, "access.log") == [(13, 3, 10)]
    assert site.rows("SELECT count(*) FROM pageviews") == [(13,)]


def test_a_line_that_was_cut_off_is_read_when_it_is_whole(site: Site) -> None:
    log = site.log("access.log", *DAY)
    log.write_text("".join(DAY) + MORE[0][:60])
    assert counts(site, "access.log") == [(11, 10, 0)]
    log.write_text("".join(DAY + MORE))
    assert counts(site, "access.log") == [(13, 3, 10)]
    assert site.rows("SELECT count(*) FROM rejected_lines") == [(1,)]


def test_two_equal_lines_in_a_file_are_two_requests(site: Site) -> None:
    site.log("a.log", DAY[0], DAY[0], DAY[1])
    site.log("b.log", DAY[0], DAY[1], DAY[1])
    site.log("c.log", DAY[0], DAY[0], DAY[1], DAY[1])
    assert counts(site, "a.log") == [(3, 3, 0)]
    assert counts(site, "b.log") == [(3, 1, 2)]
    assert counts(site, "c.log") == [(4, 0, 4)]
    assert site.rows("SELECT count(*), count(DISTINCT event_id) FROM pageviews") == [(4, 4)]


def test_an_overlapping_export_and_a_concatenation_bring_only_what_is_new(site: Site) -> None:
    site.log("a.log", *DAY[:6])
    site.log("b.log", *DAY[3:])
    site.log("c.log", *MORE)
    site.log("all.log", *DAY[:6], *DAY[3:], *MORE)
    assert counts(site, "a.log", "b.log", "c.log") == [(6, 6, 0), (7, 4, 3), (3, 3, 0)]
    # The three lines of both a and b stand twice in the concatenation, which is one file: it has them twice.
    assert counts(site, "all.log") == [(16, 3, 13)]
    assert counts(site, "a.log", "b.log", "c.log", "all.log") == [(6, 0, 6), (7, 0, 7), (3, 0, 3), (16, 0, 16)]


def test_rejected_lines_come_once_too(site: Site) -> None:
    site.log("a.log", *DAY, "rubbish\n", "rubbish\n")
    site.log("b.log", *DAY[:2], "rubbish\n", "more rubbish\n", *MORE)
    assert [(b.rejected, b.already_seen) for b in site.ingest("a.log", "b.log").batches] == [(2, 0), (1, 3)]
    assert site.rows("SELECT line FROM rejected_lines ORDER BY line") == [("more rubbish",), ("rubbish",), ("rubbish",)]


def test_standard_input_is_known_by_its_lines(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    def give(content: str) -> None:
        stdin = io.TextIOWrapper(io.BufferedReader(io.BytesIO(content.encode())))  # type: ignore[arg-type]
        monkeypatch.setattr(sys, "stdin", stdin)

    give("".join(DAY))
    assert [(b.file, b.pageviews, b.already_seen) for b in site.ingest_stdin().batches] == [("-", 10, 0)]
    give("".join(DAY))
    assert [(b.batch_id, b.pageviews, b.already_seen) for b in site.ingest_stdin().batches] == [(None, 0, 10)]
    site.log("access.log", *DAY, *MORE)
    assert counts(site, "access.log") == [(13, 3, 10)]


def test_two_visitors_who_ask_alike_in_one_second_are_two(site: Site) -> None:
    # Addresses whose SHA-256 ends in different bytes, as all but one pair in 256 do.
    site.log("a.log", line(address="192.0.2.1"), line(address="192.0.2.2"))
    site.log("b.log", line(address="192.0.2.2"))
    assert counts(site, "a.log", "b.log") == [(2, 2, 0), (1, 0, 1)]
    assert site.rows("SELECT count(DISTINCT visitor) FROM pageviews") == [(2,)]


def test_a_session_grows_together_from_several_files(site: Site) -> None:
    site.log("late.log", line("/answers/c", "07/Sep/2026:08:50:00 -0500"))
    site.log("early.log", line("/answers/a", "07/Sep/2026:08:00:00 -0500", referrer="https://www.google.com/"))
    site.log("middle.log", line("/answers/b", "07/Sep/2026:08:25:00 -0500"), line("/answers/z", address="192.0.2.9"))
    sessions = "SELECT entry_path, pages, channel FROM sessions WHERE entry_path <> '/answers/z' ORDER BY started_at"
    site.ingest("late.log")
    site.ingest("early.log")
    assert site.rows(sessions) == [("/answers/a", 1, "Organic Search"), ("/answers/c", 1, "Direct")]
    site.ingest("middle.log")
    assert site.rows(sessions) == [("/answers/a", 3, "Organic Search")]
    assert site.rows("SELECT DISTINCT channel FROM pageviews WHERE path <> '/answers/z'") == [("Organic Search",)]


@pytest.mark.parametrize(("minutes", "sessions"), [(30, 1), (31, 2)])
def test_a_session_ends_after_thirty_minutes_without_an_event(site: Site, minutes: int, sessions: int) -> None:
    at = f"07/Sep/2026:{8 + minutes // 60:02d}:{minutes % 60:02d}:00 -0500"
    site.log("access.log", line("/answers/a"), line("/answers/b", at))
    site.ingest("access.log")
    assert site.rows("SELECT count(*) FROM sessions") == [(sessions,)]


def test_a_session_ends_with_the_day(site: Site) -> None:
    site.log("access.log", line(at="07/Sep/2026:23:59:00 -0500"), line(at="08/Sep/2026:00:01:00 -0500"))
    site.ingest("access.log")
    assert site.rows("SELECT count(*), count(DISTINCT visitor) FROM sessions") == [(2, 2)]


EXAMPLES = int(os.environ.get("CTA_TEST_ORDERS", "6"))
"""Some are enough for every run; a hundred were run while this was written."""

PEOPLE = [("192.0.2.1", FIREFOX), ("192.0.2.2", FIREFOX), ("2001:db8::1", FIREFOX), ("192.0.2.3", GOOGLEBOT)]


@st.composite
def some_lines(draw: st.DrawFn) -> list[str]:
    made = [line()]
    for _ in range(draw(st.integers(1, 12))):
        address, agent = draw(st.sampled_from(PEOPLE))
        minute = draw(st.integers(0, 59))
        at = f"{draw(st.sampled_from(['07/Sep/2026:23', '08/Sep/2026:00']))}:{minute:02d}:00 -0500"
        kind = draw(st.sampled_from(["view", "asset", "click", "redirect", "broken", "same"]))
        if kind == "view":
            made.append(line(f"/answers/{draw(st.sampled_from('abc'))}", at, address=address, agent=agent))
        elif kind == "asset":
            made.append(line("/css/site.css", at, address=address, agent=agent))
        elif kind == "click":
            made.append(beacon("click", at=at, address=address, agent=agent, o=draw(st.integers(1, 2))))
        elif kind == "redirect":
            made.append(
                line(
                    "/go/store",
                    at,
                    status=302,
                    address=address,
                    agent=agent,
                    referrer="https://www.example.com/answers/a",
                )
            )
        elif kind == "broken":
            made.append(draw(st.sampled_from(["rubbish\n", "more rubbish\n"])))
        else:
            made.append(made[-1])
    return made


@settings(
    max_examples=EXAMPLES,
    phases=[Phase.explicit, Phase.reuse, Phase.generate],
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(files=st.lists(some_lines(), min_size=2, max_size=4), data=st.data())
def test_any_order_and_any_grouping_of_the_files_gives_the_same_warehouse(
    files: list[list[str]], data: st.DataObject, tmp_path_factory: pytest.TempPathFactory
) -> None:
    states = []
    orders = [list(range(len(files))), data.draw(st.permutations(range(len(files))))]
    for order in orders:
        site = Site(tmp_path_factory.mktemp("site"))
        (site.root / "cta.toml").write_text(CONTRACT)
        names = [f"{number}.log" for number in order]
        for number, content in enumerate(files):
            site.log(f"{number}.log", *content)
        cut = data.draw(st.integers(1, len(files)))
        for group in (names[:cut], names[cut:]):
            if group:
                site.ingest(*group, log_format="combined")
        states.append(site.state())
        assert [batch.already_seen == batch.lines for batch in site.ingest(*names, log_format="combined").batches] == [
            True
        ] * len(names)
        assert site.state() == states[-1]
    assert states[0] == states[1]


def test_two_logs_that_differ_in_an_address_alone_are_two(site: Site) -> None:
    site.log("a.log", DAY[0], line("/answers/z", address="192.0.2.1"))
    site.log("b.log", DAY[0], line("/answers/z", address="192.0.2.2"))
    assert counts(site, "a.log", "b.log") == [(2, 2, 0), (2, 1, 1)]


def test_a_stream_that_begins_like_a_known_log_is_read_from_its_first_line(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What was read of a pipe in search of the place where a known log ends cannot be read again."""
    many = [line(f"/answers/{n}", f"07/Sep/2026:{n // 60:02d}:{n % 60:02d}:00 -0500") for n in range(700)]
    assert len("".join(many[:600])) > blocks.HEAD
    site.log("access.log", *many)
    counts(site, "access.log")
    shorter = io.BytesIO("".join([*many[:600], line("/answers/z")]).encode())
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BufferedReader(shorter)))  # type: ignore[arg-type]
    assert [(b.lines, b.pageviews, b.already_seen) for b in site.ingest_stdin().batches] == [(601, 1, 600)]
