"""A git repository with commits of a given day: what expiry and `--changed` are judged by."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

WHO = {
    "GIT_AUTHOR_NAME": "Wren",
    "GIT_AUTHOR_EMAIL": "wren@larkmoor.example",
    "GIT_COMMITTER_NAME": "Wren",
    "GIT_COMMITTER_EMAIL": "wren@larkmoor.example",
    "GIT_CONFIG_GLOBAL": os.devnull,
    "GIT_CONFIG_NOSYSTEM": "1",
}


def git(folder: Path, *arguments: str, day: str = "2027-01-15") -> str:
    """What git says in a folder, as it would on a day."""
    at = {"GIT_AUTHOR_DATE": f"{day}T12:00:00Z", "GIT_COMMITTER_DATE": f"{day}T12:00:00Z"}
    environment = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
    done = subprocess.run(
        ["git", *arguments], cwd=folder, env=environment | WHO | at, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


def commit(folder: Path, day: str = "2027-01-15") -> str:
    """Commits all that stands in a folder, as a repository's `main`; returns the commit."""
    if not (folder / ".git").exists():
        git(folder, "init", "--quiet", "--initial-branch", "main")
    git(folder, "add", "--all")
    git(folder, "commit", "--quiet", "--allow-empty", "--message", f"As of {day}", day=day)
    return git(folder, "rev-parse", "HEAD")
