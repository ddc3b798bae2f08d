"""How much longer a cold `cta parse` of one URL and `cta lint` of one page take than `python -c pass`."""

from __future__ import annotations

import compileall
import os
import resource
import subprocess
import sys
import tempfile
from pathlib import Path
from statistics import median
from time import perf_counter

from benchmarks.pages import CONTRACT, TAGS, pages

RUNS = 15
CTA = [sys.executable, "-c", "from cta_analytics.cli import run; run()"]
URL = f"https://www.amazon.com/dp/B0EXAMPLE1?maas={TAGS[0]}&ref_=aa_maas&tag=maas"

BARS_MS = {"cta parse": 250, "cta lint": 350}
"""What issues 3 and 4 allow on top of `python -c pass`."""


def once(command: list[str], folder: Path) -> tuple[float, float]:
    """Milliseconds of one run: by the clock, and of the processor, which a busy machine changes less."""
    before, start = resource.getrusage(resource.RUSAGE_CHILDREN), perf_counter()
    done = subprocess.run(command, cwd=folder, capture_output=True, check=False)
    took, after = perf_counter() - start, resource.getrusage(resource.RUSAGE_CHILDREN)
    if done.returncode not in {0, 1}:
        raise RuntimeError(done.stderr.decode())
    used = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return took * 1000, used * 1000


def medians(runs: int = RUNS) -> dict[str, tuple[float, float]]:
    """The medians of the runs of each command, as `once` gives them; commands take turns: all see the same machine."""
    import cta_analytics

    compileall.compile_dir(str(Path(cta_analytics.__file__).parent), quiet=2)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "cta.toml").write_text(CONTRACT, encoding="utf-8")
        html = next(iter(pages(20)))[1]
        (folder / "page.html").write_text(html, encoding="utf-8")
        commands = {
            "python -c pass": [sys.executable, "-c", "pass"],
            "cta parse": [*CTA, "parse", "--format", "json", URL],
            "cta lint": [*CTA, "lint", "--format", "json", "page.html"],
        }
        taken: dict[str, list[tuple[float, float]]] = {name: [] for name in commands}
        for number in range(runs + 1):
            for name, command in commands.items():
                took = once(command, folder)
                # The first run fills the caches of the file system.
                if number:
                    taken[name].append(took)
    return {
        name: (median(wall for wall, _ in values), median(used for _, used in values)) for name, values in taken.items()
    }


def lines() -> list[str]:
    """The medians, and what each command takes on top of the empty interpreter."""
    found = medians()
    wall, used = found["python -c pass"]
    shown = [f"python -c pass   {wall:6.0f} ms, {used:4.0f} ms of the processor ({RUNS} runs, {os.cpu_count()} cores)"]
    for name, bar in BARS_MS.items():
        more, more_used = found[name][0] - wall, found[name][1] - used
        shown.append(f"{name:15}  {more:+6.0f} ms, {more_used:+4.0f} ms of the processor; allowed +{bar} ms")
    return shown


if __name__ == "__main__":
    print("\n".join(lines()))
