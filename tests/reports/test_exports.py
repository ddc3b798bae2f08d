"""The facts for other programs: the same figures in every format, the same bytes each time, and nothing that runs."""

from __future__ import annotations

import csv
import io
import json
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import polars as pl
import pytest
from jsonschema import Draft202012Validator
from markdown_it import MarkdownIt
from selectolax.lexbor import LexborHTMLParser
from tests.reports.scenes import HOSTILE, filled, hostile
from tests.warehouse_rows import MONDAY, Rows, project

from cta_analytics.metrics.period import of_week
from cta_analytics.reports import EXPORTS, facts
from cta_analytics.reports.clean import clean
from cta_analytics.reports.exports.json import schema
from cta_analytics.reports.sheets import SHEETS
from cta_analytics.reports.texts import catalogue

WEEK = of_week("2026-W45")
FORMULAS = [
    "=1+1",
    "+1",
    "-1",
    "@SUM(A1)",
    "\t=1+1",
    "\r=1+1",
    "\n=1",
    "  =1+1",
    "＝1+1",
    '=HYPERLINK("//evil.example")',
]


def _facts(rows: Rows, folder: Path, week: str = "2026-W45") -> facts.Facts:
    return facts.read(rows.connection, project(folder), of_week(week))


def _formulas(rows: Rows) -> Rows:
    for number, text in enumerate(FORMULAS):
        rows.answer(f"{text}-{number}", text)
        rows.visits(f"{text}-{number}", MONDAY, 3, amazon=1)
    rows.done().batch(rejected=1, file="=cmd|' /C calc'!A0")
    return rows


def _csv(made: dict[str, bytes], name: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(made[f"2026-W45-csv/{name}.csv"].decode(), newline="")))


def _sheet(book: bytes, name: str) -> list[dict[str, Any]]:
    return pl.read_excel(io.BytesIO(book), sheet_name=name).to_dicts()


@pytest.mark.parametrize("name", EXPORTS)
@pytest.mark.parametrize("scene", [filled, hostile])
def test_the_same_facts_give_the_same_bytes(name: str, scene: Any, rows: Rows, tmp_path: Path) -> None:
    scene(rows)
    first, again = (EXPORTS[name].files(_facts(rows, tmp_path)) for _ in range(2))
    assert first == again
    assert all(first.values())


@pytest.mark.parametrize("name", EXPORTS)
def test_a_warehouse_without_anything_can_be_written(name: str, rows: Rows, tmp_path: Path) -> None:
    assert all(EXPORTS[name].files(_facts(rows, tmp_path)).values())


def test_every_column_and_table_has_its_meaning_and_no_other_is_described() -> None:
    assert sorted(catalogue()["columns"]) == sorted({column.name for sheet in SHEETS for column in sheet.columns})
    assert sorted(catalogue()["sheets"]) == sorted(sheet.name for sheet in SHEETS)


def test_all_formats_give_an_answer_the_same_numbers(rows: Rows, tmp_path: Path) -> None:
    found = _facts(filled(rows), tmp_path)
    # 40 a day for seven days, of whom 10 click to Amazon; a quarter of an order and 9.99 a day.
    expected = {"visitor_days": 280, "clicking_visitors": 70, "orders": Decimal("1.75"), "sales_minor": 6993}

    def of(row: dict[str, Any]) -> dict[str, Any]:
        return {name: type(value)(row[name]) for name, value in expected.items()}

    (in_csv,) = [row for row in _csv(EXPORTS["csv"].files(found), "answers") if row["answer"] == "answer-0"]
    assert of(in_csv) == expected
    tables = json.loads(EXPORTS["json"].files(found)["2026-W45.json"])["tables"]
    (in_json,) = [row for row in tables["answers"] if row["answer"] == "answer-0"]
    assert of(in_json) == expected
    frame = pl.read_parquet(io.BytesIO(EXPORTS["parquet"].files(found)["2026-W45-parquet/answers.parquet"]))
    (in_parquet,) = frame.filter(pl.col("answer") == "answer-0").to_dicts()
    assert {name: in_parquet[name] for name in expected} == expected
    (in_excel,) = [
        row for row in _sheet(EXPORTS["xlsx"].files(found)["2026-W45.xlsx"], "Answers") if row["Answer"] == "answer-0"
    ]
    assert [in_excel[name] for name in ("Visitor days", "Clicking visitors", "Orders", "Sales")] == [
        280,
        70,
        1.75,
        69.93,
    ]
    # 10 to Amazon, 1 to a product and 2 elsewhere make 91 clicks in seven days.
    (line,) = [
        line for line in EXPORTS["markdown"].files(found)["2026-W45.md"].decode().splitlines() if "| Answer 0?" in line
    ]
    assert [cell.strip() for cell in line.split("|")][3:6] == ["280", "91", "25.0% \\(20.3%–30.4%\\)"]


def test_what_is_hidden_is_empty_and_not_zero(rows: Rows, tmp_path: Path) -> None:
    found = _facts(filled(rows), tmp_path)
    (row,) = [row for row in _csv(EXPORTS["csv"].files(found), "answers") if row["basis"] == "masked"]
    assert [row[name] for name in ("clicks_through", "orders", "units", "sales_minor")] == ["", "", "", ""]
    tables = json.loads(EXPORTS["json"].files(found)["2026-W45.json"])["tables"]
    (answer,) = [row for row in tables["answers"] if row["basis"] == "masked"]
    assert (answer["orders"], answer["sales_minor"]) == (None, None)


def test_without_conversions_the_figures_of_the_network_are_unknown(rows: Rows, tmp_path: Path) -> None:
    figures = _csv(EXPORTS["csv"].files(_facts(filled(rows, sold=False), tmp_path)), "figures")
    assert {row["figure"]: row["value"] for row in figures if row["figure"] in {"orders", "sales"}} == {
        "orders": "",
        "sales": "",
    }


def test_headline_figures_are_numbers(rows: Rows, tmp_path: Path) -> None:
    tables = json.loads(EXPORTS["json"].files(_facts(filled(rows), tmp_path))["2026-W45.json"])["tables"]
    rate, sales = ({row["figure"]: row for row in tables["figures"]}[name] for name in ("click_rate", "sales"))
    # The first forty are the same people on every answer; the ten of answer 0 are among them.
    assert (rate["value"], rate["before_value"], rate["verdict"]) == (0.25, 0.1, "rose")
    # Seven days of five answers that are not masked, 9.99 each, and of 29.99 that are nobody's.
    assert (sales["value"], sales["unit"]) == (559.58, "USD")


def test_no_cell_of_csv_begins_like_a_formula(rows: Rows, tmp_path: Path) -> None:
    made = EXPORTS["csv"].files(_facts(_formulas(rows), tmp_path))
    texts = {sheet.name: {column.name for column in sheet.columns if column.kind == "text"} for sheet in SHEETS}
    cells = [row[name] for sheet, names in texts.items() for row in _csv(made, sheet) for name in names]
    assert [cell for cell in cells if cell.lstrip()[:1] in set("=+-@＝＋－＠") and cell] == []
    assert [cell for cell in cells if cell[:1] in set("\t\r\n") and cell] == []
    titles = {row["title"] for row in _csv(made, "answers")}
    assert titles == {f"'{clean(text)}" for text in FORMULAS}


def test_a_negative_number_of_csv_stays_a_number(rows: Rows, tmp_path: Path) -> None:
    filled(rows)
    rows.sold("answer-0", MONDAY, "measured", 0, -3, -5000, tag="returned")
    (row,) = [
        row for row in _csv(EXPORTS["csv"].files(_facts(rows, tmp_path)), "answers") if row["answer"] == "answer-0"
    ]
    assert (row["orders"], row["sales_minor"]) == ("-1.25", "1993")


def test_no_cell_of_excel_is_a_formula_or_a_link(rows: Rows, tmp_path: Path) -> None:
    book = EXPORTS["xlsx"].files(_facts(_formulas(rows), tmp_path))["2026-W45.xlsx"]
    with ZipFile(io.BytesIO(book)) as archive:
        pages = [archive.read(name) for name in archive.namelist() if name.startswith("xl/worksheets/")]
        assert not any(name.endswith(".rels") and "worksheets" in name for name in archive.namelist())
    assert len(pages) == len(SHEETS) + 1
    assert [page for page in pages if b"<f>" in page or b"<f " in page or b"hyperlink" in page] == []
    assert {row["Title"] for row in _sheet(book, "Answers")} >= {"=1+1", "@SUM(A1)", "+1"}


def test_a_workbook_is_frozen_formatted_dated_by_its_period_and_says_how(rows: Rows, tmp_path: Path) -> None:
    book = EXPORTS["xlsx"].files(_facts(filled(rows), tmp_path))["2026-W45.xlsx"]
    with ZipFile(io.BytesIO(book)) as archive:
        first = archive.read("xl/worksheets/sheet3.xml").decode()
        assert '<pane xSplit="1" ySplit="1"' in first
        assert "<autoFilter" in first
        assert "#,##0.00" in archive.read("xl/styles.xml").decode()
        assert "2026-11-09T00:00:00Z" in archive.read("docProps/core.xml").decode()
        assert {entry.date_time for entry in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
    method = pl.read_excel(io.BytesIO(book), sheet_name="Method")
    assert ("", "Answers", "Click rate low") not in method.rows()
    assert "Click rate low" in method["Column"].to_list()
    assert "Wilson" in " ".join(method["What it says"].drop_nulls().to_list())


def test_days_are_days_and_times_are_times(rows: Rows, tmp_path: Path) -> None:
    made = EXPORTS["parquet"].files(_facts(filled(rows), tmp_path))
    days = pl.read_parquet(io.BytesIO(made["2026-W45-parquet/days.parquet"]))
    assert (days.schema["day"], days["day"].max()) == (pl.Date, MONDAY + timedelta(days=6))
    assert pl.read_parquet(io.BytesIO(made["2026-W45-parquet/imports.parquet"])).schema["as_of"] == pl.Datetime("us")
    (last,) = _sheet(EXPORTS["xlsx"].files(_facts(rows, tmp_path))["2026-W45.xlsx"], "Days")[-1:]
    assert last["Day"] == date(2026, 11, 8)


@pytest.mark.parametrize("scene", [filled, hostile, _formulas, lambda rows: rows])
def test_json_is_as_its_schema_says(scene: Any, rows: Rows, tmp_path: Path) -> None:
    document = json.loads(EXPORTS["json"].files(_facts(scene(rows), tmp_path))["2026-W45.json"])
    validator = Draft202012Validator(schema(), format_checker=Draft202012Validator.FORMAT_CHECKER)
    assert [error.message for error in validator.iter_errors(document)] == []


def test_json_that_lacks_a_column_breaks_its_schema(rows: Rows, tmp_path: Path) -> None:
    document = json.loads(EXPORTS["json"].files(_facts(filled(rows), tmp_path))["2026-W45.json"])
    del document["tables"]["answers"][0]["verdict"]
    assert not Draft202012Validator(schema()).is_valid(document)


def test_hostile_text_means_nothing_in_markdown(rows: Rows, tmp_path: Path) -> None:
    text = EXPORTS["markdown"].files(_facts(hostile(rows), tmp_path))["2026-W45.md"].decode()
    page = LexborHTMLParser(MarkdownIt("commonmark", {"html": True}).enable("table").render(text))
    assert page.css("a, img, script, svg, b, em, code, pre, iframe, br, h4") == []
    table = next(each for each in page.css("table") if len(each.css("th")) == 9)
    assert {len(row.css("td")) for row in table.css("tbody tr")} == {9}
    names = {row.css_first("td").text() for row in table.css("tbody tr")}
    assert {HOSTILE[0], HOSTILE[3], HOSTILE[5], HOSTILE[11]} <= names
