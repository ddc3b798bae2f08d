"""The patch of `--diff`, taken by `git apply` and by `patch`."""

import shutil
import subprocess
from pathlib import Path

import pytest

from cta_analytics.lint.diff import folder_of, unified
from cta_analytics.lint.patch import Patch

CASES = {
    "plain.md": (b"a\nb\nc\n", b"a\nB\nc\n"),
    "no newline.md": (b"a\nb", b"a\nB"),
    "crlf.md": (b"a\r\nb\r\nc", b"a\r\nB\r\nc"),
    "lone-cr.md": (b"a\rb\x0cc\x0bd\ne\n", b"a\rB\x0cc\x0bd\ne\n"),
    "latin.html": ("é=1\nü\n".encode("latin-1"), "é=2\nü\n".encode("latin-1")),
    "bom.html": (b"\xef\xbb\xbfa\n", b"\xef\xbb\xbfb\n"),
    "wide.html": ("\ufeffa=1\nb\n".encode("utf-16-le"), "\ufeffa=2\nb\n".encode("utf-16-le")),
    "grün \U0001f375.md": (b"a\n", b"b\n"),
    'quo"te\\.md': (b"a\n", b"b\n"),
    "far.md": (b"x\n" * 50 + b"a\n" + b"x\n" * 50, b"X\n" + b"x\n" * 49 + b"A\n" + b"x\n" * 50),
}


def patch_of(folder: Path, name: str) -> bytes:
    before, after = CASES[name]
    file = folder / "site" / name
    file.parent.mkdir(exist_ok=True)
    file.write_bytes(before)
    return unified(Patch(f"site/{name}", file, before, after, ()), folder)


@pytest.mark.skipif(shutil.which("git") is None, reason="git is not installed")
@pytest.mark.parametrize("name", list(CASES))
def test_git_applies_it(tmp_path, name):
    patch = patch_of(tmp_path, name)
    subprocess.run(["git", "init", "-q"], cwd=tmp_path, check=True)
    subprocess.run(["git", "apply", "-"], cwd=tmp_path, input=patch, check=True)
    assert (tmp_path / "site" / name).read_bytes() == CASES[name][1]


@pytest.mark.skipif(shutil.which("patch") is None, reason="patch is not installed")
@pytest.mark.parametrize("name", [name for name in CASES if name != "wide.html"])
def test_patch_applies_it(tmp_path, name):
    patch = patch_of(tmp_path, name)
    subprocess.run(["patch", "-p1", "-s", "--binary"], cwd=tmp_path, input=patch, check=True)
    assert (tmp_path / "site" / name).read_bytes() == CASES[name][1]


def test_it_names_files_and_lines():
    assert unified(Patch("a", Path("/w/site/x.md"), b"1\n2", b"1\n3", ()), Path("/w")) == (
        b"--- a/site/x.md\n+++ b/site/x.md\n@@ -1,2 +1,2 @@\n 1\n-2\n\\ No newline at end of file\n"
        b"+3\n\\ No newline at end of file\n"
    )


def test_it_has_colours_where_they_are_wanted():
    shown = unified(Patch("a", Path("/w/x.md"), b"1\n", b"2\n", ()), Path("/w"), colour=True)
    assert b"\x1b[31m-1\x1b[0m\n\x1b[32m+2\x1b[0m\n" in shown


def test_names_start_from_where_they_can_be_applied(tmp_path, monkeypatch):
    (tmp_path / ".git").mkdir()
    inner = tmp_path / "inner"
    inner.mkdir()
    monkeypatch.chdir(inner)
    assert folder_of([inner / "a.md"]) == inner
    assert folder_of([inner / "a.md", tmp_path / "other" / "b.md"]) == tmp_path
    assert folder_of([]) == inner
