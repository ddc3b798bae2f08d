"""What a spreadsheet would run, and what it takes as text anyway."""

from __future__ import annotations

import pytest

from cta_analytics.spreadsheet import guarded


@pytest.mark.parametrize(
    "text", ["=1", "+1", "-1", "@A", "\t1", "\r1", "\n1", " =1", "\u3000=1", "＝1", "＋1", "－1", "＠1"]
)
def test_what_begins_like_a_formula_is_guarded(text: str) -> None:
    assert guarded(text) == f"'{text}"


@pytest.mark.parametrize("text", ["", "a=1", "1-2", "'=1", " a", "−4 %", "“=1”"])
def test_other_text_stays_as_it_is(text: str) -> None:
    assert guarded(text) == text
