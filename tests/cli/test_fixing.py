"""`cta lint --fix`, `--diff` and `--unsafe-fixes` at the command line."""

import json
import shutil
import subprocess
from pathlib import Path

import pytest

from cta_analytics.lint.example import CONTRACT, STORE, query

GOOD = f"{STORE}?{query()}"
BAD = f"{STORE}?{query(utm_source='lark')}"
TWICE = BAD.replace("&", "&amp;amp;")


def site(root: Path, **pages: str) -> Path:
    (root / "cta.toml").write_text(CONTRACT)
    for name, text in pages.items():
        file = root / "site" / "answers" / f"{name.replace('_', '-')}.md"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(text.encode())
    return root


def test_fix_writes_and_prints_what_remains(cta, tmp_path):
    site(tmp_path, quiet_kettle=f"é [Shop]({BAD}) [Shop]({TWICE})\r\n")
    done = cta("lint", "--fix", cwd=tmp_path)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout == "Fixed 2 findings in 1 file.\nNo findings in 1 page, 2 links, 2 CTAs.\n"
    fixed = GOOD.replace("&", "&amp;")
    text = (tmp_path / "site" / "answers" / "quiet-kettle.md").read_bytes().decode()
    assert text == f"é [Shop]({GOOD}) [Shop]({fixed})\r\n"
    again = cta("lint", "--fix", cwd=tmp_path)
    assert again.stdout == "No findings in 1 page, 2 links, 2 CTAs.\n"


def test_json_after_fixing_is_json(cta, tmp_path):
    done = cta("lint", "--fix", "--format", "json", cwd=site(tmp_path, quiet_kettle=f"[Shop]({BAD})"))
    assert json.loads(done.stdout)["findings"] == []
    assert done.stderr == "Fixed 1 finding in 1 file.\n"


def test_the_text_shows_each_fix_and_how_many_there_are(cta, tmp_path):
    done = cta("lint", cwd=site(tmp_path, quiet_kettle=f"[Shop]({BAD})"))
    assert "\n      fix: utm_source=lark → larkmoor\n" in done.stdout
    assert "\n1 fixable with --fix.\n" in done.stdout


def test_a_read_only_file_is_named_and_the_others_are_fixed(cta, tmp_path):
    site(tmp_path, quiet_kettle=f"[Shop]({BAD})", calm_kettle=f"[Shop]({BAD.replace('=quiet', '=calm')})")
    answers = tmp_path / "site" / "answers"
    (answers / "quiet-kettle.md").chmod(0o444)
    done = cta("lint", "--fix", "--ignore", "AMZ013", cwd=tmp_path)
    assert done.returncode == 1
    assert done.stderr == "site/answers/quiet-kettle.md: is read-only; make it writable\n"
    assert "Fixed 1 finding in 1 file." in done.stdout
    assert (answers / "calm-kettle.md").read_text() == f"[Shop]({GOOD.replace('=quiet', '=calm')})"


@pytest.mark.skipif(shutil.which("git") is None, reason="git is not installed")
def test_diff_is_a_patch_of_what_fix_writes(cta, tmp_path):
    site(tmp_path, quiet_kettle=f"é\n\n[Shop]({TWICE})")
    file = tmp_path / "site" / "answers" / "quiet-kettle.md"
    before = file.read_bytes()
    done = cta("lint", "--diff", cwd=tmp_path)
    assert done.returncode == 1
    assert done.stderr == "--fix would fix 1 of 1 finding in 1 file\n"
    assert file.read_bytes() == before
    subprocess.run(["git", "init", "-q"], cwd=tmp_path, check=True)
    subprocess.run(["git", "apply", "-"], cwd=tmp_path, input=done.stdout, text=True, check=True)
    patched = file.read_text()
    assert patched == f"é\n\n[Shop]({GOOD.replace('&', '&amp;')})"
    done = cta("lint", "--diff", cwd=tmp_path)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "--fix would fix 0 of 0 findings\n")
    file.write_bytes(before)
    cta("lint", "--fix", cwd=tmp_path)
    assert file.read_text() == patched


def test_diff_with_fix_writes_nothing(cta, tmp_path):
    site(tmp_path, quiet_kettle=f"[Shop]({BAD})")
    assert cta("lint", "--diff", "--fix", cwd=tmp_path).stdout.startswith("--- a/site/answers/quiet-kettle.md\n")
    assert (tmp_path / "site" / "answers" / "quiet-kettle.md").read_text() == f"[Shop]({BAD})"


def test_diff_takes_no_format(cta, tmp_path):
    done = cta("lint", "--diff", "--format", "json", cwd=site(tmp_path, quiet_kettle="x"))
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == "cta: --diff prints a patch and nothing else; leave --format out, or take --diff away\n"


def test_what_is_suppressed_or_known_is_not_fixed(cta, tmp_path):
    calm = BAD.replace("=quiet", "=calm")
    suppressed = f"<!-- cta: ignore[UTM004] agreed until 2027 -->\n[Shop]({BAD})\n\n[Shop]({BAD}#a)\n"
    site(tmp_path, quiet_kettle=suppressed, calm_kettle=f"[Shop]({calm})")
    answers = tmp_path / "site" / "answers"
    known = ["--baseline", "known.txt", "--ignore", "AMZ013,CFG", "--fold"]
    assert cta("lint", "site/answers/calm-kettle.md", *known, "--baseline-update", "--allow-growth", cwd=tmp_path)
    done = cta("lint", *known, "--fix", cwd=tmp_path)
    assert "Fixed 1 finding in 1 file." in done.stdout
    fixed = suppressed.replace(f"({BAD}#a)", f"({GOOD}#a)")
    assert (answers / "quiet-kettle.md").read_text() == fixed
    assert (answers / "calm-kettle.md").read_text() == f"[Shop]({calm})"


def test_a_folded_finding_is_fixed_on_all_pages(cta, tmp_path):
    pages = {
        f"tea_{number}": f'<footer><a href="{BAD.replace("&", "&amp;")}">Shop</a></footer>' for number in range(25)
    }
    done = cta("lint", "--fix", "--select", "UTM004", cwd=site(tmp_path, **pages))
    assert done.stdout == "Fixed 25 findings in 25 files.\nNo findings in 25 pages, 25 links, 25 CTAs.\n"


def test_a_baseline_is_not_updated_while_fixing(cta, tmp_path):
    done = cta("lint", "--fix", "--baseline", "b", "--baseline-update", cwd=site(tmp_path, quiet_kettle="x"))
    assert done.returncode == 2
    assert "fix first" in done.stderr
