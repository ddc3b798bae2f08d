"""`cta lint` beside linkinator and LinkChecker on the same pages, with all network checks off."""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
from pathlib import Path
from time import sleep

from benchmarks import pages
from benchmarks.scan import CTA, WORK, Cost, best, cost

FIGURES = Path(__file__).with_name("checkers.md")
COUNT = 1_000
PORT = 8765
START = f"http://127.0.0.1:{PORT}/"
# Neither follows a link that leaves the site: linkinator is told to skip them, LinkChecker does not by itself; and it waits
# between two requests unless both its configuration and a header of the server say that it need not.
# Python's own server keeps five connections waiting, and the peers open more.
SERVER = """\
daemon off; worker_processes 1; pid {folder}/nginx.pid; error_log /dev/null;
events {{ }}
http {{ access_log off; default_type text/html; add_header LinkChecker unhurried always;
  server {{ listen 127.0.0.1:{port}; root {folder}/site; location / {{ try_files $uri $uri.html $uri/index.html =404; }} }} }}
"""
UNHURRIED = "[checking]\nmaxrequestspersecond=100000\nthreads=10\n"
PEERS = {
    "linkinator": ["linkinator", START, "--recurse", "--silent", "--skip", r"^https?://(?!127\.0\.0\.1)"],
    "LinkChecker": ["linkchecker", "--no-status", "--no-warnings", "--config=linkchecker.ini", START],
}


def find(name: str, given: str | None) -> str:
    """The program of a peer: as given, else on the PATH."""
    found = given or shutil.which(name)
    if not found:
        raise SystemExit(
            f"{name} is not installed: `npm install linkinator` and `pip install linkchecker`, then name them"
        )
    return found


def index_of(folder: Path) -> None:
    """A page that links to all others: both peers walk from one."""
    site = folder / "site"
    names = sorted(file.relative_to(site).as_posix() for file in site.rglob("*.html") if file.name != "index.html")
    links = "".join(f'<li><a href="/{name}">{name}</a>\n' for name in names)
    (site / "index.html").write_text(f"<!doctype html><title>All pages</title><ul>{links}</ul>\n", encoding="utf-8")


def report(count: int, programs: dict[str, str]) -> str:
    """The figures as Markdown."""
    folder = pages.write(WORK / f"checked-{count}", count)
    index_of(folder)
    costs: dict[str, Cost] = {"cta lint": best([*CTA, "lint", "--quiet"], folder, 3)}
    (folder / "linkchecker.ini").write_text(UNHURRIED, encoding="utf-8")
    (folder / "nginx.conf").write_text(SERVER.format(port=PORT, folder=folder), encoding="utf-8")
    server = subprocess.Popen([find("nginx", None), "-c", str(folder / "nginx.conf"), "-p", str(folder)])
    try:
        sleep(1)
        for name, command in PEERS.items():
            costs[name] = cost([programs[name], *command[1:]], folder)
    finally:
        server.terminate()
    lint = costs["cta lint"]
    lines = [
        "# Lint beside link checkers",
        "",
        (
            f"{count:,} HTML pages (`benchmarks/pages.py`), {os.cpu_count()} cores, Python {sys.version.split()[0]}; network "
            "checks off: the peers read the pages from nginx on this machine and follow no link that leaves it. "
            "`python -m benchmarks.checkers` makes this page; the peers are installed beside it and are no part of the project."
        ),
        "",
        "| | seconds | seconds of the processor | times `cta lint` by the clock |",
        "|---|---:|---:|---:|",
        *(f"| {name} | {one.wall:.1f} | {one.cpu:.1f} | {one.wall / lint.wall:.1f} |" for name, one in costs.items()),
    ]
    return "\n".join(lines) + "\n"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pages", type=int, default=COUNT)
    parser.add_argument("--linkinator")
    parser.add_argument("--linkchecker")
    options = parser.parse_args()
    programs = {
        "linkinator": find("linkinator", options.linkinator),
        "LinkChecker": find("linkchecker", options.linkchecker),
    }
    text = report(options.pages, programs)
    if options.pages == COUNT:
        FIGURES.write_text(text, encoding="utf-8")
    print(text, end="")


if __name__ == "__main__":
    main()
