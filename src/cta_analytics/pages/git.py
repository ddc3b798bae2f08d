"""git, which is only read; no program that a repository names is run."""

from __future__ import annotations

import os
import subprocess
from dataclasses import dataclass
from pathlib import Path

# A hook or monitor of a foreign repository could be any program.
COMMAND = (
    "git",
    "--no-optional-locks",
    "--literal-pathspecs",
    "-c",
    "core.fsmonitor=false",
    "-c",
    "core.quotePath=false",
)


def environment() -> dict[str, str]:
    """The environment for git: what a hook of another repository has set would lead it astray."""
    return {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}


@dataclass(frozen=True, slots=True)
class Answer:
    """What git printed, and its complaint where it failed."""

    output: bytes
    error: str | None = None


def ask(folder: Path, *arguments: str) -> Answer:
    """The answer of `git` in a folder. `error` is one line where there is no git, no repository, or it failed."""
    if not folder.is_dir():
        return Answer(b"", f"{folder}: no such folder")
    try:
        done = subprocess.run(  # noqa: S603 - no shell, and paths stand behind `--`
            [*COMMAND, *arguments],
            cwd=folder,
            env=environment(),
            stdin=subprocess.DEVNULL,
            capture_output=True,
            check=False,
        )
    except FileNotFoundError:
        return Answer(b"", "git is not installed")
    if done.returncode == 0:
        return Answer(done.stdout)
    complaint = done.stderr.decode("utf-8", "replace").strip().splitlines()
    return Answer(b"", complaint[0].removeprefix("fatal: ") if complaint else f"git {arguments[0]} failed")


def repository_of(folder: Path) -> Path | None:
    """The root of the repository that a folder lies in; found without running git."""
    # `.git` is a file in a worktree and in a submodule.
    return next((one for one in (folder, *folder.parents) if (one / ".git").exists()), None)
