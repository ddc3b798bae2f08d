"""The catalogue of texts: every one is used, and every one that is used is there."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from cta_analytics import reports
from cta_analytics.reports.texts import catalogue, plural, text
from cta_analytics.stats.verdict import Verdict

FOLDER = Path(reports.__file__).parent
# Sections whose names are put together from a word of the code, and beginnings to which a value of the data is added.
BUILT = (
    "headline.",
    "intake.",
    "nav.",
    "funnel.",
    "clicks_over_time.",
    "click_rate_by_week.",
    "answers_by_click_rate.",
    "words.",
    "answers.",
    "export.",
    "health.",
    "provenance.",
)
PARTS = (
    "assisted.", "basis.", "intake.class_", "intake.reason_", "intake.group_", "intake.means_", "intake.placement_", "look.kind_", "look.stake_", "maturity.",
    "sentence.rate_", "sentence.like_", "verdict.", "columns.", "sheets.", "index.",
)  # fmt: skip


def _names() -> list[str]:
    return [f"{section}.{name}" for section, texts in catalogue().items() for name in texts]


def test_every_text_is_used() -> None:
    files = [*FOLDER.rglob("*.py"), *FOLDER.rglob("*.jinja")]
    source = "\n".join(file.read_text(encoding="utf-8") for file in files)

    def is_used(name: str) -> bool:
        stem = re.sub("_(one|many)$", "", name)
        section, key = stem.split(".")
        if any(f"{quote}{each}{quote}" in source for each in (name, stem) for quote in "'\""):
            return True
        return stem.startswith(PARTS) or (f"{section}.".startswith(BUILT) and f'"{key}"' in source)

    assert [name for name in _names() if not is_used(name)] == []


def test_every_text_that_is_asked_for_is_there() -> None:
    files = [*FOLDER.rglob("*.py"), *FOLDER.rglob("*.jinja")]
    asked = {
        name
        for file in files
        for name in re.findall(r'\btext\(\s*"([a-z_]+\.[a-z_]*[a-z])"', file.read_text(encoding="utf-8"))
    }
    assert sorted(asked - set(_names())) == []


@pytest.mark.parametrize("word", list(Verdict))
def test_every_verdict_has_its_words(word: Verdict) -> None:
    values = {"rate": "2%", "before": "1%"}
    assert text(f"verdict.{word}")
    assert text(f"sentence.rate_{word}", **values)
    assert text(f"sentence.like_{word}")


def test_one_is_no_plural() -> None:
    assert (plural("words.click", 1, "1"), plural("words.click", 1200, "1,200")) == ("1 click", "1,200 clicks")


def test_a_missing_text_is_a_mistake() -> None:
    with pytest.raises(KeyError):
        text("page.nothing_of_the_kind")
