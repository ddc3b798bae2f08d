"""Ways to the click, the health of the tracking, and what each figure rests on."""

from __future__ import annotations

from pathlib import Path

from tests.reports.scenes import filled
from tests.warehouse_rows import MONDAY, Rows, project

from cta_analytics.metrics import measure
from cta_analytics.metrics.period import of_week
from cta_analytics.reports import health, provenance, ways
from cta_analytics.reports.facts import Facts, read

WEEK = of_week("2026-W45")


def _facts(rows: Rows, folder: Path) -> Facts:
    return read(rows.connection, project(folder), WEEK)


def test_channels_carry_their_interval(rows: Rows, tmp_path: Path) -> None:
    rows.answer("a")
    rows.visits("a", MONDAY, 100, amazon=10)
    found, most = ways.channels(_facts(rows.done(), tmp_path))
    # Wilson's interval of 10 in 100 is 5.5 to 17.4 %, and the upper end is that of the scale.
    assert [(row.name, row.visitor_days, row.share, row.rate, row.between) for row in found] == [
        ("Organic Search", "100", "100%", "10.0%", "5.5%–17.4%")
    ]
    assert (most, found[0].high) == ("17%", ways.BAR - 2)


def test_slots_are_named_and_measured_against_the_most_clicked(rows: Rows, tmp_path: Path) -> None:
    rows.answer("a")
    rows.visits("a", MONDAY, 10, amazon=4, other=1)
    found = ways.slots(_facts(rows.done(), tmp_path))
    assert [(slot.placement, slot.target, slot.clicks, slot.width) for slot in found] == [
        ("button (CTA)", "Amazon", "4", 100.0),
        ("not on the scanned page", "elsewhere", "1", 25.0),
    ]


def test_a_share_of_product_clicks_is_told_of_many_only(rows: Rows, tmp_path: Path) -> None:
    for slug in ("a", "board"):
        rows.answer(slug, slug.title())
    rows.visits("a", MONDAY, 40, product=40)
    rows.visits("board", MONDAY, 10, amazon=10)
    rows.done().connection.execute("UPDATE internal.paths SET answer = NULL, kind = 'product' WHERE answer = 'board'")
    rows.connection.execute("UPDATE internal.events SET occurred_at = occurred_at + INTERVAL 1 HOUR WHERE path_key = 2")
    led, all_answers = ways.ways(_facts(rows, tmp_path))
    assert [(way.name, way.direct, way.product, way.assisted) for way in led] == [("A", "0", "40", "10")]
    assert all_answers is not None
    assert all_answers.onward == "They are 25% of the clicks to products."
    rows.connection.execute(
        "DELETE FROM internal.events WHERE kind = 3 AND path_key = 1 AND occurred_at >= '2026-11-02 12:00:29'"
    )
    fewer = ways.ways(_facts(rows, tmp_path))[1]
    assert fewer is not None
    assert fewer.onward == ""


def test_health_says_what_is_fine_and_what_asks_for_a_look(rows: Rows, tmp_path: Path) -> None:
    found = {check.name: check for check in health.checks(_facts(filled(rows, gap=True), tmp_path))}
    assert {name: check.state for name, check in found.items()} == {
        "days": "look", "lines": "fine", "bots": "fine", "beacons": "unknown", "gap": "fine", "imports": "fine",
    }  # fmt: skip
    assert found["days"].said == "No whole log for Wed Nov 4."
    assert found["lines"].said == "9,000 lines read, 4 not understood (0.04%)."


def test_the_health_of_nothing_is_unknown(rows: Rows, tmp_path: Path) -> None:
    found = {check.name: check.state for check in health.checks(_facts(rows, tmp_path))}
    assert (found["lines"], found["bots"], found["gap"], found["imports"]) == ("unknown", "unknown", "unknown", "look")


def test_each_figure_names_a_metric_that_there_is_and_its_batches(rows: Rows, tmp_path: Path) -> None:
    found = provenance.origins(_facts(filled(rows), tmp_path))
    assert {name for origin in found for name in origin.metrics} <= set(measure.names())
    assert found[0].rests_on == "batches 1"
    assert found[-1].rests_on == "attribution.json"
