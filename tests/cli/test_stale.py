"""`cta run` names the report that is older than the logs."""

from __future__ import annotations

import shutil
from pathlib import Path

from tests.conftest import Cta


def test_run_names_report_days_and_folder(demo: Path, cta: Cta) -> None:
    shutil.rmtree(demo / ".cta")
    (demo / "cta.duckdb").unlink()
    contract = demo / "cta.toml"
    text = contract.read_text(encoding="utf-8").replace("conversions/attribution*", "conversions/attribution-2026-10-*")
    contract.write_text(text, encoding="utf-8")
    result = cta("run", cwd=demo)
    assert result.returncode == 0, result.stderr
    # The logs end on 9 November, the newest of these reports was downloaded on 19 October and ends the day before.
    (line,) = [line for line in result.stderr.splitlines() if line.startswith("stale: ")]
    assert line == (
        "stale: keenrow-us performance (amazon_attribution): downloaded on 2026-10-19, ends on 2026-10-18; "
        "download 2026-09-21 to 2026-11-09 into conversions/"
    )
