"""`cta lint` and `cta rules` at the command line."""

import json
import re
import sys
from pathlib import Path

from tests.lint.repository import commit

from cta_analytics.lint.example import CONTRACT, STORE, query

DOCS = Path(__file__).parents[2] / "docs"


def page(root: Path, text: str, contract: str = "") -> Path:
    (root / "cta.toml").write_text(CONTRACT + contract)
    file = root / "site" / "answers" / "quiet-kettle.md"
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text)
    return root


GOOD = f"[Shop]({STORE}?{query()})"
BAD = f"[Shop]({STORE}?{query(utm_content='tea')})"
WARNED = f"[Shop]({STORE}?{query()}&visitId=1)"


def test_exit_codes_follow_the_findings(cta, tmp_path):
    assert cta("lint", cwd=page(tmp_path, GOOD)).returncode == 0
    assert cta("lint", cwd=page(tmp_path, BAD)).returncode == 1
    assert cta("lint", "--ignore", "UTM", cwd=tmp_path).returncode == 0
    assert cta("lint", cwd=page(tmp_path, WARNED)).returncode == 0
    assert cta("lint", "--max-warnings", "0", cwd=tmp_path).returncode == 1
    assert cta("lint", "gone.md", cwd=tmp_path).returncode == 2
    assert cta("lint", "--select", "nonsense", cwd=tmp_path).returncode == 2
    assert cta("lint", "--format", "nonsense", cwd=tmp_path).returncode == 2


def test_settings_of_the_contract_count(cta, tmp_path):
    assert cta("lint", cwd=page(tmp_path, BAD, '[lint]\nignore = ["UTM008"]\n')).returncode == 0
    assert cta("lint", cwd=page(tmp_path, BAD, '[lint.severity]\nUTM008 = "warning"\n')).returncode == 0


def test_json_has_the_documented_names(cta, tmp_path):
    found = json.loads(cta("lint", "--format", "json", cwd=page(tmp_path, BAD)).stdout)
    documented = json.loads(re.findall(r"```json\n(.*?)```", (DOCS / "lint.md").read_text(), re.DOTALL)[0])
    assert list(found) == list(documented)
    assert list(found["findings"][0]) == list(documented["findings"][0])
    assert list(found["summary"]) == list(documented["summary"])


def test_a_folder_without_contract_is_told_so(cta, tmp_path):
    (tmp_path / "page.md").write_text(GOOD)
    result = cta("lint", "page.md", cwd=tmp_path)
    assert result.returncode == 0
    assert "no cta.toml found" in result.stderr


def test_a_rule_is_explained_and_all_are_listed(cta, tmp_path):
    assert "# UTM008 mismatched-page-slug" in cta("lint", "--explain", "utm008", cwd=tmp_path).stdout
    rows = json.loads(cta("rules", "--format", "json", cwd=tmp_path).stdout)
    assert {"code", "name", "severity", "scope", "summary"} == set(rows[0])
    assert [row["code"] for row in rows] == sorted(row["code"] for row in rows)


def test_nothing_heavy_is_loaded_by_lint_or_scan(tmp_path):
    import subprocess

    page(tmp_path, GOOD)
    script = (
        "import sys\n"
        "from cta_analytics.cli import app\n"
        "for command in ('lint', 'scan'):\n"
        "    app([command, 'site', '--format', 'json'], standalone_mode=False)\n"
        "heavy = {'duckdb', 'polars', 'plotly', 'scipy', 'numpy', 'jinja2'}\n"
        "print(sorted(heavy & set(sys.modules)), file=sys.stderr)\n"
    )
    result = subprocess.run([sys.executable, "-c", script], cwd=tmp_path, capture_output=True, text=True, check=True)
    assert result.stderr.splitlines()[-1] == "[]"


def test_changed_may_stand_without_a_base(cta, tmp_path):
    page(tmp_path, BAD)
    said = cta("lint", "--changed", cwd=tmp_path)
    assert (said.returncode, said.stdout) == (2, "")
    assert "--changed: " in said.stderr
    assert "it needs a git repository that holds cta.toml" in said.stderr
    commit(tmp_path)
    for arguments in (
        ["--changed"],
        ["--changed", "--max-warnings", "0"],
        ["--changed=HEAD"],
        ["site", "--changed", "main"],
    ):
        said = cta("lint", *arguments, cwd=tmp_path)
        assert (said.returncode, said.stdout) == (0, "No findings in 0 pages, 0 links, 0 CTAs.\n")
        assert "no page changed since" in said.stderr
    page(tmp_path, f"{BAD} more")
    assert cta("lint", "--changed", cwd=tmp_path).returncode == 1
    said = cta("lint", "--changed", "v9", cwd=tmp_path)
    assert said.returncode == 2
    assert said.stderr == (
        'cta: --changed: "v9" is no commit here; fetch the history first (in CI: fetch-depth: 0), or name another base\n'
    )


def test_the_base_of_the_contract_counts(cta, tmp_path):
    commit(page(tmp_path, BAD, '[lint]\nbase = "v1"\n'))
    assert '"v1" is no commit here' in cta("lint", "--changed", cwd=tmp_path).stderr
    assert cta("lint", "--changed", "main", cwd=tmp_path).returncode == 0


def test_a_baseline_is_written_by_its_update_alone(cta, tmp_path):
    page(tmp_path, BAD)
    missing = cta("lint", "--baseline", "known.txt", cwd=tmp_path)
    assert (missing.returncode, missing.stdout) == (2, "")
    written = cta("lint", "--baseline", "known.txt", "--baseline-update", cwd=tmp_path)
    assert (written.returncode, written.stderr) == (0, "known.txt: 1 known, 1 of them new\n")
    before = (tmp_path / "known.txt").read_bytes()
    page(tmp_path, f"{BAD}\n\n[Shop]({STORE}?{query('utm_source')})")
    found = json.loads(cta("lint", "--baseline", "known.txt", "--format", "json", cwd=tmp_path).stdout)
    assert [finding["code"] for finding in found["findings"]] == ["UTM001"]
    assert found["summary"]["baselined"] == 1
    refused = cta("lint", "--baseline", "known.txt", "--baseline-update", cwd=tmp_path)
    assert (refused.returncode, refused.stderr) == (
        1,
        "known.txt: 1 known, 0 of them new; 1 not taken in, --allow-growth does that\n",
    )
    assert (tmp_path / "known.txt").read_bytes() == before
    grown = cta("lint", "--baseline", "known.txt", "--baseline-update", "--allow-growth", cwd=tmp_path)
    assert (grown.returncode, grown.stderr) == (0, "known.txt: 2 known, 1 of them new\n")
    page(tmp_path, GOOD)
    gone = cta("lint", "--baseline", "known.txt", "--baseline-update", cwd=tmp_path)
    assert (gone.returncode, gone.stderr) == (0, "known.txt: 0 known, 0 of them new; 2 gone\n")


def test_the_baseline_of_the_contract_lies_beside_it(cta, tmp_path):
    page(tmp_path, BAD, '[lint]\nbaseline = "known.txt"\n')
    inside = tmp_path / "site"
    assert cta("lint", "--baseline-update", cwd=inside).returncode == 0
    assert (tmp_path / "known.txt").is_file()
    assert cta("lint", cwd=inside).returncode == 0
    (tmp_path / "known.txt").write_text("# cta lint baseline, version 9\n")
    said = cta("lint", cwd=inside)
    assert said.returncode == 2
    assert said.stderr.startswith("cta: known.txt:1: a baseline of version 9, this cta reads version 1; ")
    (tmp_path / "cta.toml").write_text(CONTRACT)
    said = cta("lint", "--baseline-update", cwd=tmp_path)
    assert (said.returncode, said.stdout) == (2, "")


def test_an_empty_site_is_a_finding_unless_it_is_allowed(cta, tmp_path):
    page(tmp_path, "No link.")
    assert cta("lint", cwd=tmp_path).returncode == 1
    assert cta("lint", "--allow-empty", cwd=tmp_path).returncode == 0
    (tmp_path / "site" / "answers" / "quiet-kettle.md").unlink()
    assert cta("lint", "--allow-empty", cwd=tmp_path).returncode == 2


def test_severity_and_statistics(cta, tmp_path):
    page(tmp_path, f"{BAD} {WARNED}")
    found = json.loads(cta("lint", "--severity", "error", "--format", "json", cwd=tmp_path).stdout)
    assert {finding["severity"] for finding in found["findings"]} == {"error"}
    assert cta("lint", "--severity", "error", "--max-warnings", "0", "--ignore", "UTM", cwd=tmp_path).returncode == 0
    assert cta("lint", "--severity", "high", cwd=tmp_path).returncode == 2
    said = cta("lint", "--statistics", cwd=tmp_path)
    assert said.returncode == 1
    assert [line.split()[3] for line in said.stdout.splitlines()] == ["code", "AMZ007", "UTM008"]
    rows = json.loads(cta("lint", "--statistics", "--format", "json", cwd=tmp_path).stdout)
    assert [(row["code"], row["findings"], row["places"]) for row in rows] == [("AMZ007", 1, 1), ("UTM008", 1, 1)]


def test_another_version_of_the_tool_is_told_so(cta, tmp_path):
    page(tmp_path, GOOD)
    contract = (tmp_path / "cta.toml").read_text()
    (tmp_path / "cta.toml").write_text(f'required-version = ">=9"\n{contract}')
    said = cta("lint", cwd=tmp_path)
    assert said.returncode == 2
    assert 'cta.toml:1: required-version is ">=9", and this is cta ' in said.stderr
