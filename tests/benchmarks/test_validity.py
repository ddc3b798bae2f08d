"""A small run of the validity benchmark: the claims of its table, as far as a few sites can show them."""

from __future__ import annotations

import re
from pathlib import Path

import numpy as np
import pytest
from benchmarks.simulation import ANSWERS, DAYS, WEEKS, sites
from benchmarks.validity import Finding

from benchmarks import validity

TABLE = Path(validity.__file__).with_name("validity.md")


@pytest.fixture(scope="module")
def found() -> dict[str, Finding]:
    """The rows of a dozen sites by the beginning of their claim."""
    return {row.claim: row for row in validity.findings(12, seed=1)}


def _first(found: dict[str, Finding], beginning: str) -> float:
    (row,) = [row for claim, row in found.items() if claim.startswith(beginning)]
    return float(re.findall(r"[\d.]+", row.measured)[0])


def test_intervals_of_one_look_hold_about_as_often_as_they_say(found: dict[str, Finding]) -> None:
    assert 92 <= _first(found, "95 % intervals of one look") <= 98


def test_sequences_hold_at_all_looks_and_intervals_of_one_do_not(found: dict[str, Finding]) -> None:
    assert _first(found, "confidence sequences") >= 95
    assert _first(found, "the same: intervals of one look, looked at") < 92


def test_shrinking_halves_the_error_of_small_answers(found: dict[str, Finding]) -> None:
    assert _first(found, "mean squared error") <= 0.5


def test_false_alarms_stay_below_what_is_stated(found: dict[str, Finding]) -> None:
    # Twelve sites make some sixty discoveries a hundredth of each; the table has the level itself.
    assert _first(found, "false discoveries") <= 10
    assert _first(found, "an answer that stayed") <= 5


def test_the_best_ten_are_found_more_often_than_by_raw_rates(found: dict[str, Finding]) -> None:
    assert found["of the true top ten: held by the tool's, held by that of raw rates"].met


def test_a_site_is_the_same_for_the_same_seed_and_loses_whole_days() -> None:
    (one,), (same,) = sites(1, 7), sites(1, 7)
    assert np.array_equal(one.clicks, same.clicks)
    assert one.visitors.shape == (ANSWERS, WEEKS, DAYS)
    assert (one.clicks <= one.visitors).all()
    assert (one.risen >= one.clicks).all()


def test_the_committed_table_has_a_row_for_each_finding(found: dict[str, Finding]) -> None:
    lines = [line for line in TABLE.read_text(encoding="utf-8").splitlines() if line.startswith("| ")]
    assert [line.split(" | ")[0].removeprefix("| ") for line in lines[1:]] == list(found)
