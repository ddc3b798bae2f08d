"""The earlier versions of pages' files, from git."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import IO, cast

from cta_analytics.pages.git import COMMAND, ask, environment, repository_of

_LOG = ("log", "--raw", "-z", "--no-abbrev", "--no-ext-diff", "-M", "--diff-filter=d", "--format=%x01%H %cI")


@dataclass(frozen=True, slots=True)
class Version:
    """A file as a commit left it: `blob` names its bytes in the repository at `repository`."""

    committed_at: datetime
    repository: Path
    blob: str


def versions(files: Iterable[Path]) -> dict[Path, list[Version]]:
    """The versions of files, oldest first, also those under earlier names; none of a file that is not in git.

    One `git log` a repository tells of all its files: one a file would read the whole history for each.
    """
    found: dict[Path, list[Version]] = {}
    for repository, names in _by_repository(files).items():
        for name, those in _of(repository, names).items():
            found[names[name]] = sorted(those, key=lambda version: version.committed_at)
    return found


def contents(wanted: Iterable[Version]) -> Iterator[bytes]:
    """The bytes of versions, in their order, from one process a repository."""
    running: dict[Path, subprocess.Popen[bytes]] = {}
    try:
        for version in wanted:
            process = running.get(version.repository)
            if process is None:
                process = running[version.repository] = subprocess.Popen(  # noqa: S603 - no shell, no path
                    [*COMMAND, "cat-file", "--batch"],
                    cwd=version.repository,
                    env=environment(),
                    stdin=subprocess.PIPE,
                    stdout=subprocess.PIPE,
                    stderr=subprocess.DEVNULL,
                )
            asked, answered = cast(IO[bytes], process.stdin), cast(IO[bytes], process.stdout)
            asked.write(f"{version.blob}\n".encode())
            asked.flush()
            # `<name> blob <size>`, or `<name> missing` in a clone without all of its objects.
            head = answered.readline().split()
            size = int(head[2]) if len(head) == 3 else 0
            yield answered.read(size + 1)[:size] if size else b""
    finally:
        for process in running.values():
            process.kill()
            process.communicate()


def last_commits(files: Iterable[Path]) -> dict[Path, datetime]:
    """When each file was last committed; without those that are not in git, or were changed since."""
    asked = list(files)
    changed = {
        repository / os.fsdecode(entry[3:])
        for repository in _by_repository(asked)
        for entry in _run(repository, "status", "--porcelain", "-z", "--no-renames").split(b"\0")
        if len(entry) > 3
    }
    found = versions(asked)
    return {file: those[-1].committed_at for file, those in found.items() if _real(file) not in changed}


def _real(file: Path) -> Path:
    return Path(os.path.realpath(file))


def _by_repository(files: Iterable[Path]) -> dict[Path, dict[str, Path]]:
    """The repositories that files lie in, and the files by their names there."""
    above: dict[Path, Path | None] = {}
    found: dict[Path, dict[str, Path]] = {}
    for file in files:
        real = _real(file)
        folder = real.parent
        if folder not in above:
            above[folder] = repository_of(folder)
        repository = above[folder]
        if repository is not None:
            found.setdefault(repository, {})[real.relative_to(repository).as_posix()] = file
    return found


def _of(repository: Path, names: Iterable[str]) -> dict[str, list[Version]]:
    """The versions of files by the name that each has today, newest first."""
    found: dict[str, list[Version]] = {}
    # Who had a name at the time that the log has come to: it goes back from today.
    bearers: dict[str, set[str]] = {name: {name} for name in names}
    at = datetime.min.replace(tzinfo=UTC)
    tokens = iter(_run(repository, *_LOG).split(b"\0"))
    for token in tokens:
        text = token.strip()
        if text.startswith(b"\x01"):
            at = datetime.fromisoformat(text.rpartition(b" ")[2].decode())
        elif text.startswith(b":"):
            # `:<mode> <mode> <blob before> <blob> <status>`, then the name, or both names of one that was renamed.
            *_, blob, status = text.split()
            name = os.fsdecode(next(tokens))
            before, after = (name, os.fsdecode(next(tokens))) if status[:1] == b"R" else (name, name)
            today = bearers.get(after, set())
            for one in today:
                found.setdefault(one, []).append(Version(at, repository, blob.decode()))
            if before != after and today:
                bearers.setdefault(before, set()).update(bearers.pop(after))
    return found


def _run(folder: Path, *arguments: str) -> bytes:
    # No git, no repository, or a file that is not in it: there is no history then.
    return ask(folder, *arguments).output
