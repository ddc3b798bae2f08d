"""`cta scan` and `cta lint` of 10,000 HTML pages beside a bare selectolax pass over the same files."""

from __future__ import annotations

import argparse
import os
import sys
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter

from benchmarks import cold_start, pages

WORK = Path(__file__).parent / "work"
FIGURES = Path(__file__).with_name("scan.md")
CTA = [sys.executable, "-c", "from cta_analytics.cli import run; run()"]
# Nothing but what the parser needs: one process, each link's URL, no positions, no meaning.
BARE = """
import sys
from pathlib import Path
from selectolax.lexbor import LexborHTMLParser
found = [
    [node.attributes["href"] for node in LexborHTMLParser(path.read_bytes()).css("a[href]")]
    for path in sorted(Path(sys.argv[1]).rglob("*.html"))
]
print(sum(map(len, found)))
"""


@dataclass(frozen=True)
class Cost:
    """What a command took: seconds by the clock and of all its processes, and the memory of the largest of them."""

    wall: float
    cpu: float
    peak_mb: float


def cost(command: list[str], folder: Path) -> Cost:
    """The cost of a command whose output goes nowhere."""
    with Path(os.devnull).open("wb") as nowhere:
        start = perf_counter()
        actions = [(os.POSIX_SPAWN_DUP2, nowhere.fileno(), 1), (os.POSIX_SPAWN_DUP2, nowhere.fileno(), 2)]
        here = Path.cwd()
        os.chdir(folder)
        try:
            pid = os.posix_spawn(command[0], command, os.environ, file_actions=actions)
        finally:
            os.chdir(here)
        _, status, used = os.wait4(pid, 0)
    if os.waitstatus_to_exitcode(status) not in {0, 1}:
        raise RuntimeError(f"{' '.join(command)}: exit {os.waitstatus_to_exitcode(status)}")
    return Cost(perf_counter() - start, used.ru_utime + used.ru_stime, used.ru_maxrss / 1024)


def best(command: list[str], folder: Path, runs: int) -> Cost:
    """The run that took least by the clock: the one that the rest of the machine disturbed least."""
    return min((cost(command, folder) for _ in range(runs)), key=lambda one: one.wall)


def _ratio(name: str, one: Cost, other: Cost, bar: float) -> str:
    by_clock, of_processor = one.wall / other.wall, one.cpu / other.cpu
    return f"- {name}: {by_clock:.2f} by the clock, {of_processor:.2f} of the processor; at most {bar} is wanted"


def report(count: int = pages.PAGES, runs: int = 3) -> str:
    """The figures as Markdown."""
    folder = pages.write(WORK / f"pages-{count}", count)
    size = sum(file.stat().st_size for file in folder.rglob("*.html")) / 1e6
    rows = {
        "bare selectolax pass, one process": [sys.executable, "-c", BARE, str(folder / "site")],
        "cta scan --format json": [*CTA, "scan", "--quiet", "--format", "json"],
        "cta lint": [*CTA, "lint", "--quiet"],
    }
    costs = {name: best(command, folder, runs) for name, command in rows.items()}
    bare, scan, lint = costs.values()
    lines = [
        "# Scan and lint of a large site",
        "",
        (
            f"{count:,} HTML pages, {size:.0f} MB (`benchmarks/pages.py`), {os.cpu_count()} cores, Python "
            f"{sys.version.split()[0]}; the best of {runs} runs, from the start of the process to its end. "
            "`python -m benchmarks.scan` makes this page."
        ),
        "",
        "| | seconds | seconds of the processor | largest process, MB |",
        "|---|---:|---:|---:|",
        *(f"| {name} | {one.wall:.2f} | {one.cpu:.2f} | {one.peak_mb:.0f} |" for name, one in costs.items()),
        "",
        _ratio("scan / bare pass", scan, bare, 3),
        _ratio("lint / scan", lint, scan, 1.5),
        f"- memory of lint: {lint.peak_mb:.0f} MB; less than 400 is wanted",
        "",
        "## Cold start",
        "",
        *(f"    {line}" for line in cold_start.lines()),
    ]
    return "\n".join(lines) + "\n"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pages", type=int, default=pages.PAGES)
    parser.add_argument("--runs", type=int, default=3)
    options = parser.parse_args()
    text = report(options.pages, options.runs)
    if options.pages == pages.PAGES:
        FIGURES.write_text(text, encoding="utf-8")
    print(text, end="")


if __name__ == "__main__":
    main()
