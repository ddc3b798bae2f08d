"""The verdict depends on the tree, never on the clock."""

import ast
import json
import subprocess
import sys
from pathlib import Path

import pytest
from tests.lint.repository import commit

from cta_analytics.lint.example import STORE, query

SOURCE = Path(__file__).parents[2] / "src" / "cta_analytics"
READS_THE_CLOCK = {"now", "today", "utcnow", "time", "time_ns", "localtime", "gmtime", "monotonic"}
LATER = """
import datetime, sys, time
YEARS = 2 * 366 * 86400
then, then_ns = time.time, time.time_ns
time.time = lambda: then() + YEARS
time.time_ns = lambda: then_ns() + YEARS * 10**9
class Date(datetime.date):
    @classmethod
    def today(cls):
        return datetime.date.fromtimestamp(time.time())
class DateTime(datetime.datetime):
    @classmethod
    def now(cls, tz=None):
        return datetime.datetime.fromtimestamp(time.time(), tz)
datetime.date, datetime.datetime = Date, DateTime
"""


@pytest.mark.parametrize("room", ["urls", "pages", "links", "lint"])
def test_nothing_on_the_path_of_lint_asks_for_the_time(room):
    for file in sorted((SOURCE / room).rglob("*.py")):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            called = getattr(node, "func", None)
            name = called.attr if isinstance(called, ast.Attribute) else getattr(called, "id", None)
            assert name not in READS_THE_CLOCK, f"{file}:{node.lineno}"


def bytes_of(folder: Path, clock: str) -> bytes:
    program = f"{clock}\nfrom cta_analytics.cli import run\nrun()"
    command = [sys.executable, "-c", program, "lint", "--format", "json"]
    return subprocess.run(command, cwd=folder, capture_output=True, check=False).stdout


def test_two_years_on_the_same_tree_gives_the_same_bytes_and_the_next_commit_others(site):
    text = f"[x]({STORE}?{query('utm_source')}) <!-- cta: ignore[UTM001] mended until=2027-05-31 -->"
    site.write({"answers/quiet-kettle.md": text})
    commit(site.root, "2027-01-15")
    first = bytes_of(site.root, "")
    assert json.loads(first)["summary"] | {"errors": 0, "suppressed": 1} == json.loads(first)["summary"]
    assert bytes_of(site.root, LATER) == first
    commit(site.root, "2027-06-01")
    later = bytes_of(site.root, "")
    assert [finding["code"] for finding in json.loads(later)["findings"]] == ["UTM001", "CFG002"]
    assert bytes_of(site.root, LATER) == later
