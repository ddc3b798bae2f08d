"""The wheel, installed alone: what a user who never saw this repository gets."""

from __future__ import annotations

import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


def run(*command: str, cwd: Path) -> subprocess.CompletedProcess[str]:
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("PYTHON", "VIRTUAL_ENV"))}
    return subprocess.run(command, cwd=cwd, capture_output=True, text=True, env=environment, check=False)


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("dist")
    built = run(sys.executable, "-m", "hatchling", "build", "--target", "wheel", "--directory", str(out), cwd=ROOT)
    assert built.returncode == 0, built.stderr
    return next(out.glob("*.whl"))


def test_the_wheel_holds_what_the_demo_needs_and_no_generator(wheel: Path) -> None:
    names = zipfile.ZipFile(wheel).namelist()
    assert {"cta_analytics/sample_data/cta.toml", "cta_analytics/queries/questions/bots.sql"} <= set(names)
    assert [name for name in names if "sample_data/generat" in name or "sample_data/source" in name] == []


def test_the_wheel_alone_runs_the_demo(wheel: Path, tmp_path: Path) -> None:
    installed = run(sys.executable, "-m", "uv", "venv", "--python", sys.executable, str(tmp_path / "env"), cwd=tmp_path)
    assert installed.returncode == 0, installed.stderr
    uv = [sys.executable, "-m", "uv", "pip", "install", "--quiet", "--python", str(tmp_path / "env" / "bin" / "python")]
    for what in (["--require-hashes", "-r", str(ROOT / "requirements" / "runtime.lock")], ["--no-deps", str(wheel)]):
        result = run(*uv, *what, cwd=tmp_path)
        if result.returncode and "error sending request" in result.stderr and os.environ.get("CI") != "true":
            pytest.skip(f"no package index can be reached: {result.stderr.splitlines()[0]}")
        assert result.returncode == 0, result.stderr
    demo = run(str(tmp_path / "env" / "bin" / "cta"), "demo", cwd=tmp_path)
    assert demo.returncode == 0, demo.stderr
    report = Path(demo.stdout.splitlines()[-1])
    assert report.is_relative_to(tmp_path / "cta-demo")
    assert report.read_text(encoding="utf-8").startswith("<!doctype html>")
