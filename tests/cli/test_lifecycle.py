"""`cta undo`, `cta rejects --retry`, `cta forget`, `cta bots`, `cta upgrade` as people and cron meet them."""

from __future__ import annotations

import csv
import fcntl
import io
import json
import os
import pty
import subprocess
import sys
from pathlib import Path

import duckdb
import pytest
from tests.conftest import Cta
from tests.events.conftest import CONTRACT, GOOGLEBOT, beacon, line

from cta_analytics.events import bots
from cta_analytics.warehouse import schema

CHANGING = (
    ["undo", "1"], ["rejects", "--retry"], ["forget", "--before", "2026-09-07", "--yes"], ["bots", "--rejudge", "--yes"], ["upgrade"],
)  # fmt: skip


@pytest.fixture
def root(tmp_path: Path, cta: Cta) -> Path:
    (tmp_path / "cta.toml").write_text(CONTRACT)
    (tmp_path / "a.log").write_text(
        line("/answers/old", "06/Sep/2026:12:00:00 -0500")
        + line(agent=GOOGLEBOT)
        + beacon()
        + "rubbish from 192.0.2.9\n"
    )
    assert cta("ingest", "a.log", cwd=tmp_path).returncode == 0
    return tmp_path


def _views(cta: Cta, root: Path) -> int:
    done = cta("query", "--sql", "SELECT count(*) AS views FROM pageviews", "--format", "json", cwd=root)
    return int(json.loads(done.stdout)[0]["views"])


def _on_a_terminal(root: Path, answer: str, *arguments: str) -> tuple[int, str]:
    """The exit code and what a person sees who answers."""
    here, there = pty.openpty()
    program = [sys.executable, "-c", "from cta_analytics.cli import run; run()", *arguments]
    process = subprocess.Popen(
        program, cwd=root, stdin=there, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    )
    os.close(there)
    os.write(here, f"{answer}\n".encode())
    seen, _ = process.communicate(timeout=60)
    os.close(here)
    return process.returncode, seen


@pytest.mark.parametrize("arguments", CHANGING, ids=lambda arguments: arguments[0])
def test_without_a_warehouse_nothing_is_made(cta: Cta, tmp_path: Path, arguments: list[str]) -> None:
    (tmp_path / "cta.toml").write_text(CONTRACT)
    done = cta(*arguments, cwd=tmp_path)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith(f"cta: {tmp_path / 'cta.duckdb'}: no warehouse yet; make one with")
    assert done.stderr.count("\n") == 1
    assert [file.name for file in tmp_path.iterdir()] == ["cta.toml"]


@pytest.mark.parametrize("arguments", CHANGING, ids=lambda arguments: arguments[0])
def test_a_second_writer_is_told_who_writes(cta: Cta, root: Path, arguments: list[str]) -> None:
    before = (root / "cta.duckdb").read_bytes()
    with (root / ".cta" / "lock").open("r+") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        lock.write("process 4711 (cta ingest)\n")
        lock.flush()
        done = cta(*arguments, "--wait", "0.1", cwd=root)
    assert done.returncode == 2
    assert done.stderr.endswith("process 4711 (cta ingest) is writing; try again, or wait for it with --wait 60\n")
    assert done.stderr.count("\n") == 1
    assert (root / "cta.duckdb").read_bytes() == before


@pytest.mark.parametrize(
    "arguments", [*CHANGING, ["batches"], ["ingest", "a.log"], ["run"]], ids=lambda arguments: arguments[0]
)
def test_an_older_warehouse_is_to_be_upgraded_first(cta: Cta, root: Path, arguments: list[str]) -> None:
    for file in ("cta.duckdb", ".cta/work.duckdb"):
        with duckdb.connect(str(root / file)) as connection:
            connection.execute("UPDATE internal.meta SET value = '1' WHERE key = 'schema_version'")
            connection.execute("DROP TABLE internal.repeats")
            connection.execute(
                "CREATE TABLE internal.repeats (source_id INTEGER, occurred_at TIMESTAMP, fingerprint BIGINT, copies BIGINT)"
            )
            connection.execute("DROP VIEW internal.next_ids")
            connection.execute("ALTER TABLE internal.sources DROP COLUMN is_rewound")
    done = cta(*arguments, cwd=root)
    if arguments == ["upgrade"]:
        assert done.returncode == 0, done.stderr
        assert _views(cta, root) == 2
        assert cta("ingest", "a.log", cwd=root).returncode == 0
        return
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.endswith(f"schema {schema.SCHEMA_VERSION}); run `cta upgrade`\n")
    assert done.stderr.count("\n") == 1


def test_undo(cta: Cta, root: Path) -> None:
    (root / "b.log").write_text(line(agent=GOOGLEBOT) + line("/answers/b"))
    assert cta("ingest", "b.log", cwd=root).returncode == 0
    done = cta("undo", "1", "--format", "json", cwd=root)
    assert json.loads(done.stdout) == [
        {
            "batch_id": 1, "file": "a.log", "lines": 4, "pageviews": 2, "clicks": 1, "impressions": 0, "other": 0, "rejected": 1,
            "already_seen": 0, "handed_over": 1,
        }
    ]  # fmt: skip
    assert (done.returncode, done.stderr) == (0, "1 lines of batch 1 are in b.log too: they are batch 2's now\n")
    assert _views(cta, root) == 2
    again = cta("undo", "1", "2", cwd=root)
    assert (again.returncode, again.stdout) == (2, "")
    assert again.stderr.startswith("cta: batch 1: taken back on ")
    assert again.stderr.count("\n") == 1
    assert (
        cta("undo", "9", cwd=root).stderr == "cta: batch 9: no such batch; `cta batches` lists those that are there\n"
    )
    assert cta("undo", "--quiet", "2", cwd=root).stderr == ""
    assert _views(cta, root) == 0


def test_rejects_that_are_tried_again(cta: Cta, root: Path) -> None:
    done = cta("rejects", "--retry", "--format", "json", cwd=root)
    assert json.loads(done.stdout) == [
        {"batch_id": 1, "file": "a.log", "read_from": "log", "taken_in": 0, "rejected": 1}
    ]
    assert (done.returncode, done.stderr) == (0, "0 lines taken in, 1 still not understood\n")
    assert "add --retry" in cta("rejects", "a.log", cwd=root).stderr
    assert cta("rejects", "--retry", "gone.log", cwd=root).returncode == 2


def test_forget(cta: Cta, root: Path) -> None:
    what = {
        "before": "2026-09-07", "first_day": "2026-09-06", "last_day": "2026-09-06", "pageviews": 1, "clicks": 0, "impressions": 0,
        "sessions": 1, "rejected": 0, "lines": 1,
    }  # fmt: skip
    done = cta("forget", "--before", "2026-09-07", "--dry-run", "--format", "json", cwd=root)
    assert (done.returncode, json.loads(done.stdout), done.stderr) == (0, [what], "nothing was deleted (--dry-run)\n")
    unasked = cta("forget", "--before", "2026-09-07", cwd=root)
    assert (unasked.returncode, unasked.stderr) == (
        2, "cta: nobody can be asked here whether to delete this; say so with --yes\n",
    )  # fmt: skip
    assert cta("forget", "--before", "yesterday", cwd=root).stderr == (
        'cta: --before "yesterday" is no date; write one like 2026-09-01\n'
    )
    assert "lies in the future" in cta("forget", "--before", "2999-01-01", "--yes", cwd=root).stderr
    assert _on_a_terminal(root, "n", "forget", "--before", "2026-09-07")[1].endswith("nothing was deleted\n")
    assert _views(cta, root) == 2
    code, seen = _on_a_terminal(root, "y", "forget", "--before", "2026-09-07")
    assert code == 0
    assert seen.endswith("for good? [y/N]: forgot everything from before 2026-09-07\n")
    assert _views(cta, root) == 1


def test_bots(cta: Cta, root: Path) -> None:
    rows = list(csv.DictReader(io.StringIO(cta("bots", "--format", "csv", cwd=root).stdout)))
    assert [(row["class"], row["user_agents"], row["pageviews"], row["clicks"]) for row in rows] == [
        ("human", "1", "1", "1"), ("crawler", "1", "1", "0"),
    ]  # fmt: skip
    assert json.loads(cta("bots", "--class", "monitor", "--format", "json", cwd=root).stdout) == []
    assert cta("bots", "--class", "robot", cwd=root).stderr.startswith(
        'cta: --class "robot" is none; known are human, '
    )
    same = cta("bots", "--rejudge", "--format", "json", cwd=root)
    assert (json.loads(same.stdout), same.stderr) == (
        [], f"0 user agents are of another class; lists: still {bots.list_version()}; no figure changes\n",
    )  # fmt: skip
    with duckdb.connect(str(root / ".cta" / "work.duckdb")) as connection:
        connection.execute("UPDATE internal.user_agents SET class = 'human', reason = NULL, list_version = 'list 1'")
    change = [
        {"iso_week": "2026-W37", "pageviews_before": 1, "pageviews_after": 0, "clicks_before": 1, "clicks_after": 1}
    ]
    looked = cta("bots", "--rejudge", "--format", "json", cwd=root)
    assert json.loads(looked.stdout) == change
    assert looked.stderr.splitlines() == [
        f"1 user agents are of another class; lists: from list 1 to {bots.list_version()}; figures change in 1 weeks",
        "nothing was changed; --yes applies it",
    ]
    assert _on_a_terminal(root, "n", "bots", "--rejudge")[1].endswith("nothing was changed\n")
    done = cta("bots", "--rejudge", "--yes", "--format", "json", "--quiet", cwd=root)
    assert (json.loads(done.stdout), done.stderr) == (change, "")
    assert json.loads(cta("bots", "--rejudge", "--format", "json", cwd=root).stdout) == []


def test_upgrade_of_a_warehouse_that_is_up_to_date(cta: Cta, root: Path) -> None:
    done = cta("upgrade", cwd=root)
    assert (done.returncode, done.stdout) == (0, "")
    assert done.stderr == f"the warehouse has schema {schema.SCHEMA_VERSION}, which is this version's; nothing to do\n"
    assert json.loads(cta("upgrade", "--format", "json", "--quiet", cwd=root).stdout) == [
        {"schema_before": schema.SCHEMA_VERSION, "schema_after": schema.SCHEMA_VERSION, "migrations": [], "copy": None}
    ]
