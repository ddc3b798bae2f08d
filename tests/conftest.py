"""What several tests start from."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

Cta = Callable[..., subprocess.CompletedProcess[str]]


def _cta(*arguments: str, cwd: Path, given: str | None = None) -> subprocess.CompletedProcess[str]:
    program = [sys.executable, "-c", "from cta_analytics.cli import run; run()"]
    return subprocess.run(
        [*program, *arguments], cwd=cwd, capture_output=True, text=True, input=given, env=os.environ.copy(), check=False
    )


@pytest.fixture(scope="session")
def cta() -> Cta:
    """Runs the command line in a process of its own: `cta("lint", "page.html", cwd=folder)`."""
    return _cta


@pytest.fixture(scope="session")
def finished_demo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder in which `cta demo` ran once; to be read, not written."""
    folder = tmp_path_factory.mktemp("finished") / "cta-demo"
    result = _cta("demo", "--out", str(folder), cwd=folder.parent)
    assert result.returncode == 0, result.stderr
    return folder


@pytest.fixture
def demo(finished_demo: Path, tmp_path: Path) -> Path:
    """A copy of the finished demo, to do with as a test likes."""
    return Path(shutil.copytree(finished_demo, tmp_path / "cta-demo"))
