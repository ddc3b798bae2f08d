"""Writes the locks beside this file: hashes of every wheel, for every platform, and no index address."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).parent
ROOT = HERE.parent
BUILD = "hatchling>=1.27\neditables\n"


def compile_lock(name: str, *arguments: str, given: str | None = None) -> None:
    """One lock by `uv pip compile`, resolved for Python 3.11 on all platforms at once."""
    command = [sys.executable, "-m", "uv", "pip", "compile", "--quiet", "--universal", "--python-version", "3.11"]
    command += ["--generate-hashes", "--no-emit-index-url", "--no-header", "--output-file", f"requirements/{name}"]
    subprocess.run([*command, *arguments], cwd=ROOT, check=True, input=given, text=True)


if __name__ == "__main__":
    compile_lock("runtime.lock", "pyproject.toml")
    compile_lock("dev.lock", "--group", "dev", "--constraint", "requirements/runtime.lock", "pyproject.toml")
    compile_lock("build.lock", "--constraint", "requirements/dev.lock", "-", given=BUILD)
    # The oldest DuckDB that opens what is published, for the one test of that.
    compile_lock("duckdb-1.2.lock", "-", given="duckdb==1.2.*\n")
