"""Writes the report of the sample site into this folder: `python -m reports.build`. A test compares the two."""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

HERE = Path(__file__).parent


def main() -> None:
    """Runs `cta demo` in a temporary folder and takes its report over."""
    program = "from cta_analytics.cli import run; run()"
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder) / "cta-demo"
        subprocess.run([sys.executable, "-c", program, "demo", "--quiet", "--out", str(out)], check=True)
        for report in sorted((out / "reports").glob("*.html")):
            shutil.copy2(report, HERE / report.name)


if __name__ == "__main__":
    main()
