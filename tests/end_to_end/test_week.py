"""The weekly run on the sample site: what comes out is what the simulation knows, and a failing input is told."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import duckdb
import pytest
from tests.conftest import Cta

TRUTH = json.loads((Path(__file__).parents[2] / "sample_data" / "truth.json").read_text(encoding="utf-8"))


def rows(folder: Path, sql: str) -> list[tuple[object, ...]]:
    with duckdb.connect(str(folder / "cta.duckdb"), read_only=True) as connection:
        return connection.execute(sql).fetchall()


def test_every_line_of_every_log_is_accounted_for(finished_demo: Path) -> None:
    found = rows(finished_demo, "SELECT file, lines, pageviews, clicks, other, rejected, already_seen FROM batches")
    expected = []
    for name, file in TRUTH["files"].items():
        other = file["submits"] + file["no_request"] + file["other"]
        expected.append((f"logs/{name}", file["lines"], file["pageviews"], file["clicks"], other, file["broken"], 0))
    assert sorted(found) == sorted(expected)


def test_views_and_clicks_of_every_answer_and_week_are_those_of_the_simulation(finished_demo: Path) -> None:
    columns = (
        "views, visitor_days, amazon_clicks, product_clicks, other_clicks, clicking_visitors, bot_views, bot_clicks"
    )
    found = {
        (answer, week): tuple(values)
        for answer, week, *values in rows(finished_demo, f"SELECT answer, iso_week, {columns} FROM answer_weeks")
    }
    wrong = []
    for answer, known in TRUTH["answers"].items():
        for week, truth in known["weeks"].items():
            expected = (
                truth["views"],
                truth["visitor_days"],
                truth["amazon_clicks"],
                truth["product_clicks"],
                truth["other_clicks"],
                truth["clicking_visitor_days"],
                truth["bot_views"],
                truth["bot_clicks"] + truth["quiet_burst_clicks"],
            )
            if found.get((answer, week), (0,) * 8) != expected:
                wrong.append((answer, week, found.get((answer, week)), expected))
    assert wrong == []


def test_who_saw_the_clicks_of_each_week_and_who_lost_them_is_known(finished_demo: Path) -> None:
    names = ("via_beacon", "via_redirect", "same_click")
    found = rows(
        finished_demo,
        "SELECT iso_week, count(*) FILTER (via = 'beacon' AND is_counted), count(*) FILTER (via = 'redirect' AND is_counted), "
        "count(*) FILTER (uncounted_reason = 'same_click') FROM clicks GROUP BY iso_week ORDER BY iso_week",
    )
    known = sorted(TRUTH["clicks_by_week"].items())
    assert found == [(week, *(truth.get(name, 0) for name in names)) for week, truth in known]


def test_forged_beacons_are_kept_and_not_counted(finished_demo: Path) -> None:
    found = rows(finished_demo, "SELECT uncounted_reason, count(*) FROM clicks WHERE url LIKE '%.invalid/%' GROUP BY 1")
    assert found == [("foreign_target", 4)]


def test_what_amazon_reported_is_there_to_the_cent(finished_demo: Path) -> None:
    found = rows(
        finished_demo,
        "SELECT iso_week, sum(sales_minor), sum(clicks_through) FROM answer_conversions GROUP BY 1 ORDER BY 1",
    )
    expected = {}
    for weeks in TRUTH["amazon"]["ad_group_weeks"].values():
        for week, figures in weeks.items():
            sales, clicks = expected.get(week, (0, 0))
            expected[week] = (sales + figures["sales_minor"], clicks + figures["clicks_through"])
    assert {week: (int(sales), int(clicks)) for week, sales, clicks in found} == expected


def test_a_second_run_changes_nothing(demo: Path, cta: Cta) -> None:
    before = (demo / "reports" / "2026-W45.html").read_bytes()
    facts = "SELECT * FROM answer_days ORDER BY ALL"
    known = rows(demo, facts)
    result = cta("run", cwd=demo)
    assert result.returncode == 0, result.stderr
    assert rows(demo, facts) == known
    assert rows(demo, "SELECT count(*) FROM batches") == [(len(TRUTH["files"]),)]
    assert (demo / "reports" / "2026-W45.html").read_bytes() == before


@pytest.mark.parametrize(
    ("spoil", "message"),
    [
        (lambda demo: (demo / "logs" / "access.log.zz").write_bytes(b"\x7fELF\0\0" * 500), "logs/access.log.zz: "),
        (
            lambda demo: (demo / "conversions" / "attribution-z.json").write_text("{"),
            "conversions/attribution-z.json: ",
        ),
        (lambda demo: shutil.rmtree(demo / "site"), "site"),
    ],
    ids=["a log", "a report of Amazon", "the pages"],
)
def test_a_failing_input_does_not_stop_the_rest(spoil: object, message: str, demo: Path, cta: Cta) -> None:
    assert callable(spoil)
    spoil(demo)
    result = cta("run", cwd=demo)
    assert result.returncode == 2
    errors = [line for line in result.stderr.splitlines() if line.startswith("cta: ")]
    assert len(errors) == 1
    assert message in errors[0]
    report = Path(result.stdout.strip())
    assert report == demo / "reports" / "2026-W45.html"
    text = report.read_text(encoding="utf-8")
    assert message.rstrip(": ") in text
    assert "2026" in text.split('role="alert"')[1][:2000]


def test_run_needs_a_contract(tmp_path: Path, cta: Cta) -> None:
    result = cta("run", cwd=tmp_path)
    assert result.returncode == 2
    assert result.stderr.startswith("cta: no cta.toml here or in a folder above; ")


def test_the_demo_does_not_write_into_a_folder_of_somebody_else(tmp_path: Path, cta: Cta) -> None:
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "letter.txt").write_text("dear")
    result = cta("demo", "--out", "mine", cwd=tmp_path)
    assert result.returncode == 2
    assert result.stderr == "cta: mine: holds something else than a demo; name another folder with --out\n"
    assert [file.name for file in (tmp_path / "mine").iterdir()] == ["letter.txt"]
