"""The copy that everybody reads: written beside the work file's state, then put in place at once."""

from __future__ import annotations

import fcntl
import os
import shutil
from pathlib import Path

_FICLONE = 0x40049409  # Linux: share the blocks of another file, where the file system can


def replace(target: Path, source: Path) -> None:
    """Make `target` a copy of `source`: a reader sees the old whole file or the new whole file, also after a crash."""
    draft = target.with_name(f".{target.name}.{os.getpid()}.new")
    try:
        with source.open("rb") as read, draft.open("wb") as write:
            try:
                fcntl.ioctl(write.fileno(), _FICLONE, read.fileno())
            except OSError:
                _copy(read.fileno(), write.fileno())
            os.fsync(write.fileno())
        draft.replace(target)
    finally:
        draft.unlink(missing_ok=True)
    folder = os.open(target.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)


def _copy(source: int, target: int) -> None:
    with os.fdopen(os.dup(source), "rb") as read, os.fdopen(os.dup(target), "wb") as write:
        shutil.copyfileobj(read, write, 4 * 1024 * 1024)


def clear_drafts(target: Path) -> None:
    """Remove what a killed publication left behind."""
    for draft in target.parent.glob(f".{target.name}.*.new"):
        draft.unlink(missing_ok=True)


def stamp(file: Path) -> str:
    """What tells one version of a file from another without reading it; empty where there is none."""
    try:
        status = file.stat()
    except FileNotFoundError:
        return ""
    return f"{status.st_ino} {status.st_size} {status.st_mtime_ns}"
