"""Writes what a report is made of: whole files, each put in its place at once."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path

from cta_analytics.errors import CtaError


def write(folder: Path, files: Mapping[str, bytes]) -> None:
    """The files, by their names below `folder`.

    Raises: CtaError where the folder cannot be written.
    """
    for name, content in files.items():
        file = folder / name
        try:
            file.parent.mkdir(parents=True, exist_ok=True)
            _put(file, content)
        except OSError as error:
            raise CtaError(
                f"{file}: cannot be written ({error.strerror}); choose a folder of yours with --out"
            ) from None


def _put(file: Path, content: bytes) -> None:
    """Write the file as a whole: who opens it meanwhile sees the old one or the new one."""
    draft = file.with_name(f".{file.name}.{os.getpid()}.new")
    try:
        draft.write_bytes(content)
        draft.replace(file)
    finally:
        draft.unlink(missing_ok=True)
