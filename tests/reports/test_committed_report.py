"""The committed report of the sample: the same bytes on any machine."""

from __future__ import annotations

from pathlib import Path

COMMITTED = Path(__file__).parents[2] / "reports"


def test_the_committed_report_is_what_the_demo_writes(finished_demo: Path) -> None:
    names = sorted(file.name for file in COMMITTED.glob("*.html"))
    assert names == sorted(file.name for file in (finished_demo / "reports").glob("*.html"))
    for name in names:
        written = (finished_demo / "reports" / name).read_bytes()
        assert written == (COMMITTED / name).read_bytes(), "run `make reports`"
        assert str(finished_demo).encode() not in written
