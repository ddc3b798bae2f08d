"""A batch is there whole or not at all, at whatever instant its making ends."""

from __future__ import annotations

import random
import subprocess
import sys
import time
from collections.abc import Callable

import pytest
from tests.events.conftest import Site, beacon, line

from cta_analytics import config
from cta_analytics.events import ingest as module
from cta_analytics.logs import blocks
from cta_analytics.warehouse.connection import writer

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


def start(site: Site) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-c", PROGRAM, "ingest", "--quiet", *FILES]
    return subprocess.Popen(command, cwd=site.root, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


@pytest.mark.parametrize("seed", range(2))
def test_killed_at_any_instant_the_next_run_completes_it(new_site: Callable[..., Site], seed: int) -> None:
    calm, struck = new_site("calm"), new_site("struck")
    fill(calm)
    began = time.monotonic()
    assert start(calm).wait() == 0
    took = time.monotonic() - began
    fill(struck)
    rng = random.Random(seed)
    for _ in range(4):
        process = start(struck)
        # Most of the time goes into starting Python; what matters is the second half.
        time.sleep(took * rng.uniform(0.4, 1.0))
        process.kill()
        process.wait()
        with writer(config.read(struck.root / "cta.toml")) as connection:
            counted = connection.execute(
                "SELECT b.lines, count(*) FROM internal.batches AS b JOIN internal.fingerprints AS f USING (batch_id) GROUP BY b.batch_id, b.lines"
            ).fetchall()
            assert counted == [(LINES, LINES)] * len(counted)
            orphans = (
                "SELECT count(*) FROM internal.events WHERE batch_id NOT IN (SELECT batch_id FROM internal.batches)"
            )
            assert connection.execute(orphans).fetchone() == (0,)
    assert start(struck).wait() == 0
    assert struck.state() == calm.state()
    assert [batch.already_seen for batch in struck.ingest(*FILES).batches] == [LINES] * 3


def test_an_interrupt_in_the_middle_leaves_the_warehouse_as_it_was(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    site.log("first.log", line())
    site.ingest("first.log")
    before = (site.root / "cta.duckdb").read_bytes()
    fill(site)
    monkeypatch.setattr(module, "AT_ONCE", 500)
    monkeypatch.setattr(blocks, "BLOCK", 100_000)
    original = module.requests
    calls = []

    def interrupted(*arguments: object) -> object:
        calls.append(1)
        if len(calls) == 2:
            raise KeyboardInterrupt
        return original(*arguments)  # type: ignore[arg-type]

    monkeypatch.setattr(module, "requests", interrupted)
    with pytest.raises(KeyboardInterrupt):
        site.ingest(*FILES)
    assert (site.root / "cta.duckdb").read_bytes() == before
    assert [batch.lines for batch in site.ingest(*FILES).batches] == [LINES] * 3
    assert (
        site.rows("SELECT count(*) FROM pageviews")[0][0] + site.rows("SELECT count(*) FROM clicks")[0][0]
        == 3 * LINES + 1
    )
