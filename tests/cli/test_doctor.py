"""`cta doctor`: what is wrong with the tracking, and what is not."""

from __future__ import annotations

import fcntl
import json
from pathlib import Path

import pytest
from tests.conftest import Cta

NO_LINE = {
    "check": "missing_days",
    "subject": "2026-10-14",
    "fact": "no line of this day",
    "remedy": "find the log of these days (a rotation that was not copied, a server that did not log) and ingest it",
}


def test_the_sample_lacks_the_day_that_was_planted(demo: Path, cta: Cta) -> None:
    result = cta("doctor", "--format", "json", cwd=demo)
    assert result.returncode == 1
    assert json.loads(result.stdout) == [NO_LINE]
    table = cta("doctor", cwd=demo)
    assert table.stdout == (
        "missing_days: On which days does the log say nothing at all?\n"
        f"  2026-10-14: no line of this day\n  To do: {NO_LINE['remedy']}.\n\n"
    )
    assert table.stderr.startswith("1 of ")


def test_a_writer_and_open_keys_are_told(demo: Path, cta: Cta) -> None:
    state = demo / ".cta"
    keys = state / "keys"
    mode = keys.stat().st_mode
    keys.chmod(0o755)
    try:
        with (state / "lock").open("r+b") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            found = json.loads(cta("doctor", "--format", "json", cwd=demo).stdout)
    finally:
        keys.chmod(mode)
    assert [one["check"] for one in found] == ["lock", "keys", "missing_days"]
    assert found[0]["fact"].endswith("is writing")


def test_without_a_warehouse_there_is_nothing_to_look_at(tmp_path: Path, cta: Cta) -> None:
    result = cta("doctor", cwd=tmp_path)
    assert (result.returncode, result.stdout) == (2, "")
    assert "no warehouse yet" in result.stderr


@pytest.mark.parametrize("column", ["check", "remedy"])
def test_csv_has_a_row_a_complaint(demo: Path, cta: Cta, column: str) -> None:
    head, row = cta("doctor", "--format", "csv", cwd=demo).stdout.splitlines()
    assert column in head.split(",")
    assert row.startswith("missing_days,2026-10-14,")
