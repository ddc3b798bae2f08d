"""Readers with stock DuckDB and the writer do not wait for each other, and a reader sees whole states only."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from tests.events.conftest import Site, line

ROOT = Path(__file__).parents[2]
LINES = 500
LOOP = """
import json, sys, time
from pathlib import Path
import duckdb
file, stop = Path(sys.argv[1]), Path(sys.argv[2])
seen = []
print("reading", flush=True)
while True:
    last = stop.exists()
    with duckdb.connect(str(file), read_only=True) as connection:
        seen.append(connection.execute(
            "SELECT (SELECT count(*) FROM pageviews), (SELECT count(DISTINCT batch_id) FROM pageviews), (SELECT sum(lines)::BIGINT FROM batches), "
            "(SELECT complete_through = (SELECT max(occurred_at) FROM pageviews) FROM published)"
        ).fetchall()[0])
    if last:
        break
print(json.dumps(seen))
"""


def day(number: int) -> list[str]:
    return [
        line(f"/answers/{n}", f"{7 + number:02d}/Sep/2026:08:{n // 60:02d}:{n % 60:02d} -0500") for n in range(LINES)
    ]


def test_a_reader_in_a_loop_sees_whole_states_and_no_lock(site: Site) -> None:
    site.log("0.log", *day(0))
    site.ingest("0.log")
    stop = site.root / "stop"
    with subprocess.Popen(
        [sys.executable, "-c", LOOP, str(site.root / "cta.duckdb"), str(stop)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as reading:
        assert reading.stdout
        assert reading.stdout.readline() == "reading\n"
        for number in range(1, 5):
            site.log(f"{number}.log", *day(number))
            site.ingest(f"{number}.log")
        stop.touch()
        stdout, stderr = reading.communicate(timeout=60)
    assert (reading.returncode, stderr) == (0, "")
    seen = [tuple(row) for row in json.loads(stdout)]
    assert set(seen) <= {(LINES * n, n, LINES * n, True) for n in range(1, 6)}
    assert seen == sorted(seen)
    assert (seen[0], seen[-1]) == ((LINES, 1, LINES, True), (LINES * 5, 5, LINES * 5, True))


def test_a_reader_that_stays_open_keeps_its_state_and_holds_nobody_up(site: Site) -> None:
    import duckdb

    site.log("0.log", *day(0))
    site.ingest("0.log")
    # A copy of the file's name: within one process DuckDB gives everybody who opens a path the same database.
    with duckdb.connect(str(site.root / "cta.duckdb"), read_only=True) as reader:
        reader.execute("BEGIN")
        count = "SELECT count(*) FROM pageviews"
        assert reader.execute(count).fetchall() == [(LINES,)]
        site.log("1.log", *day(1))
        program = [sys.executable, "-c", "from cta_analytics.cli import run; run()", "ingest", "--quiet", "1.log"]
        assert subprocess.run(program, cwd=site.root, capture_output=True, check=False).returncode == 0
        assert reader.execute(count).fetchall() == [(LINES,)]
    assert site.rows(count) == [(2 * LINES,)]


def test_duckdb_1_2_opens_the_copy(site: Site, tmp_path: Path) -> None:
    python = ROOT / ".venv" / "duckdb-1.2" / "bin" / "python"
    if not python.exists():
        if os.environ.get("CI") == "true":
            pytest.fail("DuckDB 1.2 is missing; `make test` installs it")
        pytest.skip("DuckDB 1.2 is not installed; `make test` does it")
    site.log("0.log", *day(0))
    site.ingest("0.log")
    stop = tmp_path / "stop"
    stop.touch()
    done = subprocess.run(
        [python, "-I", "-c", f"import duckdb; assert duckdb.__version__.startswith('1.2.')\n{LOOP}", site.root / "cta.duckdb", stop],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.stderr == ""
    assert json.loads(done.stdout.splitlines()[1]) == [[LINES, 1, LINES, True]]
