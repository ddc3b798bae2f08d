"""The state of a project's own files: who holds the lock, who can read the keys, whether what was written is published."""

from __future__ import annotations

import fcntl
import os
import stat
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from cta_analytics.warehouse.connection import published_file

if TYPE_CHECKING:
    from cta_analytics.config import Project

_ASKS = {
    "lock": "Is somebody writing just now?",
    "keys": "Can others read the keys that make visitors?",
    "publication": "Do readers see what was written last?",
}
CHECKS = tuple(_ASKS)
"""The names of the checks of files."""
_OTHERS = stat.S_IRWXG | stat.S_IRWXO


@dataclass(frozen=True, slots=True)
class Fault:
    """Something that is wrong with a file, and what would help."""

    check: str
    asks: str
    file: str
    fact: str
    remedy: str


def faults(project: Project) -> Iterator[Fault]:
    """What is wrong with the files beside and below the folder of `cta.toml`."""
    state = project.root / ".cta"
    holder = _holder(state / "lock")
    if holder:
        yield Fault(
            "lock", _ASKS["lock"], str(state / "lock"), f"{holder} is writing", "wait for it, or end it if it hangs"
        )
    keys = state / "keys"
    if keys.exists() and keys.stat().st_mode & _OTHERS:
        yield Fault(
            "keys",
            _ASKS["keys"],
            str(keys),
            "others than its owner can get at the keys that make visitors",
            f"run `chmod -R go= {keys}`",
        )
    work, published = state / "work.duckdb", published_file(project)
    if not holder and work.exists() and published.exists() and work.stat().st_mtime > published.stat().st_mtime + 1:
        yield Fault(
            "publication",
            _ASKS["publication"],
            str(published),
            "older than what was written last: readers see the state before",
            "run any command that writes, such as `cta ingest`, and see that it ends well",
        )


def _holder(file: Path) -> str | None:
    """Who holds the lock; None where nobody does."""
    try:
        handle = os.open(file, os.O_RDONLY | os.O_CLOEXEC)
    except OSError:
        return None
    try:
        fcntl.flock(handle, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except BlockingIOError:
        return os.pread(handle, 200, 0).decode(errors="replace").strip() or "another process"
    finally:
        os.close(handle)
    return None
