"""Commands killed at random instants: what they leave is the state before or after, and the next run completes it.

python -m benchmarks.kill --kills 200
"""

from __future__ import annotations

import argparse
import json
import random
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any

import duckdb

from benchmarks import generate

PROGRAM = [sys.executable, "-c", "from cta_analytics.cli import run; run()"]
VERSION_1 = Path(__file__).parents[1] / "tests" / "warehouse" / "versions" / "1.sql"
STATE = {
    "pageviews": "SELECT * EXCLUDE (visitor, session_id, batch_id, line_number) FROM pageviews ORDER BY event_id",
    "clicks": "SELECT * EXCLUDE (visitor, session_id, batch_id, line_number) FROM clicks ORDER BY event_id",
    "sessions": "SELECT * EXCLUDE (visitor, session_id) FROM sessions ORDER BY ALL",
    "batches": "SELECT file, log_format, lines, pageviews, clicks, other, rejected, already_seen FROM batches ORDER BY ALL",
    "rejected_lines": "SELECT file, line_number, reason, line FROM rejected_lines ORDER BY ALL",
    "lines": "SELECT fingerprint, outcome FROM internal.fingerprints ORDER BY ALL",
    "repeats": "SELECT line_number, fingerprint FROM internal.repeats ORDER BY ALL",
    "logs": "SELECT file, bytes, lines, is_rewound FROM internal.sources ORDER BY ALL",
}
"""What two warehouses have in common that took in the same: all but the random names of visitors, and numbers given in turn."""
HALF_BATCHES = """
SELECT b.batch_id, b.lines FROM internal.batches AS b
WHERE b.lines - b.already_seen - coalesce(list_sum(map_values(map_from_entries(list_filter(
    map_entries(b.other_reasons), lambda e: e.key IN ('blank', 'comment', 'forgotten'))))), 0)
    <> (SELECT count(*) FROM internal.fingerprints AS f WHERE f.batch_id = b.batch_id)
UNION ALL
SELECT batch_id, count(*) FROM internal.events WHERE batch_id NOT IN (SELECT batch_id FROM internal.batches) GROUP BY batch_id
"""
State = dict[str, list[tuple[Any, ...]]]


@dataclass(frozen=True, slots=True)
class Case:
    """A command that writes: how its folder is made, and how many transactions it has."""

    name: str
    arguments: tuple[str, ...]
    make: Callable[[Path, int], None]
    is_one_transaction: bool = True


@dataclass(slots=True)
class Struck:
    """How often a command was killed, where, and how often it was found as it was before, after, or between two of its files."""

    name: str
    kills: int = 0
    while_writing: int = 0
    before: int = 0
    between: int = 0
    after: int = 0


def logs(folder: Path, lines: int) -> None:
    """Three logs of one week, in the order of time."""
    (folder / "cta.toml").write_text(generate.CONTRACT.replace('"access.log"', '"*.log"'))
    made = generate.lines(lines)
    for name in ("a.log", "b.log", "c.log"):
        (folder / name).write_text("".join(islice(made, lines // 3)))


def ingested(folder: Path, lines: int) -> None:
    """The three logs taken in, and one that overlaps with two of them."""
    logs(folder, lines)
    both = (folder / "a.log").read_text() + (folder / "b.log").read_text()
    (folder / "d.log").write_text(both[len(both) // 4 : len(both) * 3 // 4].partition("\n")[2])
    cta(folder, "ingest", "a.log", "b.log", "c.log", "d.log")


def half_read(folder: Path, lines: int) -> None:
    """A log of which the half was rejected, since it was read as another format than it has."""
    logs(folder, lines)
    rows = (folder / "a.log").read_text().splitlines()
    made = []
    for number, row in enumerate(rows):
        at, slug = number % 3600, number % 40
        found = {
            "time_iso8601": f"2026-09-07T08:{at // 60:02d}:{at % 60:02d}-05:00", "remote_addr": f"192.0.2.{number % 250}",
            "request": f"GET /answers/{slug} HTTP/1.1", "status": "200", "http_user_agent": "Mozilla/5.0 Firefox/140.0",
        }  # fmt: skip
        made += [row, json.dumps(found)]
    (folder / "a.log").write_text("\n".join(made) + "\n")
    cta(folder, "ingest", "--log-format", "combined", "a.log")


def of_version_1(folder: Path, lines: int) -> None:
    """A warehouse as schema 1 wrote it, with lines that are stored and lines that repeat."""
    (folder / "cta.toml").write_text(generate.CONTRACT)
    (folder / ".cta").mkdir()
    for file in ("cta.duckdb", ".cta/work.duckdb"):
        with duckdb.connect(str(folder / file), config={"storage_compatibility_version": "v1.2.0"}) as connection:
            connection.execute(VERSION_1.read_text())
            connection.execute(
                "INSERT INTO internal.meta VALUES ('schema_version', '1'), ('tool_version', '0.0.9');"
                "INSERT INTO internal.sources VALUES (1, 'a.log', 'combined', 'aa', 100, 300, 'bb', 300, 3, NULL);"
                "INSERT INTO internal.repeats SELECT 1, TIMESTAMP '2026-09-07 13:00:00', n, 1 FROM range(1000) AS r (n)"
            )


CASES = (
    Case("ingest", ("ingest", "--quiet", "a.log", "b.log", "c.log"), logs, is_one_transaction=False),
    Case("undo", ("undo", "--quiet", "1"), ingested),
    Case("forget", ("forget", "--quiet", "--yes", "--before", "2026-09-09"), ingested),
    Case("rejects --retry", ("rejects", "--quiet", "--retry", "--log-format", "nginx_json"), half_read),
    Case("upgrade", ("upgrade", "--quiet"), of_version_1),
)


def cta(folder: Path, *arguments: str) -> None:
    """A command that runs to its end, and does what it should."""
    done = subprocess.run([*PROGRAM, *arguments], cwd=folder, capture_output=True, text=True, check=False)
    if done.returncode:
        raise AssertionError(f"cta {' '.join(arguments)}: {done.stderr}")


def state(folder: Path) -> State:
    """What the writer's file holds, as the next command would find it; opened as a copy, so that the file stays as the kill left it."""
    work = folder / ".cta" / "work.duckdb"
    with tempfile.TemporaryDirectory() as name:
        for file in (work, Path(f"{work}.wal")):
            if file.exists():
                shutil.copy(file, Path(name) / file.name)
        with duckdb.connect(str(Path(name) / work.name)) as connection:
            return _state(connection)


def published(folder: Path) -> State:
    """What readers see."""
    if not (folder / "cta.duckdb").exists():
        return {}
    with duckdb.connect(str(folder / "cta.duckdb"), read_only=True) as connection:
        return _state(connection)


def _state(connection: duckdb.DuckDBPyConnection) -> State:
    has = (
        connection.execute("SELECT value FROM internal.meta WHERE key = 'schema_version'").fetchall()
        if connection.execute(
            "SELECT 1 FROM duckdb_tables() WHERE schema_name = 'internal' AND table_name = 'meta'"
        ).fetchall()
        else []
    )
    if not has:
        return {}
    if has == [("1",)]:
        return {"old": connection.execute("SELECT count(*), sum(copies) FROM internal.repeats").fetchall()}
    half = connection.execute(HALF_BATCHES).fetchall()
    if half:
        raise AssertionError(f"half a batch (number, lines): {half}")
    return {name: connection.execute(sql).fetchall() for name, sql in STATE.items()}


@contextmanager
def _copy(of: Path) -> Iterator[Path]:
    with tempfile.TemporaryDirectory() as name:
        yield Path(shutil.copytree(of, Path(name) / "struck", symlinks=True))


def strike(case: Case, kills: int, rng: random.Random, lines: int = 9000) -> Struck:
    """Kill a command so often, and check each time what it left, and what readers see; the next run completes it.

    Raises: AssertionError where something is there by half, or not as it is where nobody kills.
    """
    found = Struck(case.name)
    with tempfile.TemporaryDirectory() as name:
        prepared = Path(name) / "prepared"
        prepared.mkdir()
        case.make(prepared, lines)
        before, seen_before = (state(prepared) if (prepared / ".cta").exists() else {}), published(prepared)
        with _copy(prepared) as calm:
            until, ends = _timed(case, calm)
            after, seen_after = state(calm), published(calm)
        while found.kills < kills:
            with _copy(prepared) as folder:
                while found.kills < kills:
                    found.kills += 1
                    found.while_writing += _kill(case, folder, rng.uniform(0, 1.2) * (ends - until))
                    left = state(folder) if (folder / ".cta" / "work.duckdb").exists() else {}
                    if published(folder) not in (seen_before, seen_after):
                        raise AssertionError(
                            f"{case.name}: what readers see is neither the state before nor that after"
                        )
                    if left == after:
                        found.after += 1
                        break
                    is_before = left in (before, {}) or not left.get("batches", True)
                    if case.is_one_transaction and left != before:
                        raise AssertionError(f"{case.name}: neither the state before nor that after")
                    found.before += is_before
                    found.between += not is_before
                _complete(case, folder, left == after)
                if (state(folder), published(folder)) != (after, seen_after):
                    raise AssertionError(f"{case.name}: the next run did not complete it")
    return found


def _complete(case: Case, folder: Path, is_done: bool) -> None:
    """Run the command again; where its transaction was committed, any command that writes publishes it."""
    if not is_done or case.name in {"ingest", "upgrade"}:
        cta(folder, *case.arguments)
    else:
        cta(folder, "bots", "--rejudge", "--yes")


def _timed(case: Case, folder: Path) -> tuple[float, float]:
    """Seconds after its start at which a command takes the lock, and ends."""
    began = time.monotonic()
    process = _start(case, folder)
    _wait_for_lock(process, folder)
    until = time.monotonic() - began
    if process.wait():
        raise AssertionError(f"{case.name} failed ({process.returncode})")
    return until, time.monotonic() - began


def _start(case: Case, folder: Path) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [*PROGRAM, *case.arguments], cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )


def _wait_for_lock(process: subprocess.Popen[bytes], folder: Path) -> None:
    lock, name = folder / ".cta" / "lock", f"process {process.pid} "
    while process.poll() is None:
        if lock.exists() and lock.read_text().startswith(name):
            return
        time.sleep(0.002)


def _kill(case: Case, folder: Path, delay: float) -> bool:
    """Kill a run so many seconds after it took the lock; whether it was still writing."""
    process = _start(case, folder)
    _wait_for_lock(process, folder)
    time.sleep(delay)
    lock = folder / ".cta" / "lock"
    is_writing = process.poll() is None and lock.read_text().startswith(f"process {process.pid} ")
    process.kill()
    process.wait()
    return is_writing


def main() -> None:
    """Print a line for each command."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument(
        "--kills", type=int, default=200, help="of ingestions; the other commands a fifth as often each"
    )
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    rng = random.Random(options.seed)
    print(f"{'':18}{'kills':>7}{'writing':>9}{'before':>8}{'between':>9}{'after':>7}")
    for case in CASES:
        done = strike(case, options.kills if case.name == "ingest" else max(1, options.kills // 5), rng)
        print(
            f"{done.name:18}{done.kills:7}{done.while_writing:9}{done.before:8}{done.between:9}{done.after:7}",
            flush=True,
        )


if __name__ == "__main__":
    main()
