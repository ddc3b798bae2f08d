"""The earlier versions of a page's file, from git, which is only read; no program that a repository names is run."""

from __future__ import annotations

import os
import re
import subprocess
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

# A hook or monitor of a foreign repository could be any program.
_GIT = ("git", "--no-optional-locks", "--literal-pathspecs", "-c", "core.fsmonitor=false", "-c", "core.quotePath=false")
_COMMIT = re.compile(
    rb"\x01(?P<name>[0-9a-f]{40,64}) (?P<at>\S+)\n\n?(?P<status>[A-Z])\d*\t(?:[^\t\n]*\t)?(?P<path>[^\t\n]+)\n?"
)


@dataclass(frozen=True, slots=True)
class Version:
    """A file as a commit left it."""

    committed_at: datetime
    data: bytes


def versions(file: Path) -> list[Version]:
    """The versions of a file, oldest first, also those under earlier names; none where it is not in git."""
    log = _run(
        file.parent, "log", "--follow", "--no-ext-diff", "--diff-filter=d", "--format=%x01%H %cI", "--name-status",
        "--", file.name,
    )  # fmt: skip
    found = []
    for commit in _COMMIT.finditer(log):
        blob = commit["name"] + b":" + _unquoted(commit["path"])
        data = _run(file.parent, "cat-file", "blob", os.fsdecode(blob))
        found.append(Version(datetime.fromisoformat(commit["at"].decode()), data))
        if commit["status"] == b"C":
            # What a page was copied from is another page's history.
            break
    return sorted(found, key=lambda version: version.committed_at)


def last_commit(file: Path) -> datetime | None:
    """When the file was last committed; None where it is not in git, or was changed since."""
    if _run(file.parent, "status", "--porcelain", "--", file.name):
        return None
    at = _run(file.parent, "log", "-1", "--format=%cI", "--", file.name).strip()
    return datetime.fromisoformat(at.decode()) if at else None


def _unquoted(path: bytes) -> bytes:
    if not path.startswith(b'"'):
        return path
    escapes = {b"n": b"\n", b"t": b"\t"}
    return re.sub(
        rb"\\([0-7]{3}|.)",
        lambda found: bytes([int(found[1], 8)]) if len(found[1]) == 3 else escapes.get(found[1], found[1]),
        path[1:-1],
    )


def _run(folder: Path, *arguments: str) -> bytes:
    environment = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
    if not folder.is_dir():
        return b""
    try:
        done = subprocess.run(  # noqa: S603 - no shell, and paths stand behind `--`
            [*_GIT, *arguments], cwd=folder, env=environment, stdin=subprocess.DEVNULL, capture_output=True, check=False
        )
    except FileNotFoundError:
        return b""
    # No git, no repository, or a file that is not in it: there is no history then.
    return done.stdout if done.returncode == 0 else b""
