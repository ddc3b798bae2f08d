"""What publication costs on a large warehouse: 1,000 new lines onto so many gigabytes, beside a bare copy of the file.

python -m benchmarks.publish --gigabytes 10
"""

from __future__ import annotations

import argparse
import json
import multiprocessing
import shutil
import subprocess
import time
from itertools import islice
from pathlib import Path

import duckdb

from benchmarks import generate
from benchmarks.run import WORK, Run, cta, timed

WEEK_LINES = 300_000

# The same week again, some weeks earlier: other lines, visitors and events, as hard to compress as the first.
EARLIER_WEEK = """
INSERT INTO internal.events BY NAME
SELECT
    * REPLACE (
        occurred_at - $weeks * INTERVAL 7 DAY AS occurred_at, CAST(day - $weeks * INTERVAL 7 DAY AS DATE) AS day,
        xor(visitor, $salt) AS visitor, xor(session_id, $salt) AS session_id, xor(event_id, $salt) AS event_id
    )
FROM first_events;
INSERT INTO internal.fingerprints BY NAME
SELECT * REPLACE (occurred_at - $weeks * INTERVAL 7 DAY AS occurred_at, xor(fingerprint, $salt) AS fingerprint)
FROM first_fingerprints;
INSERT INTO internal.traces BY NAME
SELECT * REPLACE (CAST(day - $weeks * INTERVAL 7 DAY AS DATE) AS day, xor(visitor, $salt) AS visitor)
FROM first_traces
"""


def grown(folder: Path, gigabytes: float) -> int:
    """Grow the work file of a project to so many gigabytes of events; returns the weeks it then holds."""
    work = folder / ".cta" / "work.duckdb"
    with duckdb.connect(work, config={"memory_limit": "4GB"}) as connection:
        for table in ("events", "fingerprints", "traces"):
            connection.execute(f"CREATE TEMP TABLE first_{table} AS FROM internal.{table}")
        weeks = 0
        while work.stat().st_size < gigabytes * 1e9:
            weeks += 1
            salt = (0x9E3779B97F4A7C15 * weeks) & (2**62 - 1)
            for statement in EARLIER_WEEK.split(";"):
                connection.execute(statement, {"weeks": weeks, "salt": salt})
            if weeks % 20 == 0:
                connection.execute("CHECKPOINT")
        connection.execute("CHECKPOINT")
    return weeks


def bare_copy(folder: Path) -> Run:
    """What the system takes to copy the file and to have it on the disk."""
    target = folder / "copy.duckdb"
    run = timed("cp and sync", ["sh", "-c", f"cp .cta/work.duckdb {target.name} && sync {target.name}"], folder)
    target.unlink()
    return run


def main() -> None:
    """Print a table, and write it as JSON beside the work files."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--gigabytes", type=float, default=10.0)
    options = parser.parse_args()
    folder = WORK / "published"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    (folder / "cta.toml").write_text(generate.CONTRACT)
    log = folder / "access.log"
    made = generate.lines(WEEK_LINES + 1_000)
    with log.open("w") as stream:
        stream.writelines(islice(made, WEEK_LINES))
    subprocess.run(cta("ingest", "--quiet"), cwd=folder, check=True, stdout=subprocess.DEVNULL)
    started = time.perf_counter()
    # In a process of its own: one that is started by a large process counts that one's memory as its peak.
    with multiprocessing.get_context("spawn").Pool(1) as pool:
        weeks = pool.apply(grown, (folder, options.gigabytes))
    print(f"{weeks + 1} weeks of {WEEK_LINES:,} lines, made in {time.perf_counter() - started:,.0f} s")
    with log.open("a") as stream:
        stream.writelines(made)
    size = (folder / ".cta" / "work.duckdb").stat().st_size / 1e9
    runs = [
        bare_copy(folder),
        timed("cta ingest, 1,000 new lines", cta("ingest", "--quiet"), folder),
        timed("cta ingest, nothing new", cta("ingest", "--quiet"), folder),
    ]
    print(f"\n{size:.1f} GB\n{'':30}{'wall s':>8}{'cpu s':>8}{'peak MB':>9}")
    for run in runs:
        print(f"{run.what:30}{run.wall_seconds:8.2f}{run.cpu_seconds:8.2f}{run.peak_megabytes:9,}")
    result = {run.what: run.wall_seconds for run in runs} | {"gigabytes": round(size, 1), "weeks": weeks + 1}
    (WORK / "result-publish.json").write_text(json.dumps(result, indent=2) + "\n")


if __name__ == "__main__":
    main()
