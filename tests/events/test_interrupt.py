"""Ctrl-C while the database works, a kill between commit and publication, and a disk that is really full."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from tests.events.conftest import Site, beacon, line

INTERRUPTED = "cta: interrupted; what was being written is as it was before, run the same command again\n"
# A signal arrives while the named query runs: one that would take hours is put before it.
WHILE_QUERYING = """
import os, signal, sys, threading, time
from cta_analytics.warehouse import queries
where, original = sys.argv.pop(1), queries.run
def press():
    # Now and then DuckDB overlooks one; then it is pressed again, as people do.
    time.sleep(0.2)
    while True:
        os.kill(os.getpid(), signal.SIGINT)
        time.sleep(6)
def run(connection, folder, name, **values):
    if name == where:
        threading.Thread(target=press, daemon=True).start()
        connection.execute("SELECT sum(a.range * b.range) FROM range(100000000) AS a, range(100000000) AS b").fetchall()
    return original(connection, folder, name, **values)
queries.run = run
from cta_analytics.cli import run
run()
"""
# A signal arrives when all is committed and nothing is published yet.
BEFORE_PUBLICATION = """
import os, sys
from cta_analytics.warehouse import publish
number = int(sys.argv.pop(1))
publish.replace = lambda target, source: os.kill(os.getpid(), number)
from cta_analytics.cli import run
run()
"""


@dataclass(frozen=True)
class Case:
    """A command that writes, and the queries at which it is interrupted."""

    arguments: tuple[str, ...]
    queries: tuple[str, ...]


CASES = {
    "ingest": Case(("ingest", "--quiet", "b.log"), ("sessions",)),
    "undo": Case(("undo", "--quiet", "1"), ("undo_handed_over",)),
    "rejects --retry": Case(("rejects", "--quiet", "--retry", "--log-format", "nginx_json"), ("joined",)),
    "forget": Case(("forget", "--quiet", "--yes", "--before", "2026-09-08"), ("forget",)),
}
OTHER = (
    '{"time_iso8601": "2026-09-07T08:04:00-05:00", "remote_addr": "192.0.2.4", "request": "GET /answers/z HTTP/1.1", '
    '"status": "200", "http_user_agent": "Mozilla/5.0 Firefox/140.0"}\n'
)


@pytest.fixture
def begun(site: Site) -> Site:
    """A warehouse with one log, which holds a line of another format, and a log that is still to come."""
    site.log("a.log", line(), beacon(), OTHER, line("/answers/b", "08/Sep/2026:08:00:00 -0500"))
    site.log("b.log", line(), line("/answers/c", "07/Sep/2026:08:05:00 -0500", address="192.0.2.3"))
    site.ingest("a.log", log_format="combined")
    return site


def run(site: Site, program: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    """A command in a process of its own."""
    command = [sys.executable, "-c", program, *arguments]
    return subprocess.run(command, cwd=site.root, capture_output=True, text=True, check=False, timeout=120)


def plain(site: Site, *arguments: str) -> None:
    """A command that nobody disturbs."""
    done = run(site, "from cta_analytics.cli import run; run()", *arguments)
    assert done.returncode == 0, done.stderr


def undisturbed(site: Site, case: Case) -> dict[str, list[tuple[object, ...]]]:
    """What the command makes of a copy of the folder."""
    copy = Site(site.root.with_name("undisturbed"))
    shutil.copytree(site.root, copy.root)
    plain(copy, *case.arguments)
    return copy.state()


@pytest.mark.parametrize(("name", "query"), [(name, query) for name, case in CASES.items() for query in case.queries])
def test_ctrl_c_in_a_query_is_one_line_and_leaves_all_as_it_was(begun: Site, name: str, query: str) -> None:
    case = CASES[name]
    expected, before = undisturbed(begun, case), begun.state()
    published = (begun.root / "cta.duckdb").read_bytes()
    done = run(begun, WHILE_QUERYING, query, *case.arguments)
    assert (done.returncode, done.stderr) == (2, INTERRUPTED)
    assert (begun.root / "cta.duckdb").read_bytes() == published
    assert begun.state() == before
    plain(begun, *case.arguments)
    assert begun.state() == expected
    assert begun.broken() == {}


@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGINT], ids=["killed", "interrupted"])
@pytest.mark.parametrize("name", CASES)
def test_what_was_committed_is_published_by_the_next_command(begun: Site, name: str, number: int) -> None:
    case = CASES[name]
    expected = undisturbed(begun, case)
    published = (begun.root / "cta.duckdb").read_bytes()
    done = run(begun, BEFORE_PUBLICATION, str(int(number)), *case.arguments)
    assert done.returncode == (-signal.SIGKILL if number == signal.SIGKILL else 2)
    assert (begun.root / "cta.duckdb").read_bytes() == published
    # A command that brings nothing new by itself.
    plain(begun, "bots", "--quiet", "--rejudge", "--yes")
    assert begun.state() == expected
    assert begun.broken() == {}


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Callable[[int], Path]]:
    """Makes a disk of so many MB; skipped where the system lets nobody mount one."""
    mounted: list[Path] = []

    def make(megabytes: int) -> Path:
        folder = tmp_path / "disk"
        folder.mkdir()
        options = ["-t", "tmpfs", "-o", f"size={megabytes}m", "tmpfs"]
        mount = shutil.which("mount")
        if mount is None or subprocess.run([mount, *options, str(folder)], capture_output=True, check=False).returncode:
            pytest.skip("no file system may be mounted here")
        mounted.append(folder)
        return folder

    yield make
    for folder in mounted:
        subprocess.run(["umount", "--lazy", str(folder)], check=True)


@pytest.mark.parametrize("left", [300_000, 1_200_000, 3_000_000], ids=["in a batch", "in a batch or later", "later"])
def test_a_full_disk_is_one_line_and_the_next_run_completes_it(
    small_disk: Callable[[int], Path], begun: Site, left: int
) -> None:
    """So many bytes are left on the disk when the ingestion begins; a file fills the rest."""
    disk = small_disk(64)
    site = Site(disk / "site")
    shutil.copytree(begun.root, site.root)
    site.log(
        "many.log",
        *(
            line(f"/answers/{n % 40}", f"09/Sep/2026:{8 + n // 3600:02d}:{n // 60 % 60:02d}:{n % 60:02d} -0500", address=f"192.0.2.{n % 250}")
            for n in range(20_000)
        ),
    )  # fmt: skip
    before, published = site.state(), (site.root / "cta.duckdb").read_bytes()
    free = os.statvfs(disk)
    (disk / "ballast").write_bytes(b"\0" * (free.f_bavail * free.f_frsize - left))
    done = run(site, "from cta_analytics.cli import run; run()", "ingest", "--quiet", "many.log")
    assert done.returncode == 2
    assert done.stderr.startswith("cta: ")
    assert done.stderr.endswith("; free some space there, and run the command again\n")
    assert done.stderr.count("\n") == 1
    assert (site.root / "cta.duckdb").read_bytes() == published
    assert site.state() == before
    (disk / "ballast").unlink()
    plain(site, "ingest", "--quiet", "many.log")
    assert site.rows("SELECT sum(pageviews) FROM batches") == [(20_002,)]
    assert site.broken() == {}
