"""Extension points: one more file is one more entry."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from cta_analytics.registry import Registry


@pytest.fixture
def package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    folder = tmp_path / f"shelf_{tmp_path.name}"
    folder.mkdir()
    (folder / "__init__.py").write_text("")
    (folder / "second.py").write_text("WORD = 'two'\n")
    (folder / "first_.py").write_text("WORD = 'one'\n")
    monkeypatch.syspath_prepend(str(tmp_path))
    return folder.name


def test_a_file_is_an_entry_in_the_order_of_names(package: str) -> None:
    assert list(Registry(package, "WORD", str).items()) == [("first", "one"), ("second", "two")]


def test_only_the_entry_that_is_read_is_imported(package: str) -> None:
    words = Registry(package, "WORD", str)
    assert "second" in words
    assert words["first"] == "one"
    assert (f"{package}.first_" in sys.modules, f"{package}.second" in sys.modules) == (True, False)


def test_a_file_without_the_constant_is_a_bug_that_names_it(package: str) -> None:
    with pytest.raises(TypeError, match="must define OTHER, a str"):
        Registry(package, "OTHER", str)["second"]
