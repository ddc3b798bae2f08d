"""`cta report`: which period, where to, and what it says when it cannot."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from tests.conftest import Cta


def test_the_default_is_the_last_complete_week_of_the_data(demo: Path, cta: Cta) -> None:
    result = cta("report", cwd=demo)
    assert (result.returncode, result.stderr) == (0, "")
    assert result.stdout == f"{demo / 'reports' / '2026-W45.html'}\n"


def test_it_writes_the_same_bytes_again(demo: Path, cta: Cta) -> None:
    before = (demo / "reports" / "2026-W45.html").read_bytes()
    cta("report", "--week", "2026-W45", "--out", "again", cwd=demo)
    assert (demo / "again" / "2026-W45.html").read_bytes() == before


def test_a_span_of_days(demo: Path, cta: Cta) -> None:
    result = cta("report", "--from", "2026-10-01", "--to", "2026-10-31", "--out", "october", cwd=demo)
    assert result.returncode == 0
    assert [file.name for file in (demo / "october").iterdir()] == ["2026-10-01_2026-10-31.html"]


def test_a_report_that_was_made_is_remembered(demo: Path, cta: Cta) -> None:
    cta("report", "--week", "2026-W44", cwd=demo)
    sql = "SELECT period_from, file, len(batches) > 0, len(imports) > 0 FROM report_runs ORDER BY run_id DESC LIMIT 1"
    result = cta("query", "--sql", sql, "--format", "csv", cwd=demo)
    assert result.stdout.splitlines()[1] == "2026-10-26,reports/2026-W44.html,True,True"


def test_a_report_of_before_stands_in_a_folder_of_its_own_with_the_same_bytes(demo: Path, cta: Cta) -> None:
    cta("report", "--week", "2026-W45", cwd=demo)
    before = (demo / "reports" / "2026-W45.html").read_bytes()
    sql = "SELECT strftime(known_at, '%Y-%m-%dT%H:%M:%S.%fZ') FROM report_runs ORDER BY run_id DESC LIMIT 1"
    at = cta("query", "--sql", sql, "--format", "csv", cwd=demo).stdout.splitlines()[1]
    assert cta("undo", "1", cwd=demo).returncode == 0
    cta("report", "--week", "2026-W45", cwd=demo)
    assert (demo / "reports" / "2026-W45.html").read_bytes() != before
    result = cta("report", "--week", "2026-W45", "--as-known-on", at, cwd=demo)
    assert (result.returncode, result.stderr) == (0, "")
    assert Path(result.stdout.strip()).read_bytes() == before
    assert Path(result.stdout.strip()).parent.name == f"as-known-{at[:19].replace('-', '').replace(':', '')}Z"


def test_changes_are_told_in_every_format(demo: Path, cta: Cta) -> None:
    cta("report", "--week", "2026-W45", cwd=demo)
    assert cta("undo", "1", cwd=demo).returncode == 0
    cta("report", "--week", "2026-W45", cwd=demo)
    sql = "SELECT run_id FROM report_runs ORDER BY run_id DESC LIMIT 2"
    after, before = cta("query", "--sql", sql, "--format", "csv", cwd=demo).stdout.splitlines()[1:]
    rows = json.loads(cta("changes", "--between", before, after, "--format", "json", cwd=demo).stdout)
    assert {row["cause"] for row in rows} == {"undone batch"}
    assert next(row["amount"] for row in rows if row["figure"] == "views") < 0
    lines = cta("changes", "--between", before, after, "--format", "csv", cwd=demo).stdout.splitlines()
    assert lines[0] == "at,cause,detail,figure,currency,amount"
    assert len(lines) == len(rows) + 1
    table = cta("changes", "--between", before, after, cwd=demo).stdout
    assert "undone batch" in table
    assert "all" in table
    same = cta("changes", "--between", after, after, cwd=demo)
    assert (same.returncode, same.stdout, same.stderr) == (0, "", "the figures are the same\n")


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--week", "2026-45"], '--week "2026-45": no ISO week; write one like 2026-W45'),
        (["--week", "2026-W45", "--from", "2026-11-02"], "--week and --from, --to exclude each other"),
        (["--from", "2026-11-02"], "--from stands alone"),
        (["--as-known-on", "monday"], '--as-known-on "monday": no date; write one like 2026-11-09'),
        (["--as-known-on", "2020-01-01"], "this warehouse keeps what it knew since"),
        (["--from", "2026-11-08", "--to", "2026-11-02"], "the first day comes after the last"),
    ],
)
def test_a_period_that_is_none_is_said_in_one_line(arguments: list[str], message: str, demo: Path, cta: Cta) -> None:
    result = cta("report", *arguments, cwd=demo)
    assert (result.returncode, result.stdout) == (2, "")
    assert message in result.stderr
    assert result.stderr.count("\n") == 1


def test_without_a_warehouse_it_names_what_makes_one(tmp_path: Path, cta: Cta) -> None:
    result = cta("report", cwd=tmp_path)
    assert result.returncode == 2
    assert "no warehouse yet; make one with `cta ingest LOG`" in result.stderr


def test_a_folder_that_takes_no_file_is_said_in_one_line(demo: Path, cta: Cta) -> None:
    (demo / "taken").write_text("")
    result = cta("report", "--out", "taken", cwd=demo)
    assert (result.returncode, result.stdout, result.stderr.count("\n")) == (2, "", 1)
    assert "choose a folder of yours with --out" in result.stderr


def test_it_writes_what_is_asked_for_and_prints_where(demo: Path, cta: Cta) -> None:
    formats = ["csv", "json", "markdown", "parquet", "xlsx", "html"]
    asked = [word for name in formats for word in ("--format", name)]
    result = cta("report", *asked, "--out", "other", cwd=demo)
    assert (result.returncode, result.stderr) == (0, "")
    names = ["2026-W45-csv", "2026-W45.json", "2026-W45.md", "2026-W45-parquet", "2026-W45.xlsx", "2026-W45.html"]
    assert [Path(line).name for line in result.stdout.splitlines()] == names
    assert sorted(file.name for file in (demo / "other").iterdir() if not file.name.startswith("index")) == sorted(
        names
    )
    assert (demo / "other" / "2026-W45.html").read_bytes() == (demo / "reports" / "2026-W45.html").read_bytes()
    assert "how-often-should-you-sharpen" in (demo / "other" / "2026-W45-csv" / "answers.csv").read_text()


def test_an_unknown_format_is_said_with_the_known_ones(demo: Path, cta: Cta) -> None:
    result = cta("report", "--format", "pdf", cwd=demo)
    assert (result.returncode, result.stdout) == (2, "")
    assert '--format "pdf" is unknown; known are html, csv, json, markdown, parquet, xlsx' in result.stderr
