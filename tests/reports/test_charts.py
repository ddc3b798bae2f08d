"""Every chart of the registry: a figure, a picture for two widths and a table of the same facts."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from tests.reports.scenes import filled, hostile
from tests.warehouse_rows import MONDAY, Rows, days, project

from cta_analytics.metrics.period import of_week
from cta_analytics.reports import CHARTS, theme
from cta_analytics.reports.drawing import Drawing, Rect, Words
from cta_analytics.reports.drawing import Path as Curve
from cta_analytics.reports.facts import Facts, read

WEEK = of_week("2026-W45")


@pytest.fixture
def facts(rows: Rows, tmp_path: Path) -> Facts:
    return read(filled(rows, gap=True).connection, project(tmp_path), WEEK)


def test_there_are_at_least_three_with_places_of_their_own() -> None:
    places = [CHARTS[name].place for name in CHARTS]
    assert len(places) >= 3
    assert len(set(places)) == len(places)


@pytest.mark.parametrize("name", list(CHARTS))
def test_a_chart_has_figure_picture_and_table(name: str, facts: Facts) -> None:
    chart = CHARTS[name]
    assert not chart.is_empty(facts)
    assert chart.title(facts)
    assert chart.note(facts)
    assert chart.summary(facts)
    table = chart.table(facts)
    assert {len(row) for row in table.rows} == {len(table.columns)}
    for width in (1080, 343):
        figure = chart.figure(facts, width).to_dict()
        assert figure["data"]
        assert chart.drawing(facts, width).width == width


@pytest.mark.parametrize("name", list(CHARTS))
def test_a_chart_of_nothing_says_that_it_is_empty(name: str, rows: Rows, tmp_path: Path) -> None:
    assert CHARTS[name].is_empty(read(rows.connection, project(tmp_path), WEEK))


@pytest.mark.parametrize("name", list(CHARTS))
def test_a_chart_uses_only_colours_that_have_a_dark_twin(name: str, facts: Facts) -> None:
    import json
    import re

    used = set(re.findall(r"#[0-9a-fA-F]{6}", json.dumps(CHARTS[name].figure(facts, 1080).to_dict())))
    assert used <= set(theme.LIGHT.values())


@pytest.mark.parametrize("name", list(CHARTS))
def test_words_stay_inside_the_picture(name: str, rows: Rows, tmp_path: Path) -> None:
    facts = read(hostile(rows).connection, project(tmp_path), WEEK)
    for width in (1080, 343):
        drawing = CHARTS[name].drawing(facts, width)
        assert [mark for mark in drawing.marks if isinstance(mark, Words) and not -1 <= mark.x <= width + 1] == []
        assert max(len(mark.text) for mark in drawing.marks if isinstance(mark, Words)) <= 60


def test_a_missing_day_is_a_gap_in_figure_picture_and_table(facts: Facts) -> None:
    chart = CHARTS["clicks_over_time"]
    figure = chart.figure(facts, 1080).to_dict()
    assert dict(zip(figure["data"][0]["x"], figure["data"][0]["y"], strict=True))["2026-11-04"] is None
    assert [trace["connectgaps"] for trace in figure["data"][1:]] == [False, False]
    assert ("Wed Nov 4", "no log", "no log") in chart.table(facts).rows
    marks = chart.drawing(facts, 1080).marks
    assert [mark.style for mark in marks if isinstance(mark, Rect)].count("gap") == 1
    # Nine weeks less the first six days, which have no week behind them; the mean of the missing day is that of six.
    curves = [mark for mark in marks if isinstance(mark, Curve)]
    assert [len(curve.points) for curve in curves] == [57, 57]


def test_a_mean_of_seven_days_shows_no_weekday(rows: Rows, tmp_path: Path) -> None:
    rows.answer("a")
    for number, day in enumerate(days(MONDAY - timedelta(days=14), 21)):
        rows.visits("a", day, 20, amazon=14 if number % 7 == 5 else 7)
    facts = read(rows.done().connection, project(tmp_path), WEEK)
    figure = CHARTS["clicks_over_time"].figure(facts, 1080).to_dict()
    assert list(figure["data"][1]["y"]) == [None] * 6 + [8.0] * 15


def test_bars_start_at_zero(facts: Facts) -> None:
    figure = CHARTS["funnel"].figure(facts, 520).to_dict()
    assert figure["layout"]["xaxis"]["range"][0] == 0
    assert figure["data"][0]["x"][0] == max(figure["data"][0]["x"])


def test_the_funnel_counts_from_view_to_order(facts: Facts) -> None:
    # 6 answers: five with 40 people, one with 6, on six days.
    rows = {row[0]: row[1] for row in CHARTS["funnel"].table(facts).rows}
    assert rows["Page views"] == "1,236"
    assert rows["Clicks to Amazon"] == "102"
    # Five answers with three click-throughs and a quarter of an order on six days, and two and one for none on seven.
    assert rows["Amazon click-throughs"] == "104"
    assert rows["Orders"] == "14.5"


def test_a_drawing_is_data(facts: Facts) -> None:
    assert isinstance(CHARTS["funnel"].drawing(facts, 520), Drawing)
