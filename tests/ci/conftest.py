"""A site in a git repository, and programs that stand in for what a build server has."""

from __future__ import annotations

import inspect
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from cta_analytics.cli.commands import lint
from cta_analytics.lint.example import CONTRACT, STORE, query

GOOD = f"[Shop]({STORE}?{query()})\n"
BAD = f"[Shop]({STORE}?{query(utm_content='tea')})\n"
PAGE = "site/answers/quiet-kettle.md"

needs_changed = pytest.mark.skipif(
    "changed" not in inspect.signature(lint.main).parameters, reason="`cta lint --changed` is not here yet"
)


def git(folder: Path, *arguments: str) -> str:
    who = ["-c", "user.name=Larkmoor", "-c", "user.email=web@larkmoor.example"]
    done = subprocess.run(["git", *who, *arguments], cwd=folder, capture_output=True, text=True, check=True)
    return done.stdout.strip()


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    """A clean site, committed on main."""
    folder = tmp_path / "repository"
    (folder / PAGE).parent.mkdir(parents=True)
    (folder / "cta.toml").write_text(CONTRACT)
    (folder / PAGE).write_text(GOOD)
    git(folder, "init", "-q", "-b", "main")
    git(folder, "add", ".")
    git(folder, "commit", "-qm", "Add a page")
    return folder


@pytest.fixture
def programs(tmp_path: Path) -> Callable[..., Path]:
    """Makes a folder of shell scripts by name, with `cta` among them."""

    def made(**scripts: str) -> Path:
        folder = tmp_path / "programs"
        folder.mkdir()
        scripts.setdefault("cta", f'exec "{sys.executable}" -c "from cta_analytics.cli import run; run()" "$@"')
        for name, text in scripts.items():
            (folder / name).write_text(f"#!/bin/bash\n{text}\n")
            (folder / name).chmod(0o755)
        return folder

    return made
