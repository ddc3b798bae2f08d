"""What git tells of the files of pages."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from cta_analytics.pages import history

Git = Callable[..., None]
LONG = "".join(f"line {number}\n" for number in range(40))


@pytest.fixture
def git(tmp_path: Path) -> Git:
    def run(*arguments: str, day: int = 1) -> None:
        at = f"2026-03-{day:02}T12:00:00+00:00"
        environment = os.environ | {"GIT_COMMITTER_DATE": at, "GIT_AUTHOR_DATE": at}
        who = ("-c", "user.name=A", "-c", "user.email=a@larkmoor.example", "-c", "commit.gpgsign=false")
        subprocess.run(["git", *who, *arguments], cwd=tmp_path, env=environment, check=True, capture_output=True)

    run("init", "-q")
    return run


def committed(git: Git, file: Path, text: str, day: int) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, encoding="utf-8")
    git("add", "-A")
    git("commit", "-m", "x", day=day)


def told(*files: Path) -> list[list[tuple[int, str]]]:
    found = history.versions(files)
    flat = [version for file in files for version in found.get(file, [])]
    texts = iter(history.contents(flat))
    return [[(version.committed_at.day, next(texts).decode()) for version in found.get(file, [])] for file in files]


def test_versions_of_many_files_come_oldest_first(git: Git, tmp_path: Path) -> None:
    tea, pot = tmp_path / "site" / "grüner tee.md", tmp_path / "pot.md"
    committed(git, tea, "one", 1)
    committed(git, pot, "pot", 2)
    committed(git, tea, "two", 3)
    (tmp_path / "loose.md").write_text("x")
    assert told(tea, pot, tmp_path / "loose.md") == [[(1, "one"), (3, "two")], [(2, "pot")], []]


def test_a_file_keeps_its_history_through_renames(git: Git, tmp_path: Path) -> None:
    committed(git, tmp_path / "a.md", LONG, 1)
    git("mv", "a.md", "b.md")
    git("commit", "-m", "x", day=2)
    committed(git, tmp_path / "b.md", f"{LONG}more\n", 3)
    git("mv", "b.md", "c.md")
    git("commit", "-m", "x", day=4)
    more = f"{LONG}more\n"
    assert told(tmp_path / "c.md") == [[(1, LONG), (2, LONG), (3, more), (4, more)]]


def test_what_a_page_was_copied_from_is_another_pages_history(git: Git, tmp_path: Path) -> None:
    committed(git, tmp_path / "a.md", LONG, 1)
    committed(git, tmp_path / "b.md", LONG, 2)
    assert told(tmp_path / "b.md") == [[(2, LONG)]]


def test_the_last_commit_is_that_of_a_file_which_was_not_changed_since(git: Git, tmp_path: Path) -> None:
    kept, changed = tmp_path / "kept.md", tmp_path / "changed.md"
    committed(git, kept, "one", 1)
    committed(git, changed, "one", 2)
    changed.write_text("two")
    assert history.last_commits([kept, changed]) == {kept: datetime(2026, 3, 1, 12, tzinfo=UTC)}


def test_a_file_outside_of_git_has_no_history(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text("x")
    assert history.versions([tmp_path / "a.md"]) == {}
    assert history.last_commits([tmp_path / "a.md"]) == {}
