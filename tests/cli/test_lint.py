"""`cta lint` and `cta rules` at the command line."""

import json
import re
import sys
from pathlib import Path

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
