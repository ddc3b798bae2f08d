"""A site of a few pages, linted under the contract of the examples."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from cta_analytics import config
from cta_analytics.lint.choice import Choice
from cta_analytics.lint.example import CONTRACT
from cta_analytics.lint.finding import Report
from cta_analytics.lint.run import lint


class LintedSite:
    """`site(pages, contract)` writes files below `site/` and returns the report of the whole of it."""

    def __init__(self, root: Path) -> None:
        self.root = root

    def write(self, files: dict[str, str], contract: str = "") -> None:
        (self.root / "cta.toml").write_text(CONTRACT + contract, encoding="utf-8")
        for name, text in files.items():
            file = self.root / "site" / name
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(text.encode())

    def lint(self, paths: list[str] | None = None, step: Callable[[int, str], None] | None = None, **choice) -> Report:
        given = [str(self.root / "site" / path) for path in paths or []]
        wanted = Choice(**{"allow_empty": True} | choice)
        return lint(config.read(self.root / "cta.toml"), given, wanted, step)

    def __call__(self, files: dict[str, str], contract: str = "", **choice) -> Report:
        self.write(files, contract)
        return self.lint(**choice)


@pytest.fixture
def site(tmp_path: Path) -> LintedSite:
    return LintedSite(tmp_path)
