"""What a folder of rotated logs costs: at first, unchanged, grown by one file, and with one file that grew.

python -m benchmarks.incremental --files 400
"""

from __future__ import annotations

import argparse
import json
import shutil
from itertools import islice

from benchmarks import generate
from benchmarks.run import WORK, cta, timed

LINES = 2_500


def main() -> None:
    """Print a table, and write it as JSON beside the work files."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--files", type=int, default=400)
    options = parser.parse_args()
    folder = WORK / "incremental"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    (folder / "cta.toml").write_text(generate.CONTRACT.replace('"access.log"', '"*.log"'))
    made = generate.lines(LINES * (options.files + 2), days=options.files / 4)
    names = [folder / f"access-{number:04}.log" for number in range(options.files + 1)]
    for name in names[:-1]:
        name.write_text("".join(islice(made, LINES)))
    ingest = cta("ingest", "--quiet", "--format", "json")
    runs = [
        timed(f"{options.files} files at first", ingest, folder),
        timed("unchanged", ingest, folder),
    ]
    names[-1].write_text("".join(islice(made, LINES)))
    runs.append(timed("one file more", ingest, folder))
    with names[-1].open("a") as stream:
        stream.writelines(islice(made, LINES))
    runs.append(timed("one file grown", ingest, folder))
    print(f"{options.files} files of {LINES:,} lines\n{'':24}{'wall s':>8}{'cpu s':>8}{'peak MB':>9}")
    for run in runs:
        print(f"{run.what:24}{run.wall_seconds:8.2f}{run.cpu_seconds:8.2f}{run.peak_megabytes:9,}")
    result = {run.what: run.wall_seconds for run in runs}
    (WORK / "result-incremental.json").write_text(json.dumps(result, indent=2) + "\n")


if __name__ == "__main__":
    main()
