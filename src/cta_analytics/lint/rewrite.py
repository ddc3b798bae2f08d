"""Writes a file's new content so that at every instant it holds the old one or the new one, whole."""

from __future__ import annotations

import os
import stat
import tempfile
from contextlib import suppress
from pathlib import Path


def rewrite(path: Path, before: bytes, after: bytes) -> str | None:
    """Replaces the content of a file; None, or why it was left as it is.

    A symbolic link stays one: its target is replaced. Mode, owner and extended attributes are kept as far as the
    system lets us. The new content is on the disk before it takes the name.
    """
    target = Path(os.path.realpath(path))
    try:
        state = target.stat()
        # Replacing needs no right on the file itself, so that its own mode is asked first.
        if not state.st_mode & (stat.S_IWUSR | stat.S_IWGRP | stat.S_IWOTH) or not os.access(target, os.W_OK):
            return "is read-only; make it writable"
        handle, name = tempfile.mkstemp(prefix=".cta-fix-", suffix=".tmp", dir=target.parent)
    except OSError as error:
        return f"cannot be written ({error.strerror}); check its permissions"
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.write(after)
            stream.flush()
            _keep(stream.fileno(), target, state)
            os.fsync(stream.fileno())
        if target.read_bytes() != before:
            return "changed while it was linted; run the command again"
        Path(name).replace(target)
    except OSError as error:
        return f"cannot be written ({error.strerror}); check its folder"
    finally:
        # Gone where it took the file's name; here still after an error or an interruption.
        with suppress(FileNotFoundError):
            Path(name).unlink()
    _settle(target.parent)
    return None


def _keep(handle: int, target: Path, state: os.stat_result) -> None:
    if (os.fstat(handle).st_uid, os.fstat(handle).st_gid) != (state.st_uid, state.st_gid):
        with suppress(PermissionError):
            os.chown(handle, state.st_uid, state.st_gid)
    # After the owner: a change of owner takes set-id bits away.
    os.fchmod(handle, stat.S_IMODE(state.st_mode))
    if hasattr(os, "listxattr"):
        with suppress(OSError):
            for attribute in os.listxattr(target):
                with suppress(OSError):
                    os.setxattr(handle, attribute, os.getxattr(target, attribute))


def _settle(folder: Path) -> None:
    """Puts the new name on the disk, where a folder can be synced."""
    with suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
