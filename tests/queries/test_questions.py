"""The questions: each documented, each the same in `cta query` and in stock duckdb."""

from __future__ import annotations

import csv
import io
import json
import re
from pathlib import Path

import duckdb
import pytest
from tests.conftest import Cta

from cta_analytics.metrics import question

NAMES = question.names()


def test_there_are_questions() -> None:
    assert len(NAMES) >= 8


@pytest.mark.parametrize("name", NAMES)
def test_a_question_says_what_it_asks_and_what_its_columns_are(name: str) -> None:
    asked = question.read(name)
    assert asked.title.endswith("?")
    assert re.search(r"Columns: ", asked.doc)
    variables = set(re.findall(r"getvariable\('(\w+)'\)", asked.sql))
    assert variables == {parameter.name for parameter in asked.parameters}
    assert all(parameter.meaning for parameter in asked.parameters)


@pytest.mark.parametrize("name", NAMES)
def test_a_question_gives_the_same_answer_in_stock_duckdb(name: str, finished_demo: Path, cta: Cta) -> None:
    result = cta("query", name, "--format", "json", cwd=finished_demo)
    assert result.returncode == 0, result.stderr
    with duckdb.connect(str(finished_demo / "cta.duckdb"), read_only=True) as stock:
        for line in re.findall(r"^-- (SET VARIABLE .+?;)", question.read(name).sql, re.MULTILINE):
            stock.execute(line)
        answer = stock.execute(question.read(name).sql)
        columns = [column[0] for column in answer.description or []]
        rows = answer.fetchall()
    from cta_analytics.cli.output import as_json

    assert rows, "the sample has an answer to every question"
    assert json.loads(result.stdout) == json.loads(as_json([dict(zip(columns, row, strict=True)) for row in rows]))


def test_parameters_are_given_by_name(finished_demo: Path, cta: Cta) -> None:
    result = cta("query", "answers_of_the_week", "week=2026-W40", "--format", "csv", cwd=finished_demo)
    rows = list(csv.DictReader(io.StringIO(result.stdout)))
    truth = json.loads((Path(__file__).parents[2] / "sample_data" / "truth.json").read_text(encoding="utf-8"))
    name = "honing-rod-vs-sharpening-stone"
    expected = truth["answers"][name]["weeks"]["2026-W40"]
    row = next(row for row in rows if row["answer"] == name)
    assert (int(row["views"]), int(row["amazon_clicks"])) == (expected["views"], expected["amazon_clicks"])


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["bts"], 'cta: no question is named "bts"; did you mean bots?\n'),
        (["bots", "weak=2026-W45"], 'cta: question bots has no parameter "weak"; it takes week\n'),
        (["bots", "2026-W45"], 'cta: "2026-W45" is no parameter; write PARAMETER=VALUE, such as week=2026-W45\n'),
        (["--sql", "SELECT answr FROM clicks"], 'cta: --sql: Binder Error: Referenced column "answr" not found'),
        (["--sql", "COPY (SELECT 1) TO 'out.csv'"], "cta: --sql: Permission Error: Cannot access file"),
        (["--sql", "ATTACH 'other.db'"], "cta: --sql: Permission Error: Cannot access file"),
        (["--sql", "SET memory_limit = '1TB'"], "cta: --sql: Invalid Input Error: Cannot change configuration option"),
        (["--sql", "DELETE FROM internal.events"], "cta: --sql: Invalid Input Error: Cannot execute statement of type"),
        (["bots", "--sql", "SELECT 1"], "cta: query takes a question or --sql, not both; leave one out\n"),
    ],
)
def test_a_wrong_question_is_one_line(arguments: list[str], message: str, finished_demo: Path, cta: Cta) -> None:
    result = cta("query", *arguments, cwd=finished_demo)
    assert (result.returncode, result.stdout) == (2, "")
    assert result.stderr.startswith(message)
    assert result.stderr.count("\n") == 1
    assert not (finished_demo / "out.csv").exists()


def test_sql_comes_from_stdin_and_goes_to_a_file(demo: Path, cta: Cta) -> None:
    result = cta(
        "query", "--sql", "-", "--format", "parquet", "--out", "x.parquet", cwd=demo, given="SELECT 42 AS answer"
    )
    assert result.returncode == 0, result.stderr
    assert duckdb.sql(f"SELECT * FROM '{demo / 'x.parquet'}'").fetchall() == [(42,)]


def test_a_cell_that_looks_like_a_formula_is_text_in_csv(finished_demo: Path, cta: Cta) -> None:
    result = cta("query", "--sql", "SELECT '=1+1' AS a, -1 AS b", "--format", "csv", cwd=finished_demo)
    assert result.stdout == "a,b\n'=1+1,-1\n"


def test_control_characters_do_not_reach_the_terminal(finished_demo: Path, cta: Cta) -> None:
    result = cta("query", "--sql", "SELECT 'a' || chr(27) || '[31mb' AS x", cwd=finished_demo)
    assert "\\x1b[31mb" in result.stdout
    assert "\x1b" not in result.stdout
