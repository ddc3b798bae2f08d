"""What is passed on holds the figures and nothing of the machinery; the two pages are two, on the paper of the locale."""

from __future__ import annotations

import re
from pathlib import Path

import duckdb
import pytest
from selectolax.lexbor import LexborHTMLParser
from tests.conftest import Cta
from tests.reports.chromium import chromium
from tests.reports.scenes import HOSTILE, filled, hostile
from tests.warehouse_rows import Rows, project

from cta_analytics.errors import CtaError
from cta_analytics.metrics.period import of_week
from cta_analytics.reports import facts, html, pdf
from cta_analytics.warehouse import queries

WEEK = of_week("2026-W45")


@pytest.fixture(scope="module")
def passed_on(finished_demo: Path, tmp_path_factory: pytest.TempPathFactory, cta: Cta) -> str:
    out = tmp_path_factory.mktemp("shared")
    result = cta("report", "--share", "--out", str(out), cwd=finished_demo)
    assert (result.returncode, result.stdout) == (0, f"{out / '2026-W45-shared.html'}\n")
    return (out / "2026-W45-shared.html").read_text(encoding="utf-8")


def _column(folder: Path, sql: str) -> list[str]:
    with duckdb.connect(str(folder / "cta.duckdb"), read_only=True) as connection:
        return [row[0] for row in connection.execute(sql).fetchall()]


def test_no_name_of_a_file_is_passed_on(finished_demo: Path, passed_on: str) -> None:
    names = [
        name
        for view in ("batches", "imports", "links", "pages")
        for name in _column(finished_demo, f"SELECT DISTINCT file FROM {view} WHERE file IS NOT NULL")
    ]
    assert len(names) > 60
    own = (finished_demo / "reports" / "2026-W45.html").read_text(encoding="utf-8")
    assert any(name in own for name in names if name.startswith("logs/"))
    assert any(name in own for name in names if "attribution" in name)
    assert any(name in own for name in names if name.startswith("site/"))
    assert [name for name in names if name in passed_on or Path(name).name in passed_on] == []
    assert str(finished_demo) not in passed_on


def test_no_user_agent_and_no_line_of_a_log_is_passed_on(finished_demo: Path, passed_on: str) -> None:
    agents = _column(finished_demo, "SELECT user_agent FROM user_agents WHERE length(user_agent) > 5")
    assert len(agents) > 20
    lines = [line for line in _column(finished_demo, "SELECT line FROM rejected_lines") if len(line) > 8]
    assert [text for text in (*agents, *lines) if text in passed_on] == []


def test_no_sql_is_passed_on(finished_demo: Path, passed_on: str) -> None:
    own = LexborHTMLParser((finished_demo / "reports" / "2026-W45.html").read_text(encoding="utf-8"))
    shown = LexborHTMLParser(passed_on)
    assert "SELECT" in own.text()
    assert not re.search(r"\b(SELECT|FROM [a-z]|GROUP BY|WHERE)\b|\.sql\b", passed_on)
    parts = {
        line.strip() for name in queries.names("metrics") for line in queries.read("metrics", name).sql.splitlines()
    }
    assert [part for part in parts if len(part) > 25 and part in shown.text()] == []


def test_the_figures_are_those_of_the_report(finished_demo: Path, passed_on: str) -> None:
    own = LexborHTMLParser((finished_demo / "reports" / "2026-W45.html").read_text(encoding="utf-8"))
    shown = LexborHTMLParser(passed_on)
    for selector in (".lead", ".tile .value", "#answers-table tbody tr", ".looks h3", "script#data"):
        texts = [[node.text() for node in page.css(selector)] for page in (own, shown)]
        assert texts[0] == texts[1] != []


def test_a_hostile_example_and_a_problem_are_not_passed_on(rows: Rows, tmp_path: Path) -> None:
    found = facts.read(hostile(rows).connection, project(tmp_path), WEEK)
    problems = [html.Problem("logs/secret.gz", "logs/secret.gz: damaged")]
    text = html.render(found, found.zone, problems, is_shared=True)
    assert "secret" not in text
    page = LexborHTMLParser(text)
    assert page.css_first("#intake") is not None
    # The reason of a rejected line, the account and the name of a batch are payloads that stand nowhere else.
    whole = html.render(found, found.zone)
    assert f"logs/{HOSTILE[1]}" in LexborHTMLParser(whole).text()
    assert f"logs/{HOSTILE[1]}" not in page.text()


def test_a_table_is_not_shared(demo: Path, cta: Cta) -> None:
    result = cta("report", "--share", "--format", "csv", cwd=demo)
    assert (result.returncode, result.stdout) == (2, "")
    assert "leave --format out" in result.stderr


@pytest.mark.parametrize(("locale", "box"), [("en-US", (612, 792)), ("de-DE", (595, 842))])
@pytest.mark.parametrize("scene", [filled, hostile, lambda rows: rows], ids=["filled", "hostile", "empty"])
def test_it_is_two_pages_on_the_paper_of_the_locale(
    locale: str, box: tuple[int, int], scene: object, rows: Rows, tmp_path: Path
) -> None:
    with chromium():
        pass
    found = facts.read(scene(rows).connection, project(tmp_path, locale=locale), WEEK)  # type: ignore[operator]
    first, again = pdf.write(found), pdf.write(found)
    assert first == again
    boxes = re.findall(rb"/MediaBox \[0 0 ([\d.]+) ([\d.]+)\]", first)
    assert [(round(float(width)), round(float(height))) for width, height in boxes] == [box, box]
    assert b"/CreationDate (D:20261108000000" in first


def test_nothing_of_the_two_pages_lies_over_their_foot(rows: Rows, tmp_path: Path) -> None:
    file = tmp_path / "pages.html"
    file.write_text(pdf.render(facts.read(hostile(rows).connection, project(tmp_path), WEEK)), encoding="utf-8")
    with chromium() as browser:
        page = browser.new_page()
        page.goto(file.as_uri())
        feet = [foot.bounding_box() for foot in page.locator("footer").all()]
        bodies = [body.bounding_box() for body in page.locator(".body").all()]
        assert page.locator("script, img, a").count() == 0
    assert len(feet) == len(bodies) == 2
    for foot, body in zip(feet, bodies, strict=True):
        assert foot is not None
        assert body is not None
        assert body["y"] + body["height"] <= foot["y"]


def test_without_a_browser_it_says_what_to_do(rows: Rows, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    found = facts.read(filled(rows).connection, project(tmp_path), WEEK)
    with pytest.raises(CtaError, match="no Chromium on this machine; install the package chromium"):
        pdf.write(found)
