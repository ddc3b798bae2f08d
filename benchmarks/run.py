"""Side by side on one log: `cta ingest` and `cta report`, GoAccess, and the bare limit of DuckDB. `make bench` runs it.

python -m benchmarks.run --lines 3000000
"""

from __future__ import annotations

import argparse
import importlib.util
import json
import os
import shutil
import subprocess
import sys
import time
from dataclasses import asdict, dataclass
from pathlib import Path

from benchmarks import generate

WORK = Path(__file__).parent / "work"

# What no tool that stores a log can undercut: DuckDB reads the lines, splits them at the quotes and writes the columns to a
# table on disk. It skips what a tool must do: times, addresses, page kinds, visitors, sessions, an account of the lines.
BARE = """
import duckdb, sys
with duckdb.connect(sys.argv[2], config={"memory_limit": "1GB"}) as connection:
    connection.execute(
        "CREATE TABLE lines AS SELECT p[1] AS head, p[2] AS request, p[3] AS numbers, p[4] AS referrer, p[6] AS user_agent FROM ("
        "SELECT string_split(line, '\\"') AS p FROM read_csv($file, delim = chr(1), quote = '', escape = '', header = false, "
        "columns = {'line': 'VARCHAR'}, auto_detect = false, max_line_size = 4000000))".replace("chr(1)", "'\\x01'"),
        {"file": sys.argv[1]},
    )
    connection.execute("CHECKPOINT")
"""


@dataclass(frozen=True, slots=True)
class Run:
    """One run of a program: wall and processor seconds, and the most memory that it held."""

    what: str
    wall_seconds: float
    cpu_seconds: float
    peak_megabytes: int


def timed(what: str, command: list[str], cwd: Path) -> Run:
    """Run a program to its end; it must succeed."""
    started = time.perf_counter()
    process = subprocess.Popen(command, cwd=cwd, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
    assert process.stderr
    errors = process.stderr.read()
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode not in {0, 1}:
        sys.exit(f"{what} failed ({process.returncode}): {errors.decode(errors='replace')[-2000:]}")
    peak = usage.ru_maxrss // (1024 * 1024 if sys.platform == "darwin" else 1024)
    return Run(what, round(time.perf_counter() - started, 2), round(usage.ru_utime + usage.ru_stime, 2), peak)


def cta(*arguments: str) -> list[str]:
    """The command line of this checkout."""
    return [sys.executable, "-c", "from cta_analytics.cli import run; run()", *arguments]


def project(log: Path) -> Path:
    """A fresh project for a log."""
    folder = WORK / "project"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    (folder / "cta.toml").write_text(generate.CONTRACT)
    (folder / "access.log").symlink_to(log)
    return folder


def warm(log: Path) -> None:
    """Read the log once, so that all start from the same cache."""
    with log.open("rb") as stream:
        while stream.read(1 << 24):
            pass


def ours(log: Path) -> list[Run]:
    """Log to finished report, and the same log once more."""
    folder = project(log)
    runs = [timed("cta ingest", cta("ingest", "--quiet"), folder)]
    if importlib.util.find_spec("cta_analytics.cli.commands.report"):
        runs.append(timed("cta report", cta("report"), folder))
    runs.append(timed("cta ingest, nothing new", cta("ingest", "--quiet"), folder))
    return runs


def goaccess(log: Path) -> Run:
    """Log to finished report by GoAccess."""
    out = WORK / "goaccess.html"
    command = ["goaccess", str(log), "--log-format=COMBINED", "-o", str(out), "--no-global-config", "--no-progress"]
    return timed("GoAccess", command, WORK)


def bare(log: Path) -> Run:
    """The bare limit."""
    database = WORK / "bare.duckdb"
    for file in (database, Path(f"{database}.wal")):
        file.unlink(missing_ok=True)
    return timed("bare DuckDB", [sys.executable, "-c", BARE, str(log), str(database)], WORK)


def main() -> None:
    """Print a table, and write it as JSON beside the work files."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--lines", type=int, default=3_000_000)
    parser.add_argument(
        "--rounds", type=int, default=1, help="run all of them so many times, and keep the fastest of each"
    )
    parser.add_argument("--without-goaccess", action="store_true")
    options = parser.parse_args()
    WORK.mkdir(exist_ok=True)
    log = WORK / f"access-{options.lines}.log"
    if not log.exists():
        print(f"generating {options.lines:,} lines")
        generate.write(log, options.lines)
    best: dict[str, Run] = {}
    for _ in range(options.rounds):
        warm(log)
        runs = [*ours(log), bare(log)]
        if shutil.which("goaccess") and not options.without_goaccess:
            runs.append(goaccess(log))
        for run in runs:
            if run.what not in best or run.wall_seconds < best[run.what].wall_seconds:
                best[run.what] = run
    megabytes = log.stat().st_size / 1e6
    print(f"\n{options.lines:,} lines, {megabytes:,.0f} MB, {os.cpu_count()} cores")
    print(f"{'':26}{'wall s':>8}{'cpu s':>8}{'peak MB':>9}")
    for run in best.values():
        print(f"{run.what:26}{run.wall_seconds:8.2f}{run.cpu_seconds:8.2f}{run.peak_megabytes:9,}")
    total = sum(best[what].wall_seconds for what in ("cta ingest", "cta report") if what in best)
    limit = best["cta ingest"].wall_seconds / best["bare DuckDB"].wall_seconds
    print(f"\nlog to report: {total:.2f} s; ingest is {limit:.1f} times the bare limit")
    if "GoAccess" in best:
        print(f"GoAccess takes {best['GoAccess'].wall_seconds / total:.1f} times as long")
    result = {
        "lines": options.lines,
        "megabytes": round(megabytes),
        "cores": os.cpu_count(),
        "runs": [asdict(run) for run in best.values()],
    }
    (WORK / f"result-{options.lines}.json").write_text(json.dumps(result, indent=2) + "\n")


if __name__ == "__main__":
    main()
