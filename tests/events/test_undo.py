"""A batch taken back: nothing of it is left, what another log has too stays, and ingesting it again restores it."""

from __future__ import annotations

import os

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from tests.events.conftest import CONTRACT, GOOGLEBOT, Site, beacon, line
from tests.events.test_once import DAY, MORE, counts, some_lines

from cta_analytics.errors import CtaError


def test_nothing_of_a_batch_is_left(site: Site) -> None:
    site.log("a.log", *DAY)
    site.log("b.log", line("/answers/only-here", agent=GOOGLEBOT), beacon(), "rubbish\n", *MORE)
    site.ingest("a.log")
    before, ids = site.state(), site.rows("SELECT * FROM batches")
    site.ingest("b.log")
    assert site.state() != before
    (undone,) = site.undo(2)
    assert (undone.batch.file.rsplit("/")[-1], undone.batch.lines, undone.handed_over) == ("b.log", 6, 0)
    assert site.state() == before
    assert site.rows("SELECT * FROM batches") == ids
    assert site.rows("SELECT path FROM internal.paths WHERE path = '/answers/only-here'") == []
    assert site.rows("SELECT count(*) FROM internal.targets") == [(0,)]
    assert site.broken() == {}


def test_ingesting_it_again_restores_the_same_rows(site: Site) -> None:
    site.log("a.log", *DAY, beacon(), "rubbish\n")
    site.ingest("a.log")
    before = site.state()
    visitors = site.rows("SELECT DISTINCT visitor, session_id FROM pageviews")
    site.undo(1)
    assert site.rows("SELECT count(*) FROM pageviews") == [(0,)]
    (batch,) = site.ingest("a.log").batches
    # The number of a batch that was taken back may stand in a report; no other batch gets it.
    assert (batch.batch_id, batch.pageviews, batch.already_seen) == (2, 10, 0)
    assert site.state() == before
    # The keys of the days live: even the visitors have the same names.
    assert site.rows("SELECT DISTINCT visitor, session_id FROM pageviews") == visitors


def test_lines_of_another_file_are_handed_over_to_it(site: Site) -> None:
    site.log("a.log", *DAY[:6])
    site.log("b.log", *DAY[3:])
    assert counts(site, "a.log", "b.log") == [(6, 6, 0), (7, 4, 3)]
    (undone,) = site.undo(1)
    assert [(heir.batch_id, heir.lines) for heir in undone.heirs] == [(2, 3)]
    assert site.rows("SELECT batch_id, line_number, answer FROM pageviews ORDER BY line_number") == [
        (2, 1, "a"), (2, 2, "b"), (2, 3, "c"), (2, 4, "d"), (2, 5, "e"), (2, 6, "f"), (2, 7, "g"),
    ]  # fmt: skip
    assert site.rows("SELECT batch_id, lines, pageviews, already_seen FROM batches") == [(2, 7, 7, 0)]
    assert site.broken() == {}


def test_a_file_that_had_brought_nothing_makes_a_batch_of_what_it_inherits(site: Site) -> None:
    site.log("a.log", *DAY, "rubbish\n")
    site.log("b.log", *DAY[2:4], "rubbish\n")
    assert counts(site, "a.log", "b.log") == [(11, 10, 0), (3, 0, 3)]
    site.undo(1)
    assert site.rows("SELECT batch_id, lines, pageviews, rejected, already_seen FROM batches") == [(2, 3, 2, 1, 0)]
    assert site.rows("SELECT batch_id, line_number FROM pageviews ORDER BY line_number") == [(2, 1), (2, 2)]
    assert site.rows("SELECT batch_id, line_number FROM rejected_lines") == [(2, 3)]
    site.undo(2)
    assert site.rows("SELECT count(*) FROM pageviews") == [(0,)]


def test_the_same_file_under_another_name_is_no_other_file(site: Site) -> None:
    site.log("a.log", *DAY)
    site.log("copy.log", *DAY)
    assert counts(site, "a.log", "copy.log") == [(10, 10, 0), (10, 0, 10)]
    assert site.undo(1)[0].handed_over == 0
    assert site.rows("SELECT count(*) FROM pageviews") == [(0,)]
    assert counts(site, "copy.log") == [(10, 10, 0)]


def test_a_part_of_a_grown_file_is_taken_back_and_comes_again(site: Site) -> None:
    site.log("a.log", DAY[0], DAY[0], DAY[1])
    site.ingest("a.log")
    site.log("a.log", DAY[0], DAY[0], DAY[1], DAY[0], *MORE)
    site.ingest("a.log")
    before = site.state()
    site.undo(1)
    assert site.rows("SELECT count(*) FROM pageviews") == [(4,)]
    assert counts(site, "a.log") == [(7, 3, 4)]
    assert site.state() == before
    assert counts(site, "a.log") == [(7, 0, 7)]
    site.undo(2)
    site.log("a.log", DAY[0], DAY[0], DAY[1], DAY[0], *MORE, DAY[5])
    assert counts(site, "a.log") == [(8, 5, 3)]
    assert site.broken() == {}


def test_a_session_is_put_together_anew(site: Site) -> None:
    site.log("a.log", line("/answers/a", "07/Sep/2026:08:00:00 -0500", referrer="https://www.google.com/"))
    site.log("b.log", line("/answers/b", "07/Sep/2026:08:25:00 -0500"))
    site.log("c.log", line("/answers/c", "07/Sep/2026:08:50:00 -0500"))
    site.ingest("a.log", "b.log", "c.log")
    sessions = "SELECT entry_path, pages, channel FROM sessions ORDER BY started_at"
    assert site.rows(sessions) == [("/answers/a", 3, "Organic Search")]
    site.undo(2)
    assert site.rows(sessions) == [("/answers/a", 1, "Organic Search"), ("/answers/c", 1, "Direct")]


def test_a_redirect_counts_again_when_its_other_witness_is_gone(site: Site) -> None:
    site.log(
        "a.log",
        line("/go/store", "07/Sep/2026:08:00:31 -0500", status=302, referrer="https://www.example.com/answers/a"),
    )
    site.log("b.log", beacon(at="07/Sep/2026:08:00:30 -0500"))
    site.ingest("a.log", "b.log")
    assert site.rows("SELECT via, is_counted FROM clicks ORDER BY via") == [("beacon", True), ("redirect", False)]
    site.undo(2)
    assert site.rows("SELECT via, is_counted FROM clicks") == [("redirect", True)]


def test_a_verdict_goes_with_the_clicks_that_it_rests_on(site: Site) -> None:
    site.log("a.log", *(beacon(at=f"07/Sep/2026:08:00:0{second} -0500", o=second + 1) for second in range(4)))
    site.log("b.log", *(beacon(at=f"07/Sep/2026:08:00:0{second} -0500", o=second + 1) for second in range(4, 8)))
    site.ingest("a.log", "b.log")
    assert site.rows("SELECT DISTINCT bot_reason FROM clicks") == [("many clicks in seconds",)]
    site.undo(2)
    assert site.rows("SELECT DISTINCT bot_reason FROM clicks") == [(None,)]


def test_what_is_not_there_is_told_and_nothing_is_taken_back(site: Site) -> None:
    site.log("a.log", *DAY)
    site.ingest("a.log")
    with pytest.raises(CtaError, match=r"^batch 7: no such batch; `cta batches` lists"):
        site.undo(1, 7)
    assert site.rows("SELECT count(*) FROM pageviews") == [(10,)]
    site.undo(1)
    with pytest.raises(CtaError, match=r"^batch 1: taken back on \d{4}-\d\d-\d\d already \("):
        site.undo(1)


EXAMPLES = int(os.environ.get("CTA_TEST_ORDERS", "6"))
QUICK = settings(
    max_examples=EXAMPLES,
    phases=[Phase.explicit, Phase.reuse, Phase.generate],
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)


def _site(folder: object, files: list[list[str]]) -> Site:
    site = Site(folder)  # type: ignore[arg-type]
    (site.root / "cta.toml").write_text(CONTRACT)
    for number, content in enumerate(files):
        site.log(f"{number}.log", *content)
    return site


@QUICK
@given(files=st.lists(some_lines(), min_size=2, max_size=3), data=st.data())
def test_whatever_is_taken_back_and_ingested_again_the_warehouse_is_the_same(
    files: list[list[str]], data: st.DataObject, tmp_path_factory: pytest.TempPathFactory
) -> None:
    names = [f"{number}.log" for number in range(len(files))]
    undisturbed = _site(tmp_path_factory.mktemp("site"), files)
    undisturbed.ingest(*names, log_format="combined")
    site = _site(tmp_path_factory.mktemp("site"), files)
    # Files come in any order, some of them first in part and grown later, with batches taken back in between.
    for number in data.draw(st.permutations(range(len(files)))):
        cut = data.draw(st.integers(1, len(files[number])))
        site.log(f"{number}.log", *files[number][:cut])
        site.ingest(f"{number}.log", log_format="combined")
        site.log(f"{number}.log", *files[number])
        if data.draw(st.booleans()):
            site.ingest(f"{number}.log", log_format="combined")
        _undo_some(site, data)
    site.ingest(*names, log_format="combined")
    assert site.state() == undisturbed.state()
    _undo_some(site, data)
    site.ingest(*data.draw(st.permutations(names)), log_format="combined")
    assert site.state() == undisturbed.state()
    assert site.broken() == {}


def _undo_some(site: Site, data: st.DataObject) -> None:
    known = [batch_id for (batch_id,) in site.rows("SELECT batch_id FROM batches ORDER BY 1")]
    chosen = data.draw(st.lists(st.sampled_from(known), unique=True, max_size=2)) if known else []
    if chosen:
        site.undo(*chosen)
    assert site.broken() == {}


@QUICK
@given(files=st.lists(some_lines(), min_size=2, max_size=4), data=st.data())
def test_without_a_file_the_warehouse_is_as_if_it_had_never_come(
    files: list[list[str]], data: st.DataObject, tmp_path_factory: pytest.TempPathFactory
) -> None:
    # Files that begin alike may be one that has grown.
    files = [[*content, f"file {number}\n"] for number, content in enumerate(files)]
    files = [
        [line("/answers/a", f"06/Sep/2026:10:00:0{number} -0500"), *content] for number, content in enumerate(files)
    ]
    gone = data.draw(st.integers(0, len(files) - 1))
    site = _site(tmp_path_factory.mktemp("site"), files)
    for number in data.draw(st.permutations(range(len(files)))):
        site.ingest(f"{number}.log", log_format="combined")
    undone = site.rows(f"SELECT batch_id FROM batches WHERE file LIKE '%/{gone}.log'")
    site.undo(*(batch_id for (batch_id,) in undone))
    others = _site(tmp_path_factory.mktemp("site"), files)
    others.ingest(*(f"{number}.log" for number in range(len(files)) if number != gone), log_format="combined")
    assert site.state() == others.state()
    assert site.broken() == {}


def test_a_batch_may_go_together_with_the_one_that_inherits_from_it(site: Site) -> None:
    site.log("a.log", *DAY[:6])
    site.log("b.log", *DAY[3:])
    site.ingest("a.log", "b.log")
    assert [undone.handed_over for undone in site.undo(1, 2)] == [0, 0]
    assert site.rows("SELECT count(*) FROM pageviews") == [(0,)]
    assert counts(site, "a.log", "b.log") == [(6, 6, 0), (7, 4, 3)]
