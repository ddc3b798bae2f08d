"""The lock: hashes for everything, no address of an index, a wheel for each platform that is promised."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
LOCKS = sorted((ROOT / "requirements").glob("*.lock"))
PLATFORMS = ["x86_64-manylinux_2_28", "aarch64-manylinux_2_28", "aarch64-apple-darwin"]


@pytest.mark.parametrize("lock", LOCKS, ids=lambda lock: lock.stem)
def test_a_lock_pins_by_hash_and_names_no_index(lock: Path) -> None:
    text = lock.read_text(encoding="utf-8")
    assert "://" not in text
    entries = re.split(r"\n(?=\S)", text.replace("\\\n", " "))
    unpinned = [
        e for e in entries if not e.startswith("#") and e.strip() and ("==" not in e or "--hash=sha256:" not in e)
    ]
    assert unpinned == []


def test_the_runtime_lock_holds_every_dependency_of_the_project() -> None:
    import tomllib

    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    wanted = {re.split(r"[<>=\[ ]", dependency)[0] for dependency in project["dependencies"]}
    locked = set(
        re.findall(r"^([\w.-]+)==", (ROOT / "requirements" / "runtime.lock").read_text(encoding="utf-8"), re.MULTILINE)
    )
    assert wanted <= locked
    documented = set(
        re.findall(r"^\| `([\w-]+)` \|", (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8"), re.MULTILINE)
    )
    assert wanted <= documented


@pytest.mark.parametrize("platform", PLATFORMS)
def test_every_locked_package_has_a_wheel(platform: str, tmp_path: Path) -> None:
    command = [sys.executable, "-m", "uv", "pip", "install", "--dry-run", "--quiet", "--python-version", "3.11"]
    command += ["--only-binary", ":all:", "--require-hashes", "--python-platform", platform, "--target", str(tmp_path)]
    result = subprocess.run(
        [*command, "-r", str(ROOT / "requirements" / "runtime.lock")], capture_output=True, text=True, check=False
    )
    if result.returncode and re.search(r"(?i)dns|connect|timed out|network|error sending request", result.stderr):
        reason = f"no package index can be reached: {result.stderr.splitlines()[0]}"
        assert os.environ.get("CI") != "true", reason
        pytest.skip(reason)
    assert result.returncode == 0, result.stderr
