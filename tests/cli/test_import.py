"""`cta import` as it is typed: output, messages and exit codes."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

CTA = [sys.executable, "-c", "from cta_analytics.cli import run; run()", "import"]
CONTRACT = '[accounts.us]\nmarketplace = "US"\n\n[imports]\nfiles = ["reports/*.json"]\n'
ROW = {
    "date": "20261109",
    "campaignId": "c",
    "adGroupId": "A" * 32,
    "Click-throughs": "12",
    "totalAttributedSales14d": "149.95",
}


def cta(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run([*CTA, *arguments], cwd=folder, capture_output=True, text=True, check=False)


def site(folder: Path) -> Path:
    (folder / "cta.toml").write_text(CONTRACT)
    (folder / "reports").mkdir()
    (folder / "reports" / "attribution-2026-11-10T0600Z.json").write_text(
        json.dumps({"reports": [ROW], "cursorId": ""})
    )
    return folder


def test_the_configured_reports_are_imported_and_listed(tmp_path: Path) -> None:
    result = cta(site(tmp_path), "--format", "json")
    assert (result.returncode, result.stderr) == (0, "")
    (listed,) = json.loads(result.stdout)
    assert listed.pop("import_id")
    assert listed == {
        "file": "reports/attribution-2026-11-10T0600Z.json", "source": "amazon_attribution", "account": "us",
        "currency": "USD", "report": "performance", "level": "adgroup", "covers_from": "2026-11-09",
        "covers_to": "2026-11-09", "row_count": 1, "as_of": "2026-11-10T06:00:00Z", "as_of_from": "name",
        "status": "imported",
    }  # fmt: skip
    again = cta(tmp_path)
    assert again.returncode == 0
    assert again.stdout.split()[-1] == "unchanged"


def test_one_line_for_each_failing_file_and_the_others_are_imported(tmp_path: Path) -> None:
    (site(tmp_path) / "reports" / "broken.json").write_text('{"reports": [')
    (tmp_path / "reports" / "other.json").write_text("\x1b[31m, no report\n")
    result = cta(tmp_path)
    assert result.returncode == 2
    assert "attribution-2026-11-10T0600Z.json" in result.stdout
    assert result.stderr.splitlines()[0].startswith("cta: reports/broken.json: row 1, column 14: cut off; ")
    assert "\ncta: reports/other.json: unknown column " in result.stderr
    assert "\x1b" not in result.stderr
    assert "\\x1b[31m" in result.stderr


def test_an_unknown_header_prints_its_mapping_below_the_error(tmp_path: Path) -> None:
    (site(tmp_path) / "download.csv").write_text("Day,Campaign,Clicks\n2026-11-09,c,4\n")
    result = cta(tmp_path, "download.csv", "--format", "json")
    assert (result.returncode, json.loads(result.stdout)) == (2, [])
    first, *block = result.stderr.splitlines()
    assert first.startswith('cta: download.csv: unknown column "Day"; the header is: Day, Campaign, Clicks; ')
    assert block[1:3] == ["[imports.mappings.amazon_attribution.columns]", '"Day" = "day"  # check; 2026-11-09']


def test_a_wrong_as_of_is_one_line(tmp_path: Path) -> None:
    result = cta(site(tmp_path), "--as-of", "yesterday")
    assert (result.returncode, result.stdout) == (2, "")
    assert result.stderr == 'cta: as-of "yesterday" is no time; write one like 2026-11-09 or 2026-11-09T06:00Z\n'
    early = cta(tmp_path, "--as-of", "2026-11-01")
    assert early.returncode == 2
    assert "(option) is before its last day 2026-11-09" in early.stderr


def test_nothing_to_import_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "cta.toml").write_text("")
    result = cta(tmp_path)
    assert (result.returncode, result.stderr) == (
        2,
        "cta: no report is named; name files, or set [imports] files in cta.toml\n",
    )
