"""A batch is there whole or not at all, at whatever instant its making ends."""

from __future__ import annotations

import random
import re
import subprocess
import sys
from collections.abc import Callable
from typing import Any

import pytest
from tests.events.conftest import CONTRACT, Site, beacon, line

from benchmarks import kill
from cta_analytics.events import ingest as module
from cta_analytics.logs import blocks

FILES = ("a.log", "b.log", "c.log")
LINES = 3000
PROGRAM = "from cta_analytics.cli import run; run()"


def fill(site: Site) -> None:
    for hour, name in enumerate(FILES):
        made = []
        for number in range(LINES):
            at = f"07/Sep/2026:{8 + hour:02d}:{number // 60 % 60:02d}:{number % 60:02d} -0500"
            address = f"192.0.2.{number % 250}"
            made.append(
                beacon("click", at=at, address=address, i=str(number))
                if number % 10 == 0
                else line(f"/answers/{number % 40}", at, address=address)
            )
        site.log(name, *made)


@pytest.mark.parametrize(
    ("case", "kills"),
    [(case, 20 if case.name == "ingest" else 2) for case in kill.CASES],
    ids=lambda value: getattr(value, "name", None),
)
def test_killed_at_any_instant_the_next_run_completes_it(case: kill.Case, kills: int) -> None:
    """What each kill left is checked by `strike`; `make bench` kills ten times as often."""
    found = kill.strike(case, kills, random.Random(1), lines=3000)
    assert found.kills == found.before + found.between + found.after == kills


LIMITED = """
import resource, signal, sys
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv.pop(1)),) * 2)
from cta_analytics.cli import run
run()
"""


@pytest.mark.parametrize("size", [200_000, 1_000_000, 2_500_000])
def test_where_no_more_can_be_written_nothing_is_half_there(site: Site, size: int) -> None:
    """A limit on the size of files meets the write-ahead log, the database or the copy, as a full disk does."""
    site.log("first.log", line())
    site.ingest("first.log")
    before = (site.root / "cta.duckdb").read_bytes()
    fill(site)
    done = subprocess.run(
        [sys.executable, "-c", LIMITED, str(size), "ingest", "--quiet", *FILES],
        cwd=site.root,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 2
    assert re.fullmatch(r"cta: .*; free some space there, and run the command again\n", done.stderr)
    assert (site.root / "cta.duckdb").read_bytes() == before
    assert [batch.lines for batch in site.ingest(*FILES).batches] == [LINES] * 3
    views, clicks = site.rows("SELECT (SELECT count(*) FROM pageviews), (SELECT count(*) FROM clicks)")[0]
    assert views + clicks == 3 * LINES + 1
    assert site.broken() == {}


def test_without_memory_nothing_is_half_there(new_site: Callable[..., Site]) -> None:
    site = new_site("small", CONTRACT + '[warehouse]\nmemory_limit = "4MB"\n')
    fill(site)
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM, "ingest", "--quiet", *FILES],
        cwd=site.root,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 2
    assert re.fullmatch(r"cta: .*; raise \[warehouse\] memory_limit in cta.toml \(it is 4MB\)\n", done.stderr)
    assert not (site.root / "cta.duckdb").exists()
    (site.root / "cta.toml").write_text(CONTRACT)
    assert [batch.lines for batch in site.ingest(*FILES).batches] == [LINES] * 3
    assert site.broken() == {}


def test_an_interrupt_in_the_middle_leaves_the_warehouse_as_it_was(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    site.log("first.log", line())
    site.ingest("first.log")
    before = (site.root / "cta.duckdb").read_bytes()
    fill(site)
    monkeypatch.setattr(module, "AT_ONCE", 500)
    monkeypatch.setattr(blocks, "BLOCK", 100_000)
    original = module.requests
    calls = []

    def interrupted(*arguments: Any, **named: Any) -> object:
        calls.append(1)
        if len(calls) == 2:
            raise KeyboardInterrupt
        return original(*arguments, **named)

    monkeypatch.setattr(module, "requests", interrupted)
    with pytest.raises(KeyboardInterrupt):
        site.ingest(*FILES)
    assert (site.root / "cta.duckdb").read_bytes() == before
    assert [batch.lines for batch in site.ingest(*FILES).batches] == [LINES] * 3
    assert (
        site.rows("SELECT count(*) FROM pageviews")[0][0] + site.rows("SELECT count(*) FROM clicks")[0][0]
        == 3 * LINES + 1
    )
