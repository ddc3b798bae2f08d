"""`cta ingest`, `cta batches`, `cta rejects` as people and cron meet them."""

from __future__ import annotations

import csv
import io
import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from tests.conftest import Cta
from tests.events.conftest import CONTRACT, beacon, line


@pytest.fixture
def root(tmp_path: Path) -> Path:
    (tmp_path / "cta.toml").write_text(CONTRACT)
    (tmp_path / "access.log").write_text(line() + beacon() + line("/css/site.css") + "rubbish from 192.0.2.9\n")
    return tmp_path


def test_the_json_that_is_documented(cta: Cta, root: Path) -> None:
    done = cta("ingest", "--format", "json", "access.log", cwd=root)
    assert (done.returncode, done.stderr) == (0, "")
    first = {
        "batch_id": 1, "file": "access.log", "log_format": "combined", "lines": 4, "pageviews": 1, "clicks": 1, "impressions": 0,
        "other": 1, "rejected": 1, "already_seen": 0,
    }  # fmt: skip
    assert json.loads(done.stdout) == [first]
    assert list(json.loads(done.stdout)[0]) == list(first)
    again = json.loads(cta("ingest", "--format", "json", "access.log", cwd=root).stdout)
    nothing = dict.fromkeys(("pageviews", "clicks", "impressions", "other", "rejected"), 0)
    assert again == [first | nothing | {"batch_id": None, "already_seen": 4}]


def test_the_table_says_what_the_rest_was(cta: Cta, root: Path) -> None:
    done = cta("ingest", "access.log", cwd=root)
    assert done.returncode == 0
    assert "access.log   combined" in done.stdout
    assert done.stdout.rstrip().endswith("other: 1 asset")


def test_without_a_name_the_logs_of_the_contract_are_meant_from_anywhere_below(cta: Cta, root: Path) -> None:
    (root / "cta.toml").write_text(CONTRACT + '[logs]\nfiles = ["access.log*"]\n')
    (root / "access.log.1").write_text(line("/answers/b"))
    (root / "below").mkdir()
    done = json.loads(cta("ingest", "--format", "json", cwd=root / "below").stdout)
    assert [(batch["file"], batch["pageviews"]) for batch in done] == [("access.log", 1), ("access.log.1", 1)]
    assert (root / "cta.duckdb").exists()


def test_standard_input(cta: Cta, root: Path) -> None:
    done = cta("ingest", "--format", "json", "-", cwd=root, given=line("/answers/z"))
    assert [(batch["file"], batch["pageviews"]) for batch in json.loads(done.stdout)] == [("-", 1)]


BAD = [
    (["missing.log"], "cta: missing.log: no such file; name a log, a folder of logs, or - for standard input"),
    (["empty.log"], "cta: empty.log: empty; there is no line in it"),
    (["image.png"], "cta: image.png: binary, not a log; name the log as text or as gzip, bzip2 or xz of it"),
    (["folder"], "cta: folder: a folder without a file; name a folder that holds logs"),
    (["other"], "cta: no log among 1 files: other/notes.txt: no known log format"),
    (["half.gz"], "cta: half.gz: the packed data is cut off or damaged"),
    (
        ["caddy.log"],
        'cta: caddy.log: no known log format fits; its first line is "{"ts": 1',
    ),
    (["--log-format", "common", "access.log"], 'cta: access.log: none of its 4 lines is of the format "common"'),
    (
        ["--log-format", "nginx", "access.log"],
        'cta: "nginx" is no log format; known are alb, caddy, ',
    ),
    ([], "cta: no log named; name one (`cta ingest access.log`), or set [logs] files in cta.toml"),
]


@pytest.mark.parametrize("known", [False, True], ids=["new", "with a warehouse"])
@pytest.mark.parametrize(("arguments", "message"), BAD)
def test_bad_input_is_one_line_and_changes_nothing(
    cta: Cta, root: Path, arguments: list[str], message: str, known: bool
) -> None:
    import gzip

    (root / "empty.log").touch()
    (root / "image.png").write_bytes(b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" * 20)
    (root / "folder").mkdir()
    (root / "other").mkdir()
    (root / "other" / "notes.txt").write_text("These are notes.\n")
    (root / "half.gz").write_bytes(gzip.compress(line().encode() * 1000)[:60])
    (root / "caddy.log").write_text('{"ts": 1, "request": {}}\n')
    warehouse = root / "cta.duckdb"
    if known:
        (root / "known.log").write_text(line("/answers/known"))
        assert cta("ingest", "known.log", cwd=root).returncode == 0
    before = warehouse.read_bytes() if known else None
    done = cta("ingest", "--format", "json", *arguments, cwd=root)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith(message)
    assert done.stderr.count("\n") == 1
    assert (warehouse.read_bytes() if warehouse.exists() else None) == before


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_an_unreadable_file(cta: Cta, root: Path) -> None:
    (root / "access.log").chmod(0)
    done = cta("ingest", "access.log", cwd=root)
    assert (done.returncode, done.stderr) == (
        2, "cta: access.log: cannot be read (Permission denied); check the file and its permissions\n",
    )  # fmt: skip


def test_one_bad_file_among_good_ones(cta: Cta, root: Path) -> None:
    (root / "bad.log").write_text("not a log\n")
    done = cta("ingest", "--format", "json", "bad.log", "access.log", "gone.log", cwd=root)
    assert done.returncode == 2
    assert [batch["file"] for batch in json.loads(done.stdout)] == ["access.log"]
    assert [text.split(": ")[1] for text in done.stderr.splitlines()] == ["gone.log", "bad.log"]
    assert json.loads(cta("ingest", "--format", "json", "access.log", cwd=root).stdout)[0]["already_seen"] == 4


def test_control_characters_of_a_log_do_not_reach_the_terminal(cta: Cta, root: Path) -> None:
    (root / "evil.log").write_text("\x1b]0;owned\x07 not a log\n")
    done = cta("ingest", "evil.log", cwd=root)
    assert "\x1b" not in done.stderr
    assert "\\x1b]0;owned\\x07" in done.stderr
    (root / "more.log").write_text(line() + line("/answers/b") + "\x1b[31mrubbish\n")
    cta("ingest", "more.log", cwd=root)
    shown = cta("rejects", cwd=root).stdout
    assert "\x1b" not in shown
    assert "\\x1b[31mrubbish" in shown


def test_ctrl_c_leaves_the_warehouse_as_it_was(cta: Cta, root: Path) -> None:
    assert cta("ingest", "access.log", cwd=root).returncode == 0
    before = (root / "cta.duckdb").read_bytes()
    # A pipe that stays open holds the ingestion in the middle of a file.
    reading, writing = os.pipe()
    program = [sys.executable, "-c", "from cta_analytics.cli import run; run()", "ingest", "-"]
    process = subprocess.Popen(
        program, cwd=root, stdin=reading, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )
    os.close(reading)
    os.write(writing, line("/answers/b").encode() * 500)
    lock = root / ".cta" / "lock"
    deadline = time.monotonic() + 30
    while not lock.read_text() and time.monotonic() < deadline:
        time.sleep(0.02)
    time.sleep(0.5)
    process.send_signal(signal.SIGINT)
    stdout, stderr = process.communicate(timeout=30)
    os.close(writing)
    assert (process.returncode, stdout) == (2, "")
    assert stderr.startswith("cta: interrupted")
    assert stderr.count("\n") == 1
    assert (root / "cta.duckdb").read_bytes() == before
    (root / "b.log").write_text(line("/answers/b"))
    assert json.loads(cta("ingest", "--format", "json", "b.log", cwd=root).stdout)[0]["pageviews"] == 1


def test_a_dry_run_shows_what_each_column_became_and_stores_nothing(cta: Cta, root: Path) -> None:
    done = cta("ingest", "--dry-run", "--format", "json", "access.log", cwd=root)
    assert done.returncode == 0
    (found,) = json.loads(done.stdout)
    assert (found["file"], found["log_format"]) == ("access.log", "combined")
    assert [(row["line"], row["method"], row["status"], row["rejected"]) for row in found["rows"]] == [
        (1, "GET", 200, None),
        (2, "POST", 204, None),
        (3, "GET", 200, None),
        (4, None, None, "it does not begin with an address and a time in brackets"),
    ]
    assert found["rows"][0]["occurred_at"] == "2026-09-07T13:00:00+00:00"
    assert (found["rows"][0]["host"], found["rows"][0]["request_id"]) == (None, None)
    table = cta("ingest", "--dry-run", "access.log", cwd=root).stdout
    assert "combined" in table
    assert "request_id" not in table
    assert sorted(file.name for file in root.iterdir()) == ["access.log", "cta.toml"]
    assert cta("ingest", "--dry-run", "gone.log", cwd=root).returncode == 2


def test_batches_and_rejects(cta: Cta, root: Path) -> None:
    for command in ("batches", "rejects"):
        done = cta(command, cwd=root)
        assert (done.returncode, done.stdout) == (2, "")
        assert "no warehouse yet" in done.stderr
    cta("ingest", "access.log", cwd=root)
    (root / "b.log").write_text(line("/answers/b"))
    cta("ingest", "b.log", cwd=root)
    batches = json.loads(cta("batches", "--format", "json", cwd=root).stdout)
    assert [(batch["batch_id"], batch["lines"], batch["other_reasons"]) for batch in batches] == [
        (2, 1, {}),
        (1, 4, {"asset": 1}),
    ]
    rows = list(csv.DictReader(io.StringIO(cta("rejects", "--format", "csv", cwd=root).stdout)))
    assert rows == [
        {
            "batch_id": "1", "file": "access.log", "line_number": "4",
            "reason": "it does not begin with an address and a time in brackets", "line": "rubbish from x.x.x.x",
        }
    ]  # fmt: skip
    assert json.loads(cta("rejects", "--batch", "2", "--format", "json", cwd=root).stdout) == []


def test_a_format_string_reads_a_log_and_is_remembered(cta: Cta, root: Path) -> None:
    text = line("/answers/a").rstrip("\n")
    fields = '%h %l %u %t "%r" %>s %b "%{Referer}i" "%{User-Agent}i" %v'
    (root / "own.log").write_text(f"{text} www.example.com\n")
    done = cta("ingest", "--dry-run", "--format", "json", "--log-format", fields, "own.log", cwd=root)
    (found,) = json.loads(done.stdout)
    assert (found["log_format"], found["rows"][0]["target"]) == (fields, "/answers/a")
    (batch,) = json.loads(cta("ingest", "--format", "json", "--log-format", fields, "own.log", cwd=root).stdout)
    assert (batch["log_format"], batch["pageviews"]) == (fields, 1)
    with (root / "own.log").open("a") as file:
        file.write(f"{text.replace('/answers/a', '/answers/b')} www.example.com\n")
    (batch,) = json.loads(cta("ingest", "--format", "json", "own.log", cwd=root).stdout)
    assert (batch["log_format"], batch["pageviews"], batch["already_seen"]) == (fields, 1, 1)


def test_a_dry_run_follows_the_fields_that_a_log_names(cta: Cta, root: Path) -> None:
    rows = [
        "#Software: IIS",
        "#Fields: date time c-ip cs-method cs-uri-stem sc-status",
        "2026-09-07 13:00:00 192.0.2.7 GET /a 200",
    ]
    (root / "u_ex.log").write_text(
        "\r\n".join(
            [*rows, "#Fields: sc-status cs-uri-stem cs-method c-ip time date", "304 /b GET ::1 13:00:01 2026-09-07", ""]
        )
    )
    (found,) = json.loads(cta("ingest", "--dry-run", "--format", "json", "u_ex.log", cwd=root).stdout)
    assert found["log_format"] == "w3c"
    assert [(row["line"], row["address"], row["target"], row["status"]) for row in found["rows"]] == [
        (3, "192.0.2.7", "/a", 200), (5, "::1", "/b", 304),
    ]  # fmt: skip


def test_many_files_that_brought_nothing_are_told_in_a_line(cta: Cta, root: Path) -> None:
    (root / "logs").mkdir()
    for number in range(12):
        (root / "logs" / f"{number}.log").write_text(line(f"/answers/{number}"))
    assert cta("ingest", "logs", cwd=root).stdout.count("combined") == 12
    assert cta("ingest", "logs", cwd=root).stdout == "12 files brought nothing new (12 lines)\n"
    (root / "logs" / "0.log").write_text(line("/answers/0") + line("/answers/z"))
    assert cta("ingest", "logs", cwd=root).stdout.count("combined") == 1
